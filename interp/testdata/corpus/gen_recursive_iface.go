//go:build ignore

package main

import (
	"fmt"
	"strings"
)

// Ordered constraints speak of the type itself.
type Lesser[T any] interface{ Less(T) bool }

func Insert[T Lesser[T]](l *List[T], v T) *List[T] {
	if l == nil || v.Less(l.Head) {
		return &List[T]{v, l}
	}
	l.Tail = Insert(l.Tail, v)
	return l
}

type List[T any] struct {
	Head T
	Tail *List[T]
}

func (l *List[T]) Slice() (out []T) {
	for ; l != nil; l = l.Tail {
		out = append(out, l.Head)
	}
	return
}

func (l *List[T]) Reverse() (out *List[T]) {
	for ; l != nil; l = l.Tail {
		out = &List[T]{l.Head, out}
	}
	return
}

type word string

func (w word) Less(o word) bool { return len(w) < len(o) }

type Expr[T any] interface{ Eval(env map[string]T) T }
type Lit[T any] struct{ V T }
type Var[T any] string
type Bin[T any] struct {
	L, R Expr[T]
	Op   func(a, b T) T
}

func (l Lit[T]) Eval(map[string]T) T   { return l.V }
func (v Var[T]) Eval(e map[string]T) T { return e[string(v)] }
func (b Bin[T]) Eval(e map[string]T) T { return b.Op(b.L.Eval(e), b.R.Eval(e)) }

// A Trie is a map of itself.
type Trie[K comparable] map[K]Trie[K]

func (t Trie[K]) Add(path ...K) Trie[K] {
	if len(path) > 0 {
		if t[path[0]] == nil {
			t[path[0]] = Trie[K]{}
		}
		t[path[0]].Add(path[1:]...)
	}
	return t
}
func (t Trie[K]) Count() int {
	n := 1
	for _, c := range t {
		n += c.Count()
	}
	return n
}

// Adder's constraint is written with Adder itself.
type Adder[A Adder[A]] interface{ Add(A) A }
type money int
type vec [2]int

func (m money) Add(o money) money { return m + o }
func (v vec) Add(o vec) vec       { return vec{v[0] + o[0], v[1] + o[1]} }
func Total[A Adder[A]](first A, rest ...A) A {
	for _, v := range rest {
		first = first.Add(v)
	}
	return first
}

func main() {
	var l *List[word]
	for _, w := range strings.Fields("ccc a dddd bb e") {
		l = Insert(l, word(w))
	}
	fmt.Println(l.Slice(), l.Reverse().Slice(), (*List[int])(nil).Slice() == nil)
	add := func(a, b float64) float64 { return a + b }
	e := Bin[float64]{Lit[float64]{1.5}, Bin[float64]{Var[float64]("x"), Var[float64]("y"), func(a, b float64) float64 { return a * b }}, add}
	fmt.Println(e.Eval(map[string]float64{"x": 2, "y": 4}))
	concat := Bin[string]{Var[string]("a"), Lit[string]{"!"}, func(a, b string) string { return a + b }}
	fmt.Println(concat.Eval(map[string]string{"a": "hey"}))
	tr := Trie[rune]{}.Add([]rune("go")...).Add([]rune("gopher")...).Add('g', 'i')
	fmt.Println(tr.Count(), len(tr['g']), Trie[int]{}.Add(1, 2).Add(1, 3))
	fmt.Println(Total[money](1, 2, 3), Total(vec{1, 2}, vec{10, 20}))
	fmt.Printf("%T %T %T\n", l, tr, e)
}
