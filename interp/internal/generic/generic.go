package generic

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"sync"

	"github.com/farside-go/farside/interp/internal/check"
)

const (
	modulePath = "github.com/farside-go/farside/"

	// NativePath is the import path of package native, which the packages here
	// import and no user's source can. Its symbols are in native.Symbols.
	NativePath = modulePath + "interp/internal/generic/native"
)

// A result is a package that is checked when it is first asked for.
type result func() (*check.Package, error)

var (
	packages sync.Map // of results, by import path and name
	standard = sync.OnceValue(check.NewImporter)
)

// Has reports whether a package declares something generic.
func Has(importPath string) bool { return len(fileNames(importPath)) > 0 }

// Package gives what is generic in a package, with what that needs: syntax that
// was type-checked under the package's own path, so that whatever a source refers
// to can be looked up by its name. A package is read when it is first asked for,
// and kept. What it refers to of itself and of others, beyond that, is compiled.
func Package(importPath string) (*check.Package, error) { return load(importPath, "") }

// Declaration gives a package that has at least name and what that needs. It is
// what to ask for when a source uses a function or two: of a package that has no
// types of its own, like slices, the rest is not checked.
func Declaration(importPath, name string) (*check.Package, error) {
	s, err := parse(importPath)
	if err != nil {
		return nil, err
	}
	if s.hasTypes {
		name = "" // a type must be the same for all
	}
	return load(importPath, name)
}

// load gives the declaration of a name in a package, or all if it is empty.
func load(importPath, name string) (*check.Package, error) {
	found, _ := packages.LoadOrStore(importPath+"."+name, result(sync.OnceValues(func() (*check.Package, error) {
		return read(importPath, name)
	})))
	return found.(result)()
}

func read(importPath, name string) (*check.Package, error) {
	s, err := parse(importPath)
	if err != nil {
		return nil, err
	}
	files := s.files
	if name != "" {
		files, err = s.part(name)
		if err != nil {
			return nil, fmt.Errorf("generic: package %s: %w", importPath, err)
		}
	}
	pkg, err := check.Check(fset, importPath, files, &check.Options{
		Importer: importer{},
		Unused:   func(token.Pos) bool { return name != "" }, // the imports of the rest of a file
	})
	if err != nil {
		return nil, fmt.Errorf("generic: %w", err)
	}
	return pkg, nil
}

// importer gives the compiled packages, and package native by its source.
type importer struct{}

func (importer) Import(importPath string) (*types.Package, error) {
	if importPath != NativePath {
		return standard().Import(importPath)
	}
	pkg, err := Package(importPath)
	if err != nil {
		return nil, err
	}
	return pkg.Types, nil
}

// part gives the files with nothing in them but a name and what it needs.
func (s *source) part(name string) ([]*ast.File, error) {
	if s.decls[name] == nil {
		return nil, fmt.Errorf("no generic %s", name)
	}
	needed := make(map[ast.Decl]bool)
	s.need(name, needed)
	var files []*ast.File
	for _, file := range s.files {
		part := *file
		part.Decls = nil
		empty := true
		for _, decl := range file.Decls {
			imports, isGen := decl.(*ast.GenDecl)
			isImport := isGen && imports.Tok == token.IMPORT
			if isImport || needed[decl] {
				part.Decls = append(part.Decls, decl)
				empty = empty && isImport
			}
		}
		if !empty {
			files = append(files, &part)
		}
	}
	return files, nil
}

// need adds the declarations that a name needs. What looks like the name of one
// counts as one.
func (s *source) need(name string, needed map[ast.Decl]bool) {
	for _, decl := range s.decls[name] {
		if needed[decl] {
			continue
		}
		needed[decl] = true
		ast.Inspect(decl, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				s.need(id.Name, needed)
			}
			return true
		})
	}
}
