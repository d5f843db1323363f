//go:build ignore

package main

import (
	"fmt"
	"io"
	"strings"
)

type counter int

func (c *counter) inc() counter { *c++; return *c }
func (c counter) get() int      { return int(c) }
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

type incer interface{ inc() counter }
type getter interface{ get() int }

type wrap struct{ counter }
type wrapPtr struct{ *counter }

type list[T any] struct{ items []T }

func (l *list[T]) add(v T) *list[T] { l.items = append(l.items, v); return l }
func (l list[T]) len() int          { return len(l.items) }

type text string

func (t text) lines() []string   { return strings.Split(string(t), "\n") }
func (t *text) addLine(s string) { *t += text("\n" + s) }

type predicate func(int) bool

func (p predicate) and(q predicate) predicate { return func(n int) bool { return p(n) && q(n) } }
func (p predicate) not() predicate            { return func(n int) bool { return !p(n) } }
func (p predicate) filter(ns ...int) (out []int) {
	for _, n := range ns {
		if p(n) {
			out = append(out, n)
		}
	}
	return
}

type queue chan string

func (q queue) drain() (out []string) {
	close(q)
	for s := range q {
		out = append(out, s)
	}
	return
}

type tree map[string]tree

func (t tree) add(path ...string) {
	if len(path) > 0 {
		if t[path[0]] == nil {
			t[path[0]] = tree{}
		}
		t[path[0]].add(path[1:]...)
	}
}

type bits [2]bool

func (b *bits) flip(i int) { b[i] = !b[i] }

func main() {
	var c counter
	c.inc() // the address is taken where it can be
	(&c).inc()
	fmt.Println(c, c.get(), (&c).get())
	slice := []counter{5}
	slice[0].inc()
	st := struct{ n counter }{}
	st.n.inc()
	arr := &[2]counter{}
	arr[1].inc()
	ptrs := map[string]*counter{"x": &c}
	ptrs["x"].inc()
	fmt.Println(slice, st, *arr, c)

	has := func(v any) string {
		_, g := v.(getter)
		_, i := v.(incer)
		_, w := v.(io.Writer)
		return fmt.Sprint(g, i, w, " ")
	}
	fmt.Println(has(c), has(&c), has(wrap{}), has(&wrap{}), has(wrapPtr{&c}), has(&wrapPtr{&c}))
	w := wrap{}
	w.inc()
	wp := wrapPtr{&c}
	wp.inc()
	fmt.Fprintf(&w, "%s", "seven..")
	fmt.Fprint(wp, "ab")
	fmt.Println(w, c, wp.get())

	var l list[string]
	l.add("a").add("b")
	fmt.Println(l, l.len(), (&l).len(), new(list[int]).add(1).add(2).items)

	t := text("one")
	t.addLine("two")
	fmt.Printf("%q %d\n", t.lines(), len(t))
	even := predicate(func(n int) bool { return n%2 == 0 })
	big := predicate(func(n int) bool { return n > 10 })
	fmt.Println(even.filter(1, 2, 12), even.and(big).filter(1, 2, 12, 13), even.not().and(big.not()).filter(1, 2, 13))
	q := make(queue, 3)
	q <- "x"
	q <- "y"
	fmt.Println(q.drain(), len(q))
	root := tree{}
	root.add("usr", "bin", "go")
	root.add("usr", "lib")
	root.add("etc")
	fmt.Println(root, len(root["usr"]))
	var b bits
	b.flip(1)
	fmt.Println(b, predicate.not(even)(3), queue(nil) == nil)
}
