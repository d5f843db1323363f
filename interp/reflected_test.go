package interp_test

import (
	"fmt"
	"reflect"
	"sync/atomic"
	"testing"

	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/worker"
)

// Types of a package that is known by reflection alone.
type (
	Color int

	Node struct {
		Name string `json:"name"`
		Next *Node
		Tree *Tree
		seen bool
	}

	Tree struct {
		Base
		Nodes map[string][]*Node
		Walk  func(*Node) (more bool)
		Pair  [2]struct{ X, Y Color }
		count atomic.Pointer[Node]
	}

	Base struct{ ID int }

	Shape interface {
		Area() float64
		Scale(by float64) Shape
	}

	NotFound struct{ What string }

	hidden struct{ N int }
)

func (c Color) String() string    { return fmt.Sprintf("color %d", int(c)) }
func (n *Node) Visit() *Node      { n.seen = true; return n }
func (n Node) Seen() bool         { return n.seen }
func (b *Base) SetID(n int) *Base { b.ID = n; return b }
func (e *NotFound) Error() string { return e.What + " not found" }
func (h *hidden) Add(n int) int   { h.N += n; return h.N }

func reflectedSymbols() map[string]reflect.Value {
	type local struct{ A int }
	return map[string]reflect.Value{
		"Color":    reflect.ValueOf((*Color)(nil)),
		"Node":     reflect.ValueOf((*Node)(nil)),
		"Tree":     reflect.ValueOf((*Tree)(nil)),
		"Base":     reflect.ValueOf((*Base)(nil)),
		"Shape":    reflect.ValueOf((*Shape)(nil)),
		"NotFound": reflect.ValueOf((*NotFound)(nil)),
		"New":      reflect.ValueOf(func(name string) *Node { return &Node{Name: name} }),
		"Total":    reflect.ValueOf(func(s ...Shape) (sum float64) { sum = s[0].Scale(2).Area(); return sum }),
		"Find":     reflect.ValueOf(func(what string) error { return fmt.Errorf("find: %w", &NotFound{what}) }),
		"Hidden":   reflect.ValueOf(func() *hidden { return &hidden{1} }),
		"Local":    reflect.ValueOf(func() local { return local{5} }),
		"Root":     reflect.ValueOf(&Node{Name: "root"}).Elem(),
		"Colors":   reflect.ValueOf(func() chan<- Color { return make(chan Color, 1) }),
	}
}

func TestTypesKnownByReflectionAreWhole(t *testing.T) {
	home, symbols := reflect.TypeFor[Node]().PkgPath(), reflectedSymbols()
	for _, path := range []string{home, "example.com/renamed"} {
		in := interp.New(&interp.Options{Extra: func(p string) map[string]reflect.Value {
			if p == path {
				return symbols
			}
			return nil
		}})
		defer in.Close()
		for source, want := range map[string]any{
			`n := p.New("a"); n.Next = &p.Node{Name: "b"}; return n.Name + n.Next.Name`:                            "ab",
			`n := p.Node{}; n.Visit(); return n.Seen()`:                                                            true,
			`f := p.New("a").Visit; return f().Seen()`:                                                             true,
			`return fmt.Sprint(p.Color(3))`:                                                                        "color 3",
			`t := p.Tree{Base: p.Base{ID: 1}}; t.SetID(t.ID + 1); t.Pair[1].Y = 7; return t.ID + int(t.Pair[1].Y)`: 9,
			`t := &p.Tree{Nodes: map[string][]*p.Node{"x": {p.New("y")}}}; return t.Nodes["x"][0].Name`:            "y",
			`t := p.Tree{Walk: func(n *p.Node) bool { return n.Tree == nil }}; return t.Walk(p.New(""))`:           true,
			`type sq struct { a float64 }
				func (s sq) Area() float64 { return s.a * s.a }
				func (s sq) Scale(by float64) p.Shape { return sq{s.a * by} }
				return p.Total(sq{3})`: 36.0,
			`var e *p.NotFound; ok := errors.As(p.Find("x"), &e); return fmt.Sprintln(ok, e.What)`: "true x\n",
			`h := p.Hidden(); h.N++; return h.Add(2)`:                                              4,
			`var s fmt.Stringer = p.Color(3); return s.String()`:                                   "color 3",
			`return p.Local().A`: 5,
			`p.Root.Name += "!"; defer func() { p.Root.Name = "root" }(); return p.Root.Name`:    "root!",
			`p.Colors() <- 2; return fmt.Sprintf("%T", p.Node{})`:                                "interp_test.Node",
			`text, err := json.Marshal(p.Node{Name: "n"}); return fmt.Sprint(string(text), err)`: `{"name":"n","Next":null,"Tree":null}<nil>`,
		} {
			job := &worker.Job{Name: "user.go", Source: fmt.Sprintf("import p %q\n", path) + source}
			if got, err := in.Run(t.Context(), job); err != nil || got != want {
				t.Errorf("%s: %s\ngot %v (%v), want %v", path, source, got, err, want)
			}
		}
		for source, want := range map[string]string{
			`n := p.Node{}; n.seen = true`:    "n.seen undefined (type interp_test.Node has no field or method seen",
			`var s p.Shape = p.Node{}; _ = s`: "missing method Area",
		} {
			job := &worker.Job{Name: "user.go", Source: fmt.Sprintf("import p %q\n", path) + source}
			_, err := in.Run(t.Context(), job)
			(&runner{t: t}).contains(fmt.Sprint(err), want)
		}
	}
}

// Two packages that import a type must mean the same one.
func TestTypeKnownByReflectionIsOneForAllPackages(t *testing.T) {
	r := newRunner(t, map[string]any{"New": func() *Node { return &Node{Name: "n"} }})
	files := tree(map[string]string{"q.go": "package q\nimport \"example.com/test\"\nvar Make = test.New"})
	if err := r.in.Import("example.com/q", files); err != nil {
		t.Fatal(err)
	}
	r.want("n", "import (\"example.com/test\"; \"example.com/q\")\nn := test.New(); n = q.Make(); return n.Name")
}
