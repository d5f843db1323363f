//go:build ignore

package main

import (
	"fmt"
	"go/ast"
	"go/constant"

	"go/parser"

	"go/scanner"
	"go/token"
)

func eval(e ast.Expr) (constant.Value, error) {
	switch x := e.(type) {
	case *ast.BasicLit:
		return constant.MakeFromLiteral(x.Value, x.Kind, 0), nil
	case *ast.ParenExpr:
		return eval(x.X)
	case *ast.UnaryExpr:
		v, err := eval(x.X)
		if err != nil {
			return nil, err
		}
		return constant.UnaryOp(x.Op, v, 0), nil
	case *ast.BinaryExpr:
		l, err := eval(x.X)
		if err != nil {
			return nil, err
		}
		r, err := eval(x.Y)
		if err != nil {
			return nil, err
		}
		switch x.Op {
		case token.EQL, token.LSS, token.GTR, token.NEQ:
			return constant.MakeBool(constant.Compare(l, x.Op, r)), nil
		case token.SHL, token.SHR:
			n, _ := constant.Uint64Val(r)
			return constant.Shift(l, x.Op, uint(n)), nil
		}
		return constant.BinaryOp(l, x.Op, r), nil
	}
	return nil, fmt.Errorf("cannot evaluate a %T", e)
}

func main() {
	for _, e := range []string{"1+2*3", "(1<<70)/(1<<68)", "1.5*2 == 3", "-'a'+1", `"con"+"cat"`, "7/2.0", "x+1", "1+", "f(2)"} {
		x, err := parser.ParseExpr(e)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(eval(x))
	}
	_, err := parser.ParseFile(token.NewFileSet(), "bad.go", "package p\nfunc {\nvar x = = 1\n", parser.AllErrors)
	list, ok := err.(scanner.ErrorList)
	fmt.Println(ok, len(list) > 1, list[0])
	var s scanner.Scanner
	fs := token.NewFileSet()
	code := "x := a[1:] // end\n"
	s.Init(fs.AddFile("", fs.Base(), len(code)), []byte(code), nil, scanner.ScanComments)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		fmt.Print(fs.Position(pos).Column, tok, lit, tok.IsOperator(), tok.Precedence(), " ")
	}
	fmt.Println(token.Lookup("func"), token.IsExported("Abc"), token.IsKeyword("go"))
}
