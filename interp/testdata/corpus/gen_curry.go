//go:build ignore

package main

import (
	"fmt"

	"strconv"
)

type Option[T any] struct{ ptr *T }

func Some[T any](v T) Option[T] { return Option[T]{&v} }
func None[T any]() Option[T]    { return Option[T]{} }

func (o Option[T]) IsSome() bool { return o.ptr != nil }
func (o Option[T]) OrElse(f func() T) T {
	if o.ptr == nil {
		return f()
	}
	return *o.ptr
}
func (o Option[T]) Filter(keep func(T) bool) Option[T] {
	if o.ptr != nil && keep(*o.ptr) {
		return o
	}
	return None[T]()
}
func (o Option[T]) String() string {
	if o.ptr == nil {
		return "None"
	}
	return fmt.Sprintf("Some(%v)", *o.ptr)
}
func (o Option[T]) All(yield func(T) bool) {
	if o.ptr != nil {
		yield(*o.ptr)
	}
}

type Result[T any] struct {
	val T
	err error
}

func Ok[T any](v T) Result[T] { return Result[T]{val: v} }

func (r Result[T]) Unwrap() T {
	if r.err != nil {
		panic(r.err)
	}
	return r.val
}
func (r Result[T]) Option() Option[T] {
	if r.err != nil {
		return None[T]()
	}
	return Some(r.val)
}

type Either[L, R any] interface {
	Match(left func(L), right func(R))
}
type left[L, R any] struct{ v L }
type right[L, R any] struct{ v R }

func (l left[L, R]) Match(f func(L), _ func(R))  { f(l.v) }
func (r right[L, R]) Match(_ func(L), f func(R)) { f(r.v) }

func classify(s string) Either[int, string] {
	if n, err := strconv.Atoi(s); err == nil {
		return left[int, string]{n}
	}
	return right[int, string]{s}
}

func Curry[A, B, C any](f func(A, B) C) func(A) func(B) C {
	return func(a A) func(B) C { return func(b B) C { return f(a, b) } }
}
func Uncurry[A, B, C any](f func(A) func(B) C) func(A, B) C {
	return func(a A, b B) C { return f(a)(b) }
}

type Lazy[T any] func() T

func Memo[T any](f func() T) Lazy[T] {
	var val *T
	return func() T {
		if val == nil {
			v := f()
			val = &v
		}
		return *val
	}
}

type State[S, A any] func(S) (A, S)

func Bind[S, A, B any](m State[S, A], f func(A) State[S, B]) State[S, B] {
	return func(s S) (B, S) {
		a, s := m(s)
		return f(a)(s)
	}
}
func fresh(n int) (string, int) { return fmt.Sprint("v", n), n + 1 }

func main() {
	add := Curry(func(a int, b string) string { return fmt.Sprint(a, b) })
	fmt.Println(add(1)("x"), Uncurry(add)(2, "y"))
	n := 0
	lazy := Memo(func() int { n++; return n * 10 })
	fmt.Println(lazy(), lazy(), n)
	three := Bind(State[int, string](fresh), func(a string) State[int, string] {
		return Bind(fresh, func(b string) State[int, string] {
			return func(s int) (string, int) { return a + b, s * 100 }
		})
	})
	fmt.Println(three(5))
	fmt.Printf("%T %T %T\n", classify("1"), Some(Ok(1.5)), lazy)
}
