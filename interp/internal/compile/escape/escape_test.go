package escape_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"testing"

	"github.com/farside-go/farside/interp/internal/compile/escape"
)

// What is not found here is silently wrong: two parts of a program would see two
// variables for one.
func TestSharedVariablesLiveOnTheHeap(t *testing.T) {
	for body, want := range map[string][]string{
		"x := 1; x++":                                         nil,
		"x := 1; func() { x++ }()":                            {"x"},
		"x := 1; func() { x := 2; x++ }(); x++":               nil,
		"x := 1; func() { func() { _ = x }() }()":             {"x"},
		"func(y int) { func() { y++ }() }(1)":                 {"y"},
		"func() (y int) { defer func() { y++ }(); return }()": {"y"},
		"x := 1; _ = &x":                                      {"x"},
		"x := 1; _ = &(x)":                                    {"x"},
		"x := T{}; _ = &x.n":                                  {"x"},
		"x := &T{}; _ = &x.n":                                 nil,
		"x := U{}; _ = &x.n":                                  {"x"},
		"x := [3]T{}; _ = &x[1].n":                            {"x"},
		"x := []T{{}}; _ = &x[0].n":                           nil,
		"x := [3]int{}; _ = x[:]":                             {"x"},
		"x := struct{ a [3]int }{}; _ = x.a[1:]":              {"x"},
		"x := []int{}; _ = x[:]":                              nil,
		"x := T{}; x.pointer()":                               {"x"},
		"x := T{}; _ = x.pointer":                             {"x"},
		"x := T{}; x.value()":                                 nil,
		"x := &T{}; x.pointer()":                              nil,
		"x := U{}; x.pointer()":                               {"x"},
		"x := [1]T{}; x[0].pointer()":                         {"x"},
		"for i := range 3 { func() { _ = i }() }":             {"i"},
		"for i := 0; i < 3; i++ { _ = i }":                    nil,
		"var v any; switch y := v.(type) { case int: func() { _ = y }() }": {"y"},
	} {
		if got := boxed(t, body); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", body, got, want)
		}
	}
}

func TestDefersAreThoseOfTheFunctionThatStandsAround(t *testing.T) {
	info, decl := check(t, "func() { defer print() }()")
	facts := escape.Of(info, decl)
	var inner *ast.FuncLit
	ast.Inspect(decl, func(n ast.Node) bool {
		if lit, ok := n.(*ast.FuncLit); ok {
			inner = lit
		}
		return true
	})
	if facts.Defers[decl] || !facts.Defers[inner] {
		t.Errorf("around %v, inside %v", facts.Defers[decl], facts.Defers[inner])
	}
}

func boxed(t *testing.T, body string) (names []string) {
	t.Helper()
	for v := range escape.Of(check(t, body)).Boxed {
		names = append(names, v.Name())
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func check(t *testing.T, body string) (*types.Info, *ast.FuncDecl) {
	t.Helper()
	const before = `package p
type T struct { n int }
func (t *T) pointer() {}
func (t T) value() {}
type U struct { T }
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", before+"func f() {\n"+body+"\n}", 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object), Uses: make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection), Implicits: make(map[ast.Node]types.Object),
	}
	if _, err := new(types.Config).Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	return info, file.Decls[len(file.Decls)-1].(*ast.FuncDecl)
}
