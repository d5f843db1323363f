package interp

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
)

// yaegi compiles one file at a time, under a package whose name is also its
// import path. So the files of an imported package are merged into one, and
// each package has a name of its own inside the interpreter.

// packageNames are the names of trees' packages inside one interpreter.
type packageNames struct {
	inner map[string]string // by import path
	given int               // also to packages that could not be compiled
}

// give gives a package its inner name.
func (n *packageNames) give(pkg *treePackage) string {
	inner := fmt.Sprintf("%s_%d_", pkg.name, n.given)
	n.given++
	n.inner[pkg.path] = inner
	return inner
}

// outer puts the import paths back into a text that yaegi wrote.
func (n *packageNames) outer(text string) string {
	for path, name := range n.inner {
		text = strings.ReplaceAll(text, name, path)
	}
	return text
}

// load parses a package into one file that can be compiled.
func (n *packageNames) load(fset *token.FileSet, pkg *treePackage, world *world) (*ast.File, error) {
	merged := &ast.File{Name: ast.NewIdent(n.give(pkg))}
	merged.Decls = append(merged.Decls, importDecl(hostName, hostPath))
	for i, f := range pkg.files {
		file, err := parser.ParseFile(fset, innerName(f.name), withoutDirectives(f.text), parser.ParseComments)
		if err != nil {
			return nil, compileFault(err)
		}
		if i == 0 {
			merged.Package, merged.FileStart = file.Package, file.FileStart
		}
		hideFields(file)
		if _, ok := pkg.uses["log"]; ok {
			divertFatal(file, nil)
		}
		plainCalls(file, (&unit{file: file}).importName(channelPath), false)
		guardStarts(file)
		n.rename(file, i, world)
		merged.Decls = append(merged.Decls, file.Decls...)
	}
	return merged, nil
}

// rename gives the imports of a file names that no other file of its package
// uses, and paths that are known inside the interpreter.
func (n *packageNames) rename(file *ast.File, index int, world *world) {
	found := selections(file)
	for _, spec := range file.Imports {
		path := importPath(spec)
		name := n.redirect(spec, path, world)
		if name == "." || name == "_" {
			continue
		}
		alias := fmt.Sprintf("%s_%d_", name, index)
		spec.Name = ast.NewIdent(alias)
		if s := found[name]; s != nil {
			for _, sel := range s.idents {
				sel.X.(*ast.Ident).Name = alias
			}
		}
	}
}

// redirect makes an import of a tree one of its inner name, and gives the name
// that the import has in its file.
func (n *packageNames) redirect(spec *ast.ImportSpec, path string, world *world) string {
	name := world.packageName(path)
	if spec.Name != nil {
		name = spec.Name.Name
	}
	if inner, ok := n.inner[path]; ok {
		spec.Path.Value = strconv.Quote(inner)
		spec.Name = ast.NewIdent(name)
	}
	return name
}

// redirectAll makes the imports of a file, ours included, those of inner names.
func (n *packageNames) redirectAll(file *ast.File, world *world) {
	for _, decl := range file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		if !ok || gen.Tok != token.IMPORT {
			continue
		}
		for _, spec := range gen.Specs {
			spec := spec.(*ast.ImportSpec)
			path := importPath(spec)
			n.redirect(spec, path, world)
		}
	}
}
