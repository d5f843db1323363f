package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// compiled type-checks the source of a package p that imports nothing.
func compiled(t *testing.T, text string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n\n"+text, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := types.Config{Importer: importer.Default(), GoVersion: "go1.26"}
	pkg, err := config.Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

// sent writes a package and reads it again.
func sent(t *testing.T, pkg *types.Package) *types.Package {
	t.Helper()
	target := format.Targets[0]
	lib := library{target, map[string]*types.Package{"p": pkg}}
	data, err := archive("go", []library{lib}, format.Public)
	if err != nil {
		t.Fatal(err)
	}
	read, err := exportdata.NewReader(target, string(data)).Import("p")
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// TestDeclarationsArriveAsTheyWere has what the standard library has no example
// of, or only few.
func TestDeclarationsArriveAsTheyWere(t *testing.T) {
	for _, text := range []string{
		"const X = 1.5i + 2",
		"const X = 1e300 * 1e300",
		"const X = 1 << 200",
		"const X = -7",
		"const X = 1.0 / 3",
		"const X uint8 = 200",
		`const X = "a\x00\xff"`,
		"const X = true",
		"type X = []int",
		"type X[T any] = map[string]T",
		"type X[K comparable, V any] = func(K) Y[V, K]; type Y[A, B any] struct{ A A; B []B }",
		"type X[T any] struct{ Next *X[T]; Other *X[int] }",
		"type X[T interface{ M() X[T] }] struct{ T T }",
		"type X interface{ ~int | ~[]byte | Y; comparable }; type Y string",
		"type X interface{ Y; Z(); }; type Y interface{ A(x int, ys ...string) (n int, err error) }",
		"type X struct{ A int `json:\"a\"`; *Y; C <-chan int; D chan<- int; E chan int; F [3]func(...any) }; type Y struct{ B bool }",
		"func X[S ~[]E, E any](s S, f func(E) (E, error)) S { return s }",
		"func X[A, B any](a A, b B) {}",
		"func X[A any, B any](a A, b B) {}",
		"var X = y(); func y() z { return z{} }; type z struct{ A int }",
		"type X int; func (x X) M() X { return x }; func (*X) N(X) {}",
		"type X[T any] struct{ V T }; func (x X[A]) M(a A) *X[A] { return &x }; func (x *X[B]) N() {}",
		"var X struct{ A, B int; C interface{ M() } }",
		"type X byte; var Y []rune",
	} {
		t.Run(text, func(t *testing.T) {
			want := compiled(t, text)
			got := sent(t, want)
			for _, name := range want.Scope().Names() {
				obj := want.Scope().Lookup(name)
				if token.IsExported(name) {
					compareDecls(t, got.Scope().Lookup(name), obj)
				}
			}
		})
	}
}

func compareDecls(t *testing.T, got, want types.Object) {
	t.Helper()
	if got == nil {
		t.Fatalf("%v: missing", want)
	}
	if g, w := text(got), text(want); g != w {
		t.Errorf("got\n%s\nwant\n%s", g, w)
	}
	if c, ok := want.(*types.Const); ok && !constant.Compare(got.(*types.Const).Val(), token.EQL, c.Val()) {
		t.Errorf("got %v, want %v", got.(*types.Const).Val(), c.Val())
	}
}

// text gives an object with what it stands on and its methods.
func text(obj types.Object) string {
	var b strings.Builder
	fmt.Fprintln(&b, types.ObjectString(obj, nil), obj.Type().Underlying())
	for m := range types.NewMethodSet(types.NewPointer(obj.Type())).Methods() {
		fmt.Fprintln(&b, m)
	}
	return b.String()
}

func TestInsidesAreHollow(t *testing.T) {
	pkg := sent(t, compiled(t, `
type X struct {
	a  inner
	b  *inner
	c  []inner
	d  map[string]inner
	e  chan inner
	f  func(inner)
	g  interface{ m(inner) }
	h  [2]inner
	inner
	*offering
	I inner
}

type inner struct{ n named; s string }
type named int
type offering struct{ x inner }

func (offering) Offer() {}
`))
	want := "struct{a struct{_ int; _ string}; b unsafe.Pointer; c []int; d map[int]int; e chan int; f func(); g any; " +
		"h [2]struct{_ int; _ string}; inner struct{_ int; _ string}; *p.offering; I p.inner}"
	if got := pkg.Scope().Lookup("X").Type().Underlying().String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if pkg.Scope().Lookup("named") != nil {
		t.Error("a type is there that nothing exported refers to")
	}
	inner := pkg.Scope().Lookup("inner")
	if inner == nil || inner.Type().Underlying().String() != "struct{n int; s string}" {
		t.Errorf("inner is %v", inner)
	}
}

func TestUnexportedMethodsAreKeptWhereTheyCount(t *testing.T) {
	pkg := sent(t, compiled(t, `
type I interface{ asked(inner) }
type T struct{}
type inner struct{}

func (T) asked(inner) {}
func (T) other(inner) {}
`))
	iface := pkg.Scope().Lookup("I").Type().Underlying().(*types.Interface)
	named := pkg.Scope().Lookup("T").Type().(*types.Named)
	if !types.Implements(named, iface) {
		t.Error("T does not implement I any more")
	}
	if n := named.NumMethods(); n != 1 || pkg.Scope().Lookup("inner") != nil {
		t.Errorf("%d methods; inner is %v", n, pkg.Scope().Lookup("inner"))
	}
}

func TestATypeParameterOutsideItsDeclarationIsRefused(t *testing.T) {
	pkg := types.NewPackage("p", "p")
	param := types.NewTypeParam(types.NewTypeName(0, pkg, "T", nil), types.Universe.Lookup("any").Type())
	pkg.Scope().Insert(types.NewVar(0, pkg, "X", param))
	lib := library{format.Targets[0], map[string]*types.Package{"p": pkg}}
	if _, err := archive("go", []library{lib}, format.Public); err == nil || !strings.Contains(err.Error(), "type parameter T") {
		t.Errorf("got %v", err)
	}
	lib.target = "nosuch/amd64"
	if _, err := archive("go", []library{lib}, format.Public); err == nil || !strings.Contains(err.Error(), "nosuch/amd64") {
		t.Errorf("got %v", err)
	}
}

func TestEqualSectionsAreWrittenOnce(t *testing.T) {
	variants := merge(nil, "a", 1, 0)
	variants = merge(variants, "b", 1, 1)
	variants = merge(variants, "a", 1, 3)
	if len(variants) != 2 || variants[0].targets != 0b1001 || variants[1].targets != 0b10 {
		t.Errorf("%+v", variants)
	}
}
