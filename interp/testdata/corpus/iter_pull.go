//go:build ignore

package main

import (
	"fmt"
	"iter"
	"slices"
	"strings"
)

type tree struct {
	left, right *tree
	val         int
}

func (t *tree) all(yield func(int) bool) bool {
	return t == nil || t.left.all(yield) && yield(t.val) && t.right.all(yield)
}
func (t *tree) seq() iter.Seq[int] { return func(yield func(int) bool) { t.all(yield) } }

func build(vs ...int) (t *tree) {
	for _, v := range vs {
		at := &t
		for *at != nil {
			if v < (*at).val {
				at = &(*at).left
			} else {
				at = &(*at).right
			}
		}
		*at = &tree{val: v}
	}
	return
}

// same compares two trees of any form in step.
func same(a, b *tree) bool {
	nextA, stopA := iter.Pull(a.seq())
	defer stopA()
	nextB, stopB := iter.Pull(b.seq())
	defer stopB()
	for {
		x, ok1 := nextA()
		y, ok2 := nextB()
		if x != y || ok1 != ok2 {
			return false
		}
		if !ok1 {
			return true
		}
	}
}

func noisy(name string, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer fmt.Print(name, " cleaned; ")
		for i := range n {
			if !yield(i) {
				fmt.Print(name, " stopped at ", i, "; ")
				return
			}
		}
		fmt.Print(name, " ran out; ")
	}
}

type lexer struct {
	next func() (string, bool)
	peek *string
}

func (l *lexer) token() string {
	if l.peek != nil {
		t := *l.peek
		l.peek = nil
		return t
	}
	t, _ := l.next()
	return t
}
func (l *lexer) back(t string) { l.peek = &t }
func (l *lexer) expr() string {
	left := l.token()
	if left == "(" {
		left = l.expr()
		l.token()
	}
	switch op := l.token(); op {
	case "", ")":
		l.back(op)
		return left
	default:
		return "[" + left + op + l.expr() + "]"
	}
}

func main() {
	t1, t2 := build(5, 2, 8, 1), build(1, 2, 5, 8)
	fmt.Println(same(t1, t2), same(t1, build(1, 2, 5)), same(nil, nil), slices.Collect(t1.seq()))

	next, stop := iter.Pull(noisy("a", 5))
	fmt.Print(next())
	fmt.Print(" ")
	fmt.Print(next())
	fmt.Print("; ")
	stop()
	stop()
	fmt.Println(next())

	next, stop = iter.Pull(noisy("b", 2))
	for v, ok := next(); ok; v, ok = next() {
		fmt.Print(v, " ")
	}
	fmt.Println(next())
	stop()

	_, stop = iter.Pull(noisy("never started", 3))
	stop()

	pairs := func(yield func(string, int) bool) {
		for i, w := range strings.Fields("zero one two") {
			if !yield(w, i) {
				return
			}
		}
	}
	next2, stop2 := iter.Pull2(iter.Seq2[string, int](pairs))
	defer stop2()
	k, v, ok := next2()
	fmt.Print(k, v, ok, " ")
	k, v, ok = next2()
	fmt.Println(k, v, ok)

	n, s := iter.Pull(strings.FieldsSeq("( a + b ) * ( c - d )"))
	l := &lexer{next: n}
	fmt.Println(l.expr())
	s()

	// A panic in the sequence comes out of next.
	next, stop = iter.Pull(func(yield func(int) bool) {
		yield(1)
		panic("in the sequence")
	})
	next()
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		next()
	}()
	v2, ok2 := next()
	fmt.Println(v2, ok2)
	stop()
}
