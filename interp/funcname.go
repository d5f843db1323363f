package interp

import (
	"fmt"
	"go/ast"
	"go/token"
)

// funcName gives the name that Go gives to the function around a position, such
// as main.(*T).Method or main.f.func1, or "" if it is in none of these files.
func funcName(files []*ast.File, pos token.Pos) string {
	for _, file := range files {
		for _, decl := range file.Decls {
			if !decl.Pos().IsValid() || pos < decl.Pos() || pos >= decl.End() {
				continue
			}
			name := file.Name.Name
			if f, ok := decl.(*ast.FuncDecl); ok {
				name += "." + declName(f)
			} else {
				name += ".init"
			}
			return name + literalNames(decl, pos)
		}
	}
	return ""
}

func declName(f *ast.FuncDecl) string {
	name := f.Name.Name
	if name == renamedMain {
		name = "main"
	}
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return name
	}
	if star, ok := f.Recv.List[0].Type.(*ast.StarExpr); ok {
		return "(*" + typeName(star.X) + ")." + name
	}
	return typeName(f.Recv.List[0].Type) + "." + name
}

func typeName(t ast.Expr) string {
	switch t := t.(type) {
	case *ast.Ident:
		return t.Name
	case *ast.IndexExpr:
		return typeName(t.X) + "[...]"
	case *ast.IndexListExpr:
		return typeName(t.X) + "[...]"
	}
	return "?"
}

// literalNames gives what the function literals around pos add to the name:
// .func1 for the first in a function, .func1.2 for the second in that one.
func literalNames(decl ast.Node, pos token.Pos) (name string) {
	prefix, n := ".func", 0
	var visit func(ast.Node) bool
	visit = func(node ast.Node) bool {
		lit, ok := node.(*ast.FuncLit)
		if !ok {
			return true
		}
		n++
		if pos < lit.Body.Pos() || pos >= lit.End() {
			return false
		}
		name += fmt.Sprint(prefix, n)
		prefix, n = ".", 0
		ast.Inspect(lit.Body, visit)
		return false
	}
	ast.Inspect(decl, visit)
	return name
}
