//go:build ignore

package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"
)

type List[T any] []T
type Num interface{ ~int | ~float64 }
type money float64
type Fn[A, B any] func(A) B
type Tree[T any] struct {
	l, r *Tree[T]
	v    T
}

func id[T any](v T) T                    { return v }
func apply[A, B any](f func(A) B, a A) B { return f(a) }
func mapTo[S ~[]E, E, R any](s S, f func(E) R) List[R] {
	out := make(List[R], len(s))
	for i, v := range s {
		out[i] = f(v)
	}
	return out
}
func scale[S ~[]E, E Num](s S, by E) S {
	out := make(S, len(s))
	for i, v := range s {
		out[i] = v * by
	}
	return out
}
func add[T Num](a, b T) T { return a + b }
func fold[T, A any](s []T, a A, f func(A, T) A) A {
	for _, v := range s {
		a = f(a, v)
	}
	return a
}
func keys[M ~map[K]V, K comparable, V any](m M) int       { return len(m) }
func first[T any, A interface{ ~[2]T }](a A) T            { return a[0] }
func deref[P ~*T, T any](p P) T                           { return *p }
func recv[C ~chan T | ~<-chan T, T any](c C) T            { return <-c }
func convert[To, From any](f From, conv func(From) To) To { return conv(f) }
func pair[K comparable, V any](k K, v V) map[K]V          { return map[K]V{k: v} }
func insert[T any](t *Tree[T], v T, less func(a, b T) bool) *Tree[T] {
	switch {
	case t == nil:
		return &Tree[T]{v: v}
	case less(v, t.v):
		t.l = insert(t.l, v, less)
	default:
		t.r = insert(t.r, v, less)
	}
	return t
}
func (t *Tree[T]) each(f func(T)) {
	if t != nil {
		t.l.each(f)
		f(t.v)
		t.r.each(f)
	}
}
func copyAll[W io.Writer, R io.Reader](w W, rs ...R) (n int64) {
	for _, r := range rs {
		m, _ := io.Copy(w, r)
		n += m
	}
	return
}
func compose[A, B, C any](f Fn[A, B], g Fn[B, C]) Fn[A, C] { return func(a A) C { return g(f(a)) } }
func zero[T any]() (z T)                                   { return }

func main() {
	// From the arguments, from what is assigned to, from other functions.
	fmt.Println(id(1), id("s"), id[any](nil), id[float64](2), apply(strconv.Itoa, 5), apply(id[string], "x"))
	var f func(int) int = id
	var g Fn[string, int] = func(s string) int { return len(s) }
	fmt.Println(f(3), g("four"), apply(g, "ab"), apply(func(r rune) string { return string(r) + "!" }, 'z'))
	fmt.Printf("%T %T %T %T\n", mapTo(List[int]{1}, strconv.Itoa), scale(List[money]{1.5}, 2), add(1, 2.5), add[money](1, 2))
	fmt.Println(mapTo([]string{"a", "bc"}, func(s string) int { return len(s) }), scale([]int{1, 2}, 3), scale(List[money]{2}, 1.5))
	fmt.Println(fold([]int{1, 2, 3}, 0.5, func(a float64, n int) float64 { return a * float64(n) }), fold(List[string]{"a", "b"}, 0, func(n int, s string) int { return n + len(s) }))
	fmt.Println(fold([]int{1, 2, 3}, 10, add), slices.IndexFunc([]string{"a", ""}, func(s string) bool { return s == zero[string]() }))
	type dict map[string]bool
	fmt.Println(keys(dict{"a": true}), first([2]string{"x", "y"}), deref(&[]int{7}), keys(map[int]int{}))
	ch := make(chan rune, 2)
	ch <- 'q'
	ch <- 'r'
	fmt.Println(string(recv(ch)), string(recv((<-chan rune)(ch))), convert("12", func(s string) error { return fmt.Errorf("e%s", s) }))
	fmt.Println(convert[float64](3, func(n int) float64 { return float64(n) / 2 }), pair("k", 1), pair[any](1, "v"), pair(struct{ a int }{1}, nil2()))

	var t *Tree[string]
	for _, w := range strings.Fields("d b a c") {
		t = insert(t, w, func(a, b string) bool { return a < b })
	}
	t.each(func(s string) { fmt.Print(s, " ") })
	var sb strings.Builder
	n := copyAll(&sb, strings.NewReader("one "), strings.NewReader("two"))
	fmt.Println(n, sb.String(), copyAll[io.Writer, io.Reader](io.Discard))
	h := compose(g, func(n int) bool { return n > 3 })
	fmt.Println(h("abc"), h("abcd"), compose(strings.ToUpper, strings.TrimSpace)(" q "))
	fs := []func(int, int) int{add[int], func(a, b int) int { return a - b }}
	for _, f := range fs {
		fmt.Print(f(5, 2), " ")
	}
	table := map[string]func(float64, float64) float64{"add": add[float64], "max": func(a, b float64) float64 { return max(a, b) }}
	names := slices.Collect(maps.Keys(table))
	sort.Strings(names)
	for _, name := range names {
		fmt.Print(name, "=", table[name](1, 2.5), " ")
	}
	sorted := slices.SortedFunc(maps.Keys(map[money]int{2: 1, 1: 1}), func(a, b money) int { return int(b - a) })
	fmt.Println(sorted, ret()(4))
}

func nil2() error        { return nil }
func ret() func(int) int { return id }
