//go:build ignore

package main

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"strings"
)

var errEmpty = errors.New("empty")

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(vs ...T) *Stack[T] { s.items = append(s.items, vs...); return s }
func (s *Stack[T]) Pop() (v T, err error) {
	if len(s.items) == 0 {
		return v, errEmpty
	}
	last := len(s.items) - 1
	v, s.items = s.items[last], s.items[:last]
	return v, nil
}

type node[K cmp.Ordered, V any] struct {
	key         K
	val         V
	left, right *node[K, V]
}

type Tree[K cmp.Ordered, V any] struct {
	root *node[K, V]
	size int
}

func (t *Tree[K, V]) find(key K) **node[K, V] {
	at := &t.root
	for *at != nil && (*at).key != key {
		if key < (*at).key {
			at = &(*at).left
		} else {
			at = &(*at).right
		}
	}
	return at
}
func (t *Tree[K, V]) Put(key K, val V) (old V, had bool) {
	at := t.find(key)
	if *at != nil {
		old, (*at).val = (*at).val, val
		return old, true
	}
	*at = &node[K, V]{key: key, val: val}
	t.size++
	return
}
func (t *Tree[K, V]) Get(key K) (v V, ok bool) {
	if n := *t.find(key); n != nil {
		return n.val, true
	}
	return
}
func (n *node[K, V]) walk(yield func(K, V) bool) bool {
	return n == nil || n.left.walk(yield) && yield(n.key, n.val) && n.right.walk(yield)
}
func (t *Tree[K, V]) All() iter.Seq2[K, V] { return func(yield func(K, V) bool) { t.root.walk(yield) } }

type Pair[A, B any] struct {
	First  A
	Second B
}

func MakePair[A, B any](a A, b B) Pair[A, B] { return Pair[A, B]{a, b} }
func (p Pair[A, B]) Swap() Pair[B, A]        { return Pair[B, A]{p.Second, p.First} }
func (p Pair[A, B]) String() string          { return fmt.Sprintf("<%v %v>", p.First, p.Second) }

type Matrix[T ~int | ~float64] [][]T

func (m Matrix[T]) Mul(o Matrix[T]) Matrix[T] {
	out := make(Matrix[T], len(m))
	for i := range m {
		out[i] = make([]T, len(o[0]))
		for j := range o[0] {
			for k := range o {
				out[i][j] += m[i][k] * o[k][j]
			}
		}
	}
	return out
}

type Func[A, R any] func(A) R

func (f Func[A, R]) Map(s []A) (out []R) {
	for _, v := range s {
		out = append(out, f(v))
	}
	return
}

type Chan[T any] chan T

func (c Chan[T]) SendAll(vs ...T) Chan[T] {
	for _, v := range vs {
		c <- v
	}
	close(c)
	return c
}

func main() {
	var s Stack[string]
	s.Push("a", "b").Push("c")
	for range 4 {
		v, err := s.Pop()
		fmt.Printf("%q %v ", v, err)
	}
	fmt.Println(len(s.items))
	t := &Tree[string, []int]{}
	for i, w := range strings.Fields("one two three two one four") {
		v, _ := t.Get(w)
		_, had := t.Put(w, append(v, i))
		fmt.Print(had, " ")
	}
	fmt.Println(t.size)
	for k, v := range t.All() {
		if k == "two" {
			break
		}
		fmt.Print(k, v, " ")
	}
	v, ok := t.Get("none")
	fmt.Println(v == nil, ok)

	p := MakePair("x", 1.5)
	fmt.Println(p, p.Swap(), p.Swap().Swap() == p, MakePair(MakePair(1, 'a'), []Pair[int, bool]{{1, true}}))
	fmt.Printf("%T %T %v %T\n", p, p.Swap(), MakePair[any, error](nil, errEmpty), t)
	m := map[Pair[string, int]]string{{"a", 1}: "found"}
	fmt.Println(m[MakePair("a", 1)], Matrix[int]{{1, 1}, {1, 0}}.Mul(Matrix[int]{{1, 1}, {1, 0}}), Matrix[float64]{{.5}}.Mul(Matrix[float64]{{4}}))
	fmt.Println(Func[string, int](func(s string) int { return len(s) }).Map([]string{"a", "bb"}), Func[int, string].Map(func(n int) string { return fmt.Sprint(n * n) }, []int{2, 3}))
	for v := range make(Chan[rune], 3).SendAll('x', 'y') {
		fmt.Print(string(v))
	}
}
