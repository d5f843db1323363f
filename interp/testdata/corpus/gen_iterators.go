//go:build ignore

package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
)

func Map[T, U any](seq iter.Seq[T], f func(T) U) iter.Seq[U] {
	return func(yield func(U) bool) {
		for v := range seq {
			if !yield(f(v)) {
				return
			}
		}
	}
}
func Filter[T any](seq iter.Seq[T], keep func(T) bool) iter.Seq[T] {
	return func(yield func(T) bool) {
		seq(func(v T) bool { return !keep(v) || yield(v) })
	}
}
func Take[T any](seq iter.Seq[T], n int) iter.Seq[T] {
	return func(yield func(T) bool) {
		if n <= 0 {
			return
		}
		left := n
		for v := range seq {
			if !yield(v) {
				return
			}
			if left--; left == 0 {
				return
			}
		}
	}
}
func Zip[A, B any](a iter.Seq[A], b iter.Seq[B]) iter.Seq2[A, B] {
	return func(yield func(A, B) bool) {
		next, stop := iter.Pull(b)
		defer stop()
		for x := range a {
			y, ok := next()
			if !ok || !yield(x, y) {
				return
			}
		}
	}
}
func Chain[T any](seqs ...iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, s := range seqs {
			for v := range s {
				if !yield(v) {
					return
				}
			}
		}
	}
}
func Scan[T, A any](seq iter.Seq[T], acc A, f func(A, T) A) iter.Seq[A] {
	return func(yield func(A) bool) {
		acc := acc
		for v := range seq {
			acc = f(acc, v)
			if !yield(acc) {
				return
			}
		}
	}
}
func Generate[T any](state T, next func(T) T) iter.Seq[T] {
	return func(yield func(T) bool) {
		for v := state; yield(v); v = next(v) {
		}
	}
}
func Window[T any](seq iter.Seq[T], n int) iter.Seq[[]T] {
	return func(yield func([]T) bool) {
		var w []T
		for v := range seq {
			if w = append(w, v); len(w) == n {
				if !yield(slices.Clone(w)) {
					return
				}
				w = w[1:]
			}
		}
	}
}
func Distinct[T comparable](seq iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		seen := map[T]bool{}
		for v := range seq {
			if !seen[v] {
				seen[v] = true
				if !yield(v) {
					return
				}
			}
		}
	}
}
func Merge[T cmp.Ordered](a, b iter.Seq[T]) iter.Seq[T] {
	return func(yield func(T) bool) {
		nextA, stopA := iter.Pull(a)
		defer stopA()
		nextB, stopB := iter.Pull(b)
		defer stopB()
		x, okA := nextA()
		y, okB := nextB()
		for okA || okB {
			if okA && (!okB || x <= y) {
				if !yield(x) {
					return
				}
				x, okA = nextA()
			} else {
				if !yield(y) {
					return
				}
				y, okB = nextB()
			}
		}
	}
}
func show[T any](seq iter.Seq[T]) string { return fmt.Sprint(slices.Collect(seq)) }

func main() {
	nat := Generate(1, func(n int) int { return n + 1 })
	odd := Filter(nat, func(n int) bool { return n%2 == 1 })
	squares := Map(odd, func(n int) int { return n * n })
	fmt.Println(show(Take(squares, 5)), show(Take(squares, 2)), show(Take(squares, 0)))
	fib := Map(Generate([2]int{0, 1}, func(p [2]int) [2]int { return [2]int{p[1], p[0] + p[1]} }), func(p [2]int) int { return p[0] })
	fmt.Println(show(Take(fib, 12)), show(Take(Window(fib, 3), 3)))
	fmt.Println(show(Take(Scan(nat, "", func(s string, n int) string { return s + fmt.Sprint(n) }), 4)))
	for i, w := range Zip(nat, strings.FieldsSeq("a few words")) {
		fmt.Print(i, w, " ")
	}
	fmt.Println(show(Distinct(Chain(slices.Values([]string{"x", "y"}), slices.Values([]string{"y", "z"})))))
	fmt.Println(show(Take(Merge(squares, fib), 15)))
	calls := 0
	lazy := Map(slices.Values([]int{1, 2, 3, 4}), func(n int) int { calls++; return n })
	for v := range lazy {
		if v == 2 {
			break
		}
	}
	fmt.Println(calls)
	m := maps.Collect(Zip(strings.SplitSeq("a,b,c", ","), nat))
	fmt.Println(m, slices.Sorted(maps.Keys(m)), slices.Collect(slices.Values(slices.Sorted(maps.Values(m)))))
	primes := func(yield func(int) bool) {
		var found []int
		for n := range nat {
			if n > 1 && !slices.ContainsFunc(found, func(p int) bool { return n%p == 0 }) {
				if found = append(found, n); !yield(n) {
					return
				}
			}
		}
	}
	fmt.Println(show(Take(primes, 10)))
}
