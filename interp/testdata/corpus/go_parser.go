//go:build ignore

package main

import (
	"fmt"
	"go/ast"

	"go/format"
	"go/parser"
	"go/printer"

	"go/token"
	"os"
	"sort"
	"strings"
)

const src = `// Package sample is parsed.
package sample

import (
	"fmt"
	str "strings"
)

// T is documented.
type T struct {
	A, B int ` + "`json:\"a\"`" + `
	*Embedded
}

type G[K comparable, V any] map[K]V

func (t *T) Method(x int, ys ...string) (n int, err error) {
	if x > 0 && t != nil {
		for i := range x { fmt.Println(i, str.ToUpper("s")) }
	} else { switch { case x < -1: return x, nil; default: panic("x") } }
	defer func() { recover() }()
	return
}

func helper() { (&T{}).Method(1+2*3); helper() }

var f = func(a int) int { return a << 2 }
`

// A complexity visitor counts branches.
type complexity struct{ n int }

func (c *complexity) Visit(n ast.Node) ast.Visitor {
	switch x := n.(type) {
	case *ast.IfStmt, *ast.RangeStmt, *ast.ForStmt, *ast.CaseClause:
		c.n++
	case *ast.BinaryExpr:
		if x.Op == token.LAND || x.Op == token.LOR {
			c.n++
		}
	case *ast.FuncLit:
		return nil
	}
	return c
}

type depth int

func (d depth) Visit(n ast.Node) ast.Visitor {
	if n == nil || d > 2 {
		return nil
	}
	fmt.Printf("%s%s\n", strings.Repeat(" ", int(d)), strings.TrimPrefix(fmt.Sprintf("%T", n), "*ast."))
	return d + 1
}

func main() {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "sample.go", src, parser.ParseComments)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(file.Name.Name, strings.TrimSpace(file.Doc.Text()), len(file.Imports), len(file.Decls))
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			c := &complexity{1}
			ast.Walk(c, d)
			recv := "-"
			if d.Recv != nil {
				recv = fmt.Sprintf("%T", d.Recv.List[0].Type)
			}
			fmt.Println("func", d.Name, recv, d.Type.Params.NumFields(), c.n, fset.Position(d.Pos()))
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.TypeSpec:
					fmt.Println("type", s.Name, s.TypeParams.NumFields(), strings.TrimSpace(d.Doc.Text()))
				case *ast.ImportSpec:
					fmt.Println("import", s.Name, s.Path.Value)
				case *ast.ValueSpec:
					fmt.Println(d.Tok, s.Names[0])
				}
			}
		}
	}
	calls := map[string]int{}
	ast.Inspect(file, func(n ast.Node) bool {
		if c, ok := n.(*ast.CallExpr); ok {
			switch f := c.Fun.(type) {
			case *ast.Ident:
				calls[f.Name]++
			case *ast.SelectorExpr:
				calls["."+f.Sel.Name]++
			}
		}
		return true
	})
	names := make([]string, 0)
	for n := range calls {
		names = append(names, n)
	}
	sort.Strings(names)
	fmt.Println(names, calls["helper"])
	ast.Walk(depth(0), file.Decls[len(file.Decls)-1])

	ast.Inspect(file, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == "helper" {
			id.Name = "renamed"
		}
		return true
	})
	printer.Fprint(os.Stdout, fset, file.Decls[len(file.Decls)-2])
	fmt.Println()
	out, err := format.Source([]byte("package p\nfunc  f( ){x:=1 ;_=x}"))
	fmt.Printf("%s%v\n", out, err)
}
