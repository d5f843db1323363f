//go:build ignore

package main

import (
	"fmt"
	"strings"
)

// A Node holds nodes of its own kind; a Rose tree is one of slices.
type Rose[T any] struct {
	Value    T
	Children []*Rose[T]
}

func Leaf[T any](v T) *Rose[T]                   { return &Rose[T]{Value: v} }
func Branch[T any](v T, cs ...*Rose[T]) *Rose[T] { return &Rose[T]{v, cs} }
func (r *Rose[T]) Walk(depth int, f func(int, T)) {
	f(depth, r.Value)
	for _, c := range r.Children {
		c.Walk(depth+1, f)
	}
}

func MapTree[T, U any](r *Rose[T], f func(T) U) *Rose[U] {
	out := &Rose[U]{Value: f(r.Value)}
	for _, c := range r.Children {
		out.Children = append(out.Children, MapTree(c, f))
	}
	return out
}

func Fold[T, R any](r *Rose[T], f func(T, []R) R) R {
	var rs []R
	for _, c := range r.Children {
		rs = append(rs, Fold(c, f))
	}
	return f(r.Value, rs)
}

func main() {
	tree := Branch("root", Branch("usr", Leaf("bin"), Leaf("lib")), Leaf("etc"))
	tree.Walk(0, func(d int, s string) { fmt.Print(strings.Repeat("  ", d), s, "\n") })
	lengths := MapTree(tree, func(s string) int { return len(s) })
	sum := func(n int, rs []int) int {
		for _, r := range rs {
			n += r
		}
		return n
	}
	fmt.Println(Fold(lengths, sum), Fold(tree, func(s string, rs []string) string { return s + fmt.Sprint(rs) }))
}
