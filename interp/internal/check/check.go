package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"runtime"
)

// goVersion is the language that sources are checked against.
const goVersion = "go1.26"

// A Package is a package that was checked.
type Package struct {
	Fset  *token.FileSet
	Files []*ast.File
	Types *types.Package
	Info  *types.Info
}

// Options say what a package is checked against. Nil means all defaults.
type Options struct {
	// Importer gives the packages that are imported. The default has the
	// standard library and farside's own, and is shared.
	Importer types.Importer

	// Previous are objects that the files see as if the package declared them,
	// but for those whose names the files declare or import themselves. The
	// default is none.
	Previous []types.Object

	// Unused reports whether a variable or an import that nothing uses is in
	// order, given the position that the error would have. The default is that
	// none is.
	Unused func(token.Pos) bool
}

// Check type-checks the files of one package. The error is an [ErrorList] of all
// that is wrong with it. It is not kept what was found out about a package that
// is wrong.
func Check(fset *token.FileSet, path string, files []*ast.File, opts *Options) (*Package, error) {
	c := &checker{fset: fset, files: files}
	if opts != nil {
		c.opts = *opts
	}
	if c.opts.Importer == nil {
		c.opts.Importer = standard()
	}
	pkg, err := c.check(path)
	if list := c.list(); len(list) > 0 {
		return nil, list
	}
	return pkg, err
}

// A checker checks one package once.
type checker struct {
	fset  *token.FileSet
	files []*ast.File
	opts  Options
	found []types.Error
}

func (c *checker) check(path string) (_ *Package, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("check: package %s: go/types panicked: %v", path, r)
		}
	}()
	pkg := &Package{
		Fset:  c.fset,
		Files: c.files,
		Types: types.NewPackage(path, c.packageName()),
		Info: &types.Info{
			Types:        make(map[ast.Expr]types.TypeAndValue),
			Defs:         make(map[*ast.Ident]types.Object),
			Uses:         make(map[*ast.Ident]types.Object),
			Implicits:    make(map[ast.Node]types.Object),
			Selections:   make(map[*ast.SelectorExpr]*types.Selection),
			Scopes:       make(map[ast.Node]*types.Scope),
			Instances:    make(map[*ast.Ident]types.Instance),
			FileVersions: make(map[*ast.File]string),
		},
	}
	c.recall(pkg.Types)
	config := types.Config{
		GoVersion: goVersion,
		Importer:  c.opts.Importer,
		Sizes:     types.SizesFor("gc", runtime.GOARCH),
		Error:     c.note,
	}
	// The error is the first of those that were noted.
	if err := types.NewChecker(&config, c.fset, pkg.Types, pkg.Info).Files(c.files); err != nil && len(c.found) == 0 {
		return nil, err
	}
	return pkg, nil
}

func (c *checker) packageName() string {
	if len(c.files) == 0 {
		return ""
	}
	return c.files[0].Name.Name
}

// note takes in an error of go/types.
func (c *checker) note(err error) {
	var found types.Error
	if errors.As(err, &found) {
		c.found = append(c.found, found)
	}
}
