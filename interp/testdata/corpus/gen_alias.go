//go:build ignore

package main

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

type Set[T comparable] = map[T]struct{}
type Seq[T any] = iter.Seq[T]
type Pair[A, B any] struct {
	A A
	B B
}
type Same[T any] = Pair[T, T]
type Named[V any] = Pair[string, V]
type Grid[T any] = [][]T
type Handler[T any] = func(T) error
type Index[V any] = map[string][]V
type Strings = []string
type Opt[T any] = *T
type Box[T any] struct{ v T }
type IntBox = Box[int]
type Less[T any] = func(a, b T) bool
type Locked[T any] = struct {
	mu sync.Mutex
	v  T
}

func (b Box[T]) Get() T               { return b.v }
func (p Pair[A, B]) Flip() Pair[B, A] { return Pair[B, A]{p.B, p.A} }

func SetOf[T comparable](vs ...T) Set[T] {
	s := Set[T]{}
	for _, v := range vs {
		s[v] = struct{}{}
	}
	return s
}

func Union[T comparable](a, b Set[T]) Set[T] {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

func Take[T any](s Seq[T], n int) Seq[T] {
	return func(yield func(T) bool) {
		for v := range s {
			if n--; n < 0 || !yield(v) {
				return
			}
		}
	}
}

func naturals(yield func(int) bool) {
	for i := 0; yield(i); i++ {
	}
}

func sortBy[T any](s []T, less Less[T]) {
	slices.SortFunc(s, func(a, b T) int {
		switch {
		case less(a, b):
			return -1
		case less(b, a):
			return 1
		}
		return 0
	})
}

func each[T any](vs []T, h Handler[T]) (n int) {
	for _, v := range vs {
		if h(v) == nil {
			n++
		}
	}
	return
}

func transpose[T any](g Grid[T]) (out Grid[T]) {
	for j := range g[0] {
		var row []T
		for i := range g {
			row = append(row, g[i][j])
		}
		out = append(out, row)
	}
	return
}

func main() {
	s := Union(SetOf("a", "b"), SetOf("b", "c"))
	fmt.Println(slices.Sorted(maps.Keys(s)), len(s))
	var m map[string]struct{} = s // the same type
	delete(m, "a")
	fmt.Println(len(s))
	fmt.Printf("%T %T %T %T\n", s, Same[int]{}, Named[bool]{}, IntBox{})

	fmt.Println(slices.Collect(Take(naturals, 5)), slices.Collect(Take(slices.Values(Strings{"x", "y"}), 9)))
	p := Same[int]{1, 2}
	var q Pair[int, int] = p.Flip()
	n := Named[float64]{"pi", 3.14}
	fmt.Println(q, n.Flip(), Named[[]int]{A: "list", B: []int{1}}, p == q.Flip())
	words := strings.Fields("pear fig banana kiwi")
	sortBy(words, func(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b })
	fmt.Println(words, each(words, func(w string) error {
		if len(w) > 4 {
			return fmt.Errorf("%s is long", w)
		}
		return nil
	}))
	fmt.Println(transpose(Grid[int]{{1, 2, 3}, {4, 5, 6}}), transpose([][]string{{"a"}, {"b"}}))
	ix := Index[int]{}
	for i, w := range words {
		ix[w[:1]] = append(ix[w[:1]], i)
	}
	fmt.Println(ix, IntBox{42}.Get(), Box[Strings]{words[:1]}.Get())
	var o Opt[int]
	fmt.Println(o == nil)
	o = new(5)
	*o++
	var l Locked[string]
	l.mu.Lock()
	l.v = "locked"
	l.mu.Unlock()
	fmt.Println(*o, l.v, cmp.Compare(*o, 6))
	type local = Pair[string, []string]
	fmt.Println(local{"x", []string{"y"}}, Set[int]{1: {}})
}
