package main

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// packagesOf type-checks the source of a package "p".
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

// bodyOf generates the body of the file of a package "p".
func bodyOf(t *testing.T, src string) string {
	t.Helper()
	m, err := newModel(packagesOf(t, src)["p"])
	if err != nil {
		t.Fatal(err)
	}
	file, err := source("", m.body())
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

func TestBody(t *testing.T) {
	for _, c := range []struct {
		name, src  string
		has, lacks []string
	}{
		{"symbols by kind", `package p
			func F() {}
			var V int
			type T struct{}
			const C T2 = 1
			type T2 int
			func hidden() {}`,
			[]string{`{"F", p.F}`, `{"V", &p.V}`, `{"T", (*p.T)(nil)}`, `{"C", p.C}`},
			[]string{"hidden", "consts:", "wrappers:"}},
		{"untyped constants", `package p
			const I, U, S, B, R, X = 1, 1<<64-1, "s", true, 'r', 1.5`,
			[]string{`{"I", int64(p.I)}`, `{"U", uint64(p.U)}`, `{"S", string(p.S)}`, `{"B", p.B}`, `{"R", int64(p.R)}`, `{"X", float("1.5")}`},
			nil},
		{"generic symbols are left out", `package p
			func G[T any](T) {}
			type L[T any] []T
			type A[T any] = []T
			type Number interface{ ~int | ~float64 }
			type Key interface{ comparable; M() }
			type I L[int]`,
			[]string{`{"I", (*p.I)(nil)}`},
			[]string{`"G"`, `"L"`, `"A"`, `"Number"`, `"Key"`}},
		{"wrapper", `package p
			import "io"
			type I interface { io.Closer; Do(w io.Writer, n ...int) (m int, err error); String() string }`,
			[]string{
				`{"_I", (*_p_I)(nil)}`, "WClose  func() error", "WDo     func(io.Writer, ...int) (int, error)",
				"Do(a0 io.Writer, a1 ...int) (int, error) { return w.WDo(a0, a1...) }",
				"if w.WString == nil {\n\t\treturn \"\"",
			}, nil},
		{"wrapper of an alias", `package p
			import "io"
			type R = io.Reader`,
			[]string{`{"R", (*p.R)(nil)}`, `{"_R", (*_io_Reader)(nil)}`}, []string{"struct {"}},
		{"bare wrappers", `package p
			type E interface{}
			type Sealed interface{ Do(); do() }
			type secret int
			type Awkward interface{ Do([]secret) }`,
			[]string{`{"_E", (*_bare)(nil)}`, `{"_Sealed", (*_bare)(nil)}`, `{"_Awkward", (*_bare)(nil)}`}, nil},
		{"packages of one name", `package p
			import ("crypto/rand"; mrand "math/rand"; v2 "math/rand/v2")
			var _ = rand.Reader
			type I interface { M(mrand.Source, v2.Source) }`,
			[]string{`"math/rand"`, `math_rand_v2 "math/rand/v2"`, "M(a0 rand.Source, a1 math_rand_v2.Source)"},
			[]string{"crypto/rand"}},
		{"nothing exported", `package p`, []string{`_ "p"`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			body := bodyOf(t, c.src)
			for _, s := range c.has {
				if !strings.Contains(body, s) {
					t.Errorf("no %s in\n%s", s, body)
				}
			}
			for _, s := range c.lacks {
				if strings.Contains(body, s) {
					t.Errorf("%s in\n%s", s, body)
				}
			}
		})
	}
}

func TestUnsupportedConstantsStopTheGenerator(t *testing.T) {
	for _, src := range []string{"package p; const C = 1 << 64", "package p; const C = 1i"} {
		if _, err := newModel(packagesOf(t, src)["p"]); err == nil {
			t.Errorf("no error for %s", src)
		}
	}
}

func TestFloatLiteralIsExact(t *testing.T) {
	third := constant.BinaryOp(constant.MakeInt64(1), token.QUO, constant.MakeInt64(3))
	for _, v := range []constant.Value{
		third,
		constant.MakeFromLiteral("2.718281828459045235360287471352662497757", token.FLOAT, 0),
		constant.MakeFromLiteral("0x1p-1074", token.FLOAT, 0),
		constant.MakeFromLiteral("1e4000", token.FLOAT, 0),
		constant.MakeFromLiteral("-3.0", token.FLOAT, 0),
	} {
		if back := readFloat(floatLiteral(v)); back.Kind() != v.Kind() || back.ExactString() != v.ExactString() {
			t.Errorf("%s reads back as %s", v.ExactString(), back.ExactString())
		}
	}
}

func TestNeedsFollowsEveryWayToAnInterface(t *testing.T) {
	for name, src := range map[string]string{
		"parameter":       `func F(io.Reader) {}`,
		"result of type":  `type T struct{}; func (*T) M() []io.Reader { return nil }`,
		"field":           `type T struct{ R map[string]io.Reader }`,
		"embedded hidden": `type t struct{}; func (t) M(chan io.Reader) {}; type T struct{ t }`,
		"hidden result":   `type t struct{}; func (t) M(func(io.Reader)) {}; func F() t { return t{} }`,
		"method":          `type I interface{ M(io.Reader) }`,
		"type argument":   `type L[T any] []T; func F(L[io.Reader]) {}`,
		"alias":           `type R = io.Reader; func F(R) {}`,
		"variable":        `var V [2]io.Reader`,
	} {
		t.Run(name, func(t *testing.T) {
			p := packagesOf(t, "package p\nimport \"io\"\n"+src)["p"]
			if got := needs(p); !slices.Contains(got, "io") {
				t.Errorf("needs = %v, want io among them", got)
			}
		})
	}
	hidden := packagesOf(t, "package p\nimport \"io\"\ntype T struct{ r io.Reader }\nfunc f(io.Reader) {}")["p"]
	if got := needs(hidden); len(got) > 0 {
		t.Errorf("needs of unexported symbols: %v", got)
	}
}
