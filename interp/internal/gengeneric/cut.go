package main

import (
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strconv"
)

// cut takes the wanted declarations out of a file, with their comments, and the
// imports that those need.
func cut(text []byte, s source) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, s.file, text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	offset := func(pos token.Pos) int { return fset.Position(pos).Offset }
	missing := slices.Concat(s.only, s.without)
	var drop []ast.Node
	used := make(map[string]bool)
	for _, decl := range file.Decls {
		if imports, ok := decl.(*ast.GenDecl); ok && imports.Tok == token.IMPORT {
			continue
		}
		name := declared(decl)
		missing = slices.DeleteFunc(missing, func(m string) bool { return m == name })
		if s.only != nil && !slices.Contains(s.only, name) || slices.Contains(s.without, name) {
			drop = append(drop, decl)
			continue
		}
		selected(decl, used)
	}
	if len(missing) > 0 {
		return nil, fmt.Errorf("no declarations of %v", missing)
	}
	for _, spec := range file.Imports {
		if !used[localName(spec)] {
			drop = append(drop, spec)
		}
	}
	slices.SortFunc(drop, func(a, b ast.Node) int { return int(b.Pos() - a.Pos()) })
	for _, node := range drop { // the last one first, so that offsets stay right
		start := node.Pos()
		if doc := docOf(node); doc != nil {
			start = doc.Pos()
		}
		text = slices.Delete(slices.Clone(text), offset(start), offset(node.End()))
	}
	return tidy(text)
}

// tidy formats a file, and drops an import declaration that has become empty.
func tidy(text []byte) ([]byte, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments)
	if err != nil {
		return nil, err
	}
	for _, decl := range file.Decls {
		if imports, ok := decl.(*ast.GenDecl); ok && imports.Tok == token.IMPORT && len(imports.Specs) == 0 {
			text = slices.Delete(text, fset.Position(imports.Pos()).Offset, fset.Position(imports.End()).Offset)
		}
	}
	return format.Source(text)
}

// declared gives the name that a declaration is known by: of a group, the first.
func declared(decl ast.Decl) string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return decl.Name.Name
	case *ast.GenDecl:
		switch spec := decl.Specs[0].(type) {
		case *ast.TypeSpec:
			return spec.Name.Name
		case *ast.ValueSpec:
			return spec.Names[0].Name
		}
	}
	return ""
}

func docOf(node ast.Node) *ast.CommentGroup {
	switch node := node.(type) {
	case *ast.FuncDecl:
		return node.Doc
	case *ast.GenDecl:
		return node.Doc
	case *ast.ImportSpec:
		return node.Doc
	}
	return nil
}

// selected notes what a declaration selects something from.
func selected(decl ast.Decl, names map[string]bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := sel.X.(*ast.Ident); ok {
				names[id.Name] = true
			}
		}
		return true
	})
}

// localName gives the name of an import in its file.
func localName(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	imported, _ := strconv.Unquote(spec.Path.Value) // it was parsed
	return path.Base(imported)
}
