package typemap_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"reflect"
	"testing"

	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/typemap"
)

// path is the package that this file is.
const path = "github.com/farside-go/farside/interp/internal/typemap_test"

type (
	G[T any]      struct{ v T }
	Two[K, V any] struct{}
	Own           int
)

// checked gives the package that a text declares.
func checked(t *testing.T, text string) *types.Package {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "a.go", "package typemap_test\n"+text, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check(path, fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pkg
}

func newMap() *typemap.Map {
	return &typemap.Map{
		Symbol:   func(string, string) reflect.Value { return reflect.Value{} },
		Symbols:  func(string) []string { return nil },
		Compiled: func(string) bool { return false },
		Methods:  func(types.Type, *rtype.Type, *rtype.Type) (value, pointer []rtype.Method) { return nil, nil },
	}
}

// %T shows the name of an instance: it is the compiler's, whatever the arguments are.
func TestNamesOfInstancesAreTheCompilers(t *testing.T) {
	declarations := "type G[T any] struct { v T }\ntype Two[K, V any] struct {}\ntype Own int\nvar x "
	for text, want := range map[string]reflect.Type{
		"G[int]":                reflect.TypeFor[G[int]](),
		"G[Own]":                reflect.TypeFor[G[Own]](),
		"G[G[Own]]":             reflect.TypeFor[G[G[Own]]](),
		"G[*Own]":               reflect.TypeFor[G[*Own]](),
		"G[[]Own]":              reflect.TypeFor[G[[]Own]](),
		"G[[3]Own]":             reflect.TypeFor[G[[3]Own]](),
		"G[map[Own]*G[string]]": reflect.TypeFor[G[map[Own]*G[string]]](),
		"Two[string, error]":    reflect.TypeFor[Two[string, error]](),
		"Two[any, rune]":        reflect.TypeFor[Two[any, rune]](),
		"G[struct{}]":           reflect.TypeFor[G[struct{}]](),
		"G[struct{ A Own; b int }]": reflect.TypeFor[G[struct {
			A Own
			b int
		}]](),
		"G[struct{ A int `k:\"v\"` }]": reflect.TypeFor[G[struct {
			A int `k:"v"`
		}]](),
		"G[struct{ Own }]":                reflect.TypeFor[G[struct{ Own }]](),
		"G[func(int) string]":             reflect.TypeFor[G[func(int) string]](),
		"G[func(...int)]":                 reflect.TypeFor[G[func(...int)]](),
		"G[chan int]":                     reflect.TypeFor[G[chan int]](),
		"G[<-chan int]":                   reflect.TypeFor[G[<-chan int]](),
		"G[chan<- int]":                   reflect.TypeFor[G[chan<- int]](),
		"G[interface{ M() }]":             reflect.TypeFor[G[interface{ M() }]](),
		"Two[byte, [2][]uint]":            reflect.TypeFor[Two[byte, [2][]uint]](),
		"G[func(Own) []Own]":              reflect.TypeFor[G[func(Own) []Own]](),
		"G[chan (<-chan Own)]":            reflect.TypeFor[G[chan (<-chan Own)]](),
		"G[<-chan chan<- Own]":            reflect.TypeFor[G[<-chan chan<- Own]](),
		"G[func(int, ...Own) (a, b Own)]": reflect.TypeFor[G[func(int, ...Own) (a, b Own)]](),
		"G[interface{ Z(); M(Own) Own; m() }]": reflect.TypeFor[G[interface {
			Z()
			M(Own) Own
			m()
		}]](),
		"G[chan Own]":            reflect.TypeFor[G[chan Own]](),
		"G[interface{ M(Own) }]": reflect.TypeFor[G[interface{ M(Own) }]](),
	} {
		typ := checked(t, declarations+text).Scope().Lookup("x").Type()
		if got := newMap().Type(typ).Reflect(); got.Name() != want.Name() || got.String() != want.String() {
			t.Errorf("%s:\ngot  %s, %s\nwant %s, %s", text, got.Name(), got, want.Name(), want)
		}
	}
}

// A type lies in memory as the compiler lays it, also where it refers to itself.
func TestTypesLieInMemoryAsTheCompilers(t *testing.T) {
	type Tree struct {
		a     bool
		Left  *Tree
		list  []Tree
		m     map[string]Tree
		f     func(Tree) Tree
		pairs [2]struct {
			b byte
			n int64
		}
		s string
		i any
		c chan Tree
	}
	pkg := checked(t, `type Tree struct {
		a bool; Left *Tree; list []Tree; m map[string]Tree; f func(Tree) Tree
		pairs [2]struct { b byte; n int64 }; s string; i any; c chan Tree
	}`)
	m := newMap()
	got, want := m.Type(pkg.Scope().Lookup("Tree").Type()).Reflect(), reflect.TypeFor[Tree]()
	if m.Err != nil || got.Size() != want.Size() || got.Align() != want.Align() || got.NumField() != want.NumField() {
		t.Fatalf("%v, %v: %d bytes, want %d", m.Err, got, got.Size(), want.Size())
	}
	for i := range want.NumField() {
		if g, w := got.Field(i), want.Field(i); g.Name != w.Name || g.Offset != w.Offset || g.Type.String() != w.Type.String() {
			t.Errorf("got  %s %v at %d\nwant %s %v at %d", g.Name, g.Type, g.Offset, w.Name, w.Type, w.Offset)
		}
	}
	if left := got.Field(1).Type.Elem(); left != got {
		t.Errorf("Left points to %v, another type", left)
	}
}

// What stands in a generic function is, with its type parameters replaced, what is
// written without them.
func TestSubstKeepsTheRestOfAType(t *testing.T) {
	for _, text := range []string{
		"*%", "[]%", "[3]%", "map[%]*%", "chan %", "<-chan %", "chan<- %", "func(%, ...%) (%, error)", "struct { A % `tag`; b int }",
		"interface { M(%) %; N() }", "any", "map[string]func() []%", "struct { *T }",
	} {
		replaced := func(by string) string {
			var out string
			for _, r := range text {
				if r == '%' {
					out += by
				} else {
					out += string(r)
				}
			}
			return out
		}
		pkg := checked(t, "type T int\nfunc f[P comparable](x "+replaced("P")+") {}\nvar want "+replaced("string"))
		f := pkg.Scope().Lookup("f").Type().(*types.Signature)
		env := (&typemap.Env{Params: []*types.TypeParam{f.TypeParams().At(0)}, Args: []types.Type{types.Typ[types.String]}}).Make(types.NewContext())
		got, want := env.Subst(f.Params().At(0).Type()), pkg.Scope().Lookup("want").Type()
		if !types.Identical(got, want) {
			t.Errorf("%s: got %v, want %v", text, got, want)
		}
	}
}
