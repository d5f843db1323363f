package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"runtime"

	"github.com/farside-go/farside/interp/internal/check/wording"
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

	// Previous are objects that the files see as if they had declared them, but
	// for those whose names they declare or import themselves: what the earlier
	// lines of a session declared. A *types.PkgName is an import that the files
	// need not use. The default is none.
	Previous []types.Object

	// Package is the package that Previous was declared in. Its scope is emptied
	// and used again, so that earlier and later lines are one package; what was
	// in it is to be taken out before. The default is a new one.
	Package *types.Package

	// Unused reports whether a variable or an import that nothing uses is in
	// order, given the position that the error would have. The default is that
	// none is.
	Unused func(token.Pos) bool
}

// An Error is one objection to a source.
type Error = wording.Error

// An ErrorList is all objections to a source, in the order of their positions.
type ErrorList = wording.ErrorList

// Check type-checks the files of one package. The error is an [ErrorList] of all
// that is wrong with it. The files are not to be used by others meanwhile.
func Check(fset *token.FileSet, path string, files []*ast.File, opts *Options) (*Package, error) {
	c := &checker{fset: fset, files: files}
	if opts != nil {
		c.opts = *opts
	}
	if c.opts.Importer == nil {
		c.opts.Importer = standard()
	}
	pkg, err := c.check(path)
	if list := wording.Types(fset, files, c.found); len(list) > 0 {
		return nil, list
	}
	return pkg, err
}

// A checker checks one package once.
type checker struct {
	fset     *token.FileSet
	files    []*ast.File
	opts     Options
	declared map[string]bool // by the files, if there is anything previous
	found    []types.Error
	told     bool // go/types has reported an error, if only one that does not count
}

func (c *checker) check(path string) (_ *Package, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("check: package %s: go/types panicked: %v", path, r)
		}
	}()
	pkg := &Package{Fset: c.fset, Files: c.files, Types: c.enter(path), Info: newInfo()}
	if list := c.foreignMethods(pkg.Types); len(list) > 0 {
		return nil, list
	}
	defer c.importPrevious()()
	config := types.Config{
		GoVersion: goVersion,
		Importer:  c.opts.Importer,
		Sizes:     types.SizesFor("gc", runtime.GOARCH),
		Error:     c.note,
	}
	err = types.NewChecker(&config, c.fset, pkg.Types, pkg.Info).Files(c.files)
	if c.told {
		err = nil // it is the first of those that it has reported
	}
	return pkg, err
}

func newInfo() *types.Info {
	return &types.Info{
		Types:        make(map[ast.Expr]types.TypeAndValue),
		Defs:         make(map[*ast.Ident]types.Object),
		Uses:         make(map[*ast.Ident]types.Object),
		Implicits:    make(map[ast.Node]types.Object),
		Selections:   make(map[*ast.SelectorExpr]*types.Selection),
		Scopes:       make(map[ast.Node]*types.Scope),
		Instances:    make(map[*ast.Ident]types.Instance),
		FileVersions: make(map[*ast.File]string),
	}
}

// packageName gives the name of the package; files of another one are an error.
func (c *checker) packageName() string {
	if len(c.files) == 0 || c.files[0].Name.Name == "_" {
		return "" // go/types says that _ is none
	}
	return c.files[0].Name.Name
}

// note takes in an error of go/types, but for those about something unused that
// need not be used, such as an import that no file has.
func (c *checker) note(err error) {
	c.told = true
	var found types.Error
	if !errors.As(err, &found) || !found.Pos.IsValid() {
		return
	}
	if c.opts.Unused == nil || !wording.IsUnused(found.Msg) || !c.opts.Unused(found.Pos) {
		c.found = append(c.found, found)
	}
}
