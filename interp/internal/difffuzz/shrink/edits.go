package shrink

import (
	"go/ast"
	"reflect"
	"slices"
)

// A list is one in the syntax out of which elements can be cut.
type list struct {
	len int
	cut func(from, to int)
}

func listOf[T any](elements *[]T) list {
	return list{len(*elements), func(from, to int) { *elements = slices.Delete(*elements, from, to) }}
}

// listsOf gives the lists of a file, outer ones first.
func listsOf(file *ast.File) []list {
	out := []list{listOf(&file.Decls)}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			out = append(out, listOf(&n.List))
		case *ast.CaseClause:
			out = append(out, listOf(&n.Body), listOf(&n.List))
		case *ast.CommClause:
			out = append(out, listOf(&n.Body))
		case *ast.CompositeLit:
			out = append(out, listOf(&n.Elts))
		case *ast.GenDecl:
			out = append(out, listOf(&n.Specs))
		case *ast.FieldList:
			out = append(out, listOf(&n.List))
		case *ast.CallExpr:
			out = append(out, listOf(&n.Args))
		}
		return true
	})
	return out
}

// changesOf gives changes each of which replaces something by a part of it. Only
// one of them may be made.
func changesOf(file *ast.File) (out []func()) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			out = append(out, unwrap(&n.List)...)
		case *ast.CaseClause:
			out = append(out, unwrap(&n.Body)...)
		case *ast.CommClause:
			out = append(out, unwrap(&n.Body)...)
		case *ast.IfStmt:
			out = append(out, func() { n.Else = nil }, func() { n.Init = nil })
		}
		if n != nil {
			out = append(out, narrow(n)...)
		}
		return true
	})
	return out
}

// unwrap replaces a statement of a list by the statements inside of it.
func unwrap(stmts *[]ast.Stmt) (out []func()) {
	for i, stmt := range *stmts {
		for _, inner := range insides(stmt) {
			out = append(out, func() { *stmts = slices.Replace(*stmts, i, i+1, inner...) })
		}
	}
	return out
}

// insides gives the lists of statements that a statement has.
func insides(stmt ast.Stmt) [][]ast.Stmt {
	switch stmt := stmt.(type) {
	case *ast.BlockStmt:
		return [][]ast.Stmt{stmt.List}
	case *ast.IfStmt:
		if stmt.Else != nil {
			return [][]ast.Stmt{stmt.Body.List, {stmt.Else}}
		}
		return [][]ast.Stmt{stmt.Body.List}
	case *ast.ForStmt:
		return [][]ast.Stmt{stmt.Body.List}
	case *ast.RangeStmt:
		return [][]ast.Stmt{stmt.Body.List}
	case *ast.LabeledStmt:
		return [][]ast.Stmt{{stmt.Stmt}}
	case *ast.ExprStmt:
		return bodies(stmt.X)
	case *ast.DeferStmt:
		return bodies(stmt.Call)
	case *ast.GoStmt:
		return bodies(stmt.Call)
	}
	return nil
}

// bodies gives the bodies of function literals that an expression calls, or calls
// another function with.
func bodies(x ast.Expr) (out [][]ast.Stmt) {
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return nil
	}
	for _, x := range append([]ast.Expr{call.Fun}, call.Args...) {
		if f, ok := x.(*ast.FuncLit); ok {
			out = append(out, f.Body.List)
		}
	}
	return out
}

// narrow replaces each expression that a node has by the operands of it.
func narrow(n ast.Node) (out []func()) {
	v := reflect.ValueOf(n).Elem()
	for i := range v.NumField() {
		switch field := v.Field(i).Addr().Interface().(type) {
		case *ast.Expr:
			out = append(out, operands(field)...)
		case *[]ast.Expr:
			for j := range *field {
				out = append(out, operands(&(*field)[j])...)
			}
		}
	}
	return out
}

// operands replaces an expression by one of its operands.
func operands(x *ast.Expr) (out []func()) {
	for _, operand := range parts(*x) {
		out = append(out, func() { *x = operand })
	}
	return out
}

func parts(x ast.Expr) []ast.Expr {
	switch x := x.(type) {
	case *ast.BinaryExpr:
		return []ast.Expr{x.X, x.Y}
	case *ast.UnaryExpr:
		return []ast.Expr{x.X}
	case *ast.ParenExpr:
		return []ast.Expr{x.X}
	case *ast.CallExpr:
		if f, ok := x.Fun.(*ast.FuncLit); ok && len(f.Body.List) > 0 {
			if last, ok := f.Body.List[len(f.Body.List)-1].(*ast.ReturnStmt); ok {
				return append(slices.Clone(x.Args), last.Results...)
			}
		}
		return x.Args
	case *ast.SliceExpr:
		return []ast.Expr{x.X}
	}
	return nil
}
