//go:build ignore

package main

import (
	"errors"
	"fmt"
)

type point struct{ X, Y int }
type named struct {
	point
	Name string
	_    int
	tags [2]string
}
type wire struct {
	X int `json:"x"`
	Y int `json:"y"`
}
type boxed struct{ v any }
type node struct {
	val  int
	next *node
}
type empty struct{}

func try(f func() bool) (s string) {
	defer func() {
		if r := recover(); r != nil {
			s = fmt.Sprint("panic: ", r)
		}
	}()
	return fmt.Sprint(f())
}

func main() {
	a, b := point{1, 2}, point{X: 1, Y: 2}
	p, q := &a, &b
	fmt.Println(a == b, p == q, *p == *q, a == point{2, 1}, p == &a)

	x := named{point: a, Name: "n", tags: [2]string{"t"}}
	y := named{a, "n", 5, [2]string{"t", ""}} // a blank field does not count
	fmt.Println(x == y, x != y, x.X, y.point == b)
	y.tags[1] = "u"
	fmt.Println(x == y)

	// Tags do not matter for conversions; identical structs assign freely.
	w := wire(a)
	back := point(w)
	var anon struct{ X, Y int } = a
	fmt.Println(w, back == a, anon == a, (*point)(&w).X, a == anon)
	anon.X = 9
	a = anon
	fmt.Println(a, b)

	fmt.Println(boxed{1} == boxed{1}, boxed{1} == boxed{1.0}, boxed{nil} == boxed{}, boxed{a} == boxed{point{9, 2}}, boxed{p} == boxed{q})
	fmt.Println(try(func() bool { return boxed{[]int{1}} == boxed{[]int{1}} }))
	fmt.Println(try(func() bool { return boxed{[]int{1}} == boxed{"other type"} }))
	fmt.Println(try(func() bool { return boxed{boxed{map[int]int{}}} == boxed{boxed{map[int]int{}}} }))
	fmt.Println(try(func() bool {
		f := any(func() {})
		return f == f
	}))

	n := &node{1, &node{2, nil}}
	m := node{1, n.next}
	fmt.Println(*n == m, *n.next == node{val: 2}, n.next.next == nil)
	n.next = n
	fmt.Println(n.next.next.next.val, *n == *n.next)

	e1, e2 := errors.New("same"), errors.New("same")
	fmt.Println(e1 == e2, e1 == e1, empty{} == empty{}, [2]empty{} == [2]empty{})
	type local struct{ a, b string }
	var l1, l2 local
	l1.a, l2.b = "ab", "ab"
	fmt.Println(l1 == l2, any(l1) == any(local{"ab", ""}), any(l1) == any(struct{ a, b string }{"ab", ""}))
	switch (point{1, 2}) {
	case point{2, 1}, anon:
		fmt.Println("no")
	case b:
		fmt.Println("case b")
	}
	if (a == point{9, 2}) && [1]point{b} == [...]point{{1, 2}} {
		fmt.Println("literals in conditions")
	}
}
