//go:build ignore

package main

import (
	"fmt"
	"strings"
	"sync"
)

type base struct {
	id   int
	name string
}

func (b base) describe() string { return fmt.Sprintf("base %d %s", b.id, b.name) }
func (b *base) rename(n string) { b.name = n }
func (b base) who() string      { return "base" }

type mid struct {
	base
	name string // hides base.name
}

func (m mid) who() string { return "mid over " + m.base.who() }

type top struct {
	*mid
	extra
	level int
}

type extra struct {
	id    string // at the same depth as nothing; deeper id of base is hidden
	notes []string
}

func (e *extra) note(s string) *extra { e.notes = append(e.notes, s); return e }
func (e extra) describe() string      { return "extra " + strings.Join(e.notes, "+") }

type counter struct {
	sync.Mutex
	n map[string]int
}

type left struct{ v int }
type right struct{ v int }
type both struct {
	left
	right
}

type celsius float64

func (c celsius) warm() bool { return c > 20 }

type reading struct {
	celsius
	*strings.Builder
	error
}

type loud interface{ who() string }

func main() {
	m := mid{base: base{1, "inner"}, name: "outer"}
	fmt.Println(m.id, m.name, m.base.name, m.describe(), m.who())
	m.rename("renamed")
	fmt.Println(m.name, m.base.name, m)

	t := top{mid: &m, level: 3}
	t.note("a").note("b")
	fmt.Println(t.id, t.mid.id, t.name, t.describe(), t.mid.describe(), t.who())
	t.rename("through pointer")
	u := t // the pointer is shared, the rest copied
	u.mid.base.id = 77
	u.level++
	u.note("only u")
	fmt.Println(m.id, t.level, t.notes, u.notes, m.base.name)

	var l loud = t
	fmt.Println(l.who())
	l = &m
	fmt.Println(l.who(), loud.who(m.base), (*mid).who(&m), top.who(t))

	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			c.Lock()
			defer c.Unlock()
			c.n[fmt.Sprint(i%3)]++
		})
	}
	wg.Wait()
	fmt.Println(c.n)

	b := both{left{1}, right{2}}
	b.left.v += b.right.v
	fmt.Println(b.left, b.right, b)

	r := reading{celsius: 21.5, Builder: &strings.Builder{}, error: fmt.Errorf("sensor")}
	r.WriteString("text ")
	fmt.Fprintf(r, "%d", 42)
	fmt.Println(r.warm(), r.String(), r.Len(), r.Error(), r.celsius+1)
	func() {
		defer func() { fmt.Println(recover()) }()
		var empty top
		fmt.Println(empty.level, empty.notes, empty.name)
	}()
	f, g := t.describe, u.rename
	t.notes = nil
	g("by value")
	fmt.Println(f(), m.base.name)
}
