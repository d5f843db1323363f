package interp_test

import (
	"reflect"
	"testing"
)

// A keeper is compiled code that holds on to what programs hand to it.
type keeper struct{ kept []any }

func (k *keeper) symbols() map[string]any {
	return map[string]any{
		"Keep":  func(f func() string) { k.kept = append(k.kept, f) },
		"Value": func(v any) { k.kept = append(k.kept, v) },
	}
}

func (k *keeper) call(t *testing.T, i int, want string) {
	t.Helper()
	if got := k.kept[i].(func() string)(); got != want {
		t.Errorf("what exec %d left behind gave %q, want %q", i, got, want)
	}
}

func TestCallbackThatIsLeftBehindKeepsItsVariables(t *testing.T) {
	for name, source := range map[string]string{
		"func": `
var n int
func main() { n = 10; test.Keep(func() string { n++; return fmt.Sprint(n) }) }`,
		"method value": `
type T struct{}
var n int
func (T) Next() string { n++; return fmt.Sprint(n) }
func main() { n = 10; test.Keep(T{}.Next) }`,
		"method that compiled code calls": `
type T struct{}
var n int
func (T) String() string { n++; return fmt.Sprint(n) }
func main() { n = 10; test.Keep(func() string { return fmt.Sprint(T{}) }) }`,
		"goroutine of the callback": `
type T struct{}
var n int
func (T) String() string { n++; return fmt.Sprint(n) }
func main() {
	n = 10
	test.Keep(func() string {
		c := make(chan string)
		go func() { c <- fmt.Sprint(T{}) }()
		return <-c
	})
}`,
		"callback of the callback": `
var n int
func main() {
	n = 10
	test.Keep(func() (text string) {
		strings.Map(func(r rune) rune { n++; text = fmt.Sprint(n); return r }, "x")
		return
	})
}`,
	} {
		t.Run(name, func(t *testing.T) {
			k := &keeper{}
			r := newRunner(t, k.symbols())
			for range 3 {
				r.want(nil, `package main; import ("fmt"; "strings"; "example.com/test"); var _ = fmt.Sprint; var _ = strings.Map`+source)
			}
			for round := range 2 {
				want := []string{"11", "12"}[round]
				for i := range 3 {
					k.call(t, i, want)
				}
			}
		})
	}
}

func TestCallbackThatIsLeftBehindPrintsToItsOwnOutput(t *testing.T) {
	k := &keeper{}
	first := newRunner(t, k.symbols())
	second := &runner{t: t, in: first.in, ch: first.ch}
	const source = `import "example.com/test"
		test.Keep(func() string { fmt.Print("late"); return fmt.Sprint(args...) })`
	first.want(nil, source, "one")
	second.want(nil, source, "two")
	k.call(t, 0, "one")
	first.wantOutput("late", "")
	second.wantOutput("", "")
	k.call(t, 1, "two")
	first.wantOutput("", "")
	second.wantOutput("late", "")
}

// A source that is compiled anew has types of its own, which stay for ever.
func TestSourceThatLeavesACallbackIsCompiledOnce(t *testing.T) {
	k := &keeper{}
	r := newRunner(t, k.symbols())
	const source = `import "example.com/test"
		type T int
		test.Value(T(1))
		test.Keep(func() string { return "" })`
	r.want(nil, source)
	r.want(nil, source)
	if a, b := reflect.TypeOf(k.kept[0]), reflect.TypeOf(k.kept[2]); a != b {
		t.Errorf("two types: %p and %p", a, b)
	}
}
