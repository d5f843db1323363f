package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// packagesOf type-checks the source of a package at p.
func packagesOf(t *testing.T, src string) map[string]*types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "gc", nil)}
	p, err := conf.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*types.Package{"p": p}
}

func TestFileHasWhatReflectionKnows(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"symbols by kind", `package p
			func F() {}
			var V int
			type T struct{}
			type I interface{ M() }
			func (T) Method() {}
			func hidden() {}
			var hiddenV, W int
			type hiddenT struct{}`,
			`import "p"

var std_p = table{
	name: "p",
	funcs: []symbol{
		{"F", p.F},
	},
	vars: []symbol{
		{"V", &p.V},
		{"W", &p.W},
	},
	types: []symbol{
		{"I", (*p.I)(nil)},
		{"T", (*p.T)(nil)},
	},
}
`},
		{"no constants", `package p
			type T int
			const C, D = T(1), 2`,
			`import "p"

var std_p = table{
	name: "p",
	types: []symbol{
		{"T", (*p.T)(nil)},
	},
}
`},
		{"nothing generic, no constraint", `package p
			func G[T any](T) {}
			type L[T any] []T
			type A[T any] = []T
			type Number interface{ ~int | ~float64 }
			type Key interface{ comparable; M() }
			type I L[int]
			type Strings = L[string]`,
			`import "p"

var std_p = table{
	name: "p",
	types: []symbol{
		{"I", (*p.I)(nil)},
		{"Strings", (*p.Strings)(nil)},
	},
}
`},
		{"named unlike its path", `package q; var V int`,
			`import q "p"

var std_p = table{
	name: "q",
	vars: []symbol{
		{"V", &q.V},
	},
}
`},
		{"an import of no use would not compile", `package p; const C = 1; func F[T any]() {}`,
			`var std_p = table{
	name: "p",
}
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := source("", body(packagesOf(t, c.src)["p"]))
			if err != nil {
				t.Fatal(err)
			}
			if want := header + "package stdlib\n\n" + c.want; string(got) != want {
				t.Errorf("got\n%s\nwant\n%s", strings.TrimPrefix(string(got), header), c.want)
			}
		})
	}
}
