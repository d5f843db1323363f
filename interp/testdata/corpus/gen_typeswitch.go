//go:build ignore

package main

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

type myInt int
type stringer struct{ s string }

func (s stringer) String() string { return "S:" + s.s }

func Name[T any](v T) string {
	switch x := any(v).(type) {
	case nil:
		return "nil"
	case int, int64:
		return fmt.Sprintf("integer %v", x)
	case string:
		return "string " + strings.ToUpper(x)
	case []T:
		return "slice of T"
	case map[string]T:
		return "map of T"
	case func() T:
		return "func of T"
	case fmt.Stringer:
		return "Stringer " + x.String()
	case error:
		return "error " + x.Error()
	}
	return fmt.Sprintf("%T", v)
}

// Is asks for a type given as a parameter.
func Is[T any](v any) bool { _, ok := v.(T); return ok }

func Collect[T any](vs ...any) (out []T) {
	for _, v := range vs {
		if t, ok := v.(T); ok {
			out = append(out, t)
		}
	}
	return
}

func Partition[A, B any](vs ...any) (as []A, bs []B, rest int) {
	for _, v := range vs {
		switch x := v.(type) {
		case A:
			as = append(as, x)
		case B:
			bs = append(bs, x)
		default:
			rest++
		}
	}
	return
}

func Zero[T any]() (z T)                    { return }
func IsZero[T comparable](v T) bool         { return v == Zero[T]() }
func Make[T any](n int) []T                 { return make([]T, n, n*2) }
func MakeMap[K comparable, V any]() map[K]V { return make(map[K]V) }
func MakeChan[T any](vs ...T) <-chan T {
	ch := make(chan T, len(vs))
	defer close(ch)
	for _, v := range vs {
		ch <- v
	}
	return ch
}

type Registry struct{ byType map[any][]any }

func Register[T any](r *Registry, v T) {
	var k keyOf[T]
	r.byType[k] = append(r.byType[k], v)
}

type keyOf[T any] struct{}

func Lookup[T any](r *Registry) (out []T) {
	for _, v := range r.byType[keyOf[T]{}] {
		out = append(out, v.(T))
	}
	return
}

func Cast[T any](v any) (t T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	return v.(T), nil
}

type Shape interface{ Area() float64 }
type square float64

func (s square) Area() float64 { return float64(s * s) }

func main() {
	fmt.Println(Name(1), Name("a"), Name(int64(2)), Name(myInt(3)), Name(stringer{"x"}), Name(time.Second), Name[error](nil), Name[any]("dyn"))
	fmt.Println(Name[any]([]any{1}), Name[any](map[string]any{}), Name[any](func() any { return 1 }), Name([]int{}), Name(fmt.Errorf("e")))
	fmt.Println(Is[int](1), Is[int](myInt(1)), Is[fmt.Stringer](stringer{}), Is[error](nil), Is[any](1), Is[[]int]([]int{}), Is[func()](func() {}))
	fmt.Println(Collect[int](1, "a", 2.5, 3, myInt(4)), Collect[fmt.Stringer](stringer{"q"}, 1, time.Minute), Collect[any](nil, 1, "x"), Collect[Shape](square(2), 4.0))
	fmt.Println(Partition[int, string](1, "a", 2, 'x', "b", nil))
	fmt.Println(Partition[Shape, float64](square(3), 1.5, square(4), "z"))
	fmt.Println(Zero[int](), Zero[*int]() == nil, Zero[[2]bool](), Zero[struct{ n int }](), Zero[Shape]() == nil, IsZero(0.0), IsZero("x"), IsZero(stringer{}), IsZero[any](nil))
	fmt.Println(Make[string](2), cap(Make[int](3)), len(MakeMap[string, int]()), MakeMap[[2]int, []string]()[[2]int{}] == nil)
	for v := range MakeChan("a", "b") {
		fmt.Print(v, " ")
	}
	fmt.Println()
	r := &Registry{map[any][]any{}}
	Register(r, 1)
	Register(r, "s")
	Register(r, 2)
	Register[any](r, 3)
	Register[Shape](r, square(5))
	fmt.Println(Lookup[int](r), Lookup[string](r), Lookup[any](r), Lookup[Shape](r), Lookup[square](r), len(r.byType))
	fmt.Println(Cast[int](5))
	fmt.Println(Cast[string](5))
	fmt.Println(Cast[Shape](5))
	fmt.Println(Cast[Shape](square(1)))
	vs := Collect[string]("b", "a")
	sort.Strings(vs)
	fmt.Println(vs)
}
