//go:build ignore

package main

import (
	"fmt"
	"strings"
)

var trace []string

// Variables are initialised in the order of their dependencies, and among those
// that are ready in the order of declaration.
var (
	a      = b + c
	b      = step("b", d*2)
	c      = step("c", 1)
	d      = step("d", 5)
	e, f   = both()
	_      = step("blank", 0)
	g      = h()
	k      = t.method()
	t      = typ{step("t", 3)}
	z      = func() int { return late + step("z", 0) }()
	late   = step("late", 7)
	m      = table["x"] + len(table)
	table  = map[string]int{"x": step("table", 9)}
	unused int
	p      = &q
	q      = step("q", step("inner", 1))
	r      = indirect
	s      = r(1)
)

type typ struct{ n int }

func (t typ) method() int { return step("method", hidden) + t.n }

var hidden = step("hidden", 4)

func h() int { return step("h", i) }

var i = step("i", j)
var j = step("j", 1)

func indirect(n int) int { return n + later }

var later = step("later", 100)

func step(name string, v int) int {
	trace = append(trace, name)
	return v
}

func both() (int, string) {
	step("both", 0)
	return 1, "two"
}

func init() {
	trace = append(trace, fmt.Sprint("init1 a=", a))
	unused = 1
}

var afterInit = step("afterInit", unused)

func init() {
	trace = append(trace, fmt.Sprint("init2 unused=", unused, " afterInit=", afterInit))
}

func init() {
	func() {
		defer func() { trace = append(trace, fmt.Sprint("init3 ", recover())) }()
		panic("in init")
	}()
}

func main() {
	for len(trace) > 0 {
		n := min(8, len(trace))
		fmt.Println(strings.Join(trace[:n], ", "))
		trace = trace[n:]
	}
	fmt.Println(a, b, c, d, e, f, g, k, z, m, *p, s)
}
