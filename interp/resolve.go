package interp

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/farside-go/farside/internal/form"
)

// imports are import paths.
type imports map[string]bool

func (im imports) add(spec *ast.ImportSpec) { im[form.ImportPath(spec)] = true }

// sorted gives them in an order that does not change from run to run.
func (im imports) sorted() []string { return slices.Sorted(maps.Keys(im)) }

// resolve finds out which packages the file imports, and adds those that it uses
// and leaves to us.
func (u *unit) resolve(fset *token.FileSet, world *world) error {
	u.imports = make(imports)
	found := form.Selections(u.file)
	if u.form == form.Statements {
		u.partChannel(found, world)
	}
	for _, spec := range u.file.Imports {
		if err := u.resolveImport(fset, spec, found, world); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if u.locals[name] || u.form == form.Statements && predeclared[name] {
			continue
		}
		if path := world.choose(name, found[name].Symbols); path != "" {
			u.addImport(name, path)
		}
	}
	return nil
}

// resolveImport takes in an import of the source, and takes what is selected from
// it out of found.
func (u *unit) resolveImport(fset *token.FileSet, spec *ast.ImportSpec, found map[string]*form.Selection, world *world) error {
	path := form.ImportPath(spec)
	name := world.packageName(path)
	if name == "" {
		return faultAt(fset, spec.Path.Pos(), missingPackage(path))
	}
	if spec.Name == nil {
		spec.Name = ast.NewIdent(name)
	}
	u.imports.add(spec)
	delete(found, spec.Name.Name)
	return nil
}

// addImport adds an import to the AST.
func (u *unit) addImport(name, path string) {
	u.imports[path] = true
	u.file.Decls = slices.Insert(u.file.Decls, 0, importDecl(name, path))
}

func importDecl(name, path string) ast.Decl {
	spec := &ast.ImportSpec{Name: ast.NewIdent(name), Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(path)}}
	return &ast.GenDecl{Tok: token.IMPORT, Specs: []ast.Spec{spec}}
}

// missingPackage says why a package cannot be imported, and what to do. Some of
// the standard library have no symbols here: see package stdlib.
func missingPackage(path string) string {
	if path == "C" {
		return "cgo cannot be used in interpreted source; build the program instead"
	}
	if !strings.HasPrefix(path, modulePath) && compiledTypes().Has(path) {
		return fmt.Sprintf("package %q cannot be used in interpreted source; build the program instead", path)
	}
	return fmt.Sprintf("package %q is neither in the standard library nor imported to this far side: "+
		"Import its source first, or build the program", path)
}
