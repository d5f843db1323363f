//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
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
func FlatMap[A, B any](o Option[A], f func(A) Option[B]) (out Option[B]) {
	for v := range o.All {
		out = f(v)
	}
	return
}

type Result[T any] struct {
	val T
	err error
}

func Ok[T any](v T) Result[T]            { return Result[T]{val: v} }
func Err[T any](err error) Result[T]     { return Result[T]{err: err} }
func Of[T any](v T, err error) Result[T] { return Result[T]{v, err} }
func Then[A, B any](r Result[A], f func(A) Result[B]) Result[B] {
	if r.err != nil {
		return Err[B](r.err)
	}
	return f(r.val)
}
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

func main() {
	fmt.Println(Some(1), None[string](), Some("x").Filter(func(s string) bool { return s == "y" }), Some([]int{1}))
	half := func(n int) Option[int] {
		if n%2 == 0 {
			return Some(n / 2)
		}
		return None[int]()
	}
	fmt.Println(FlatMap(FlatMap(Some(12), half), half), FlatMap(FlatMap(Some(6), half), half), None[int]().OrElse(func() int { return 42 }))
	parse := func(s string) Result[int] { return Of(strconv.Atoi(s)) }
	inv := func(n int) Result[float64] {
		if n == 0 {
			return Err[float64](io.ErrNoProgress)
		}
		return Ok(1 / float64(n))
	}
	for _, s := range []string{"4", "0", "x"} {
		r := Then(parse(s), inv)
		fmt.Println(r.val, r.err, r.Option(), errors.Is(r.err, strconv.ErrSyntax))
	}
	func() {
		defer func() { fmt.Println("panic:", recover()) }()
		fmt.Println(Ok("fine").Unwrap())
		Then(parse("0"), inv).Unwrap()
	}()
	for _, s := range []string{"7", "seven"} {
		classify(s).Match(func(n int) { fmt.Print("left ", n+1, " ") }, func(s string) { fmt.Println("right", s) })
	}
}
