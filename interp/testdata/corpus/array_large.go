//go:build ignore

package main

import "fmt"

// Arrays that are too large for a frame: as variables, in structs, behind
// pointers, in slices, maps and interfaces, as parameters and results.

const size = 8000

type table struct {
	name string
	cell [size]int
	grid [100][100]int16
}

var global [size]int

func none() *table { fmt.Println("none"); return nil }

func fill(p *[size]int, by int) {
	for i := range p {
		p[i] = i * by
	}
}

func changed(a [size]int) [size]int {
	a[1] = -1
	return a
}

func (t table) byValue() int     { t.cell[0] = 99; return t.cell[0] + len(t.cell) }
func (t *table) byPointer() *int { t.cell[0]++; return &t.cell[1] }

func named() (r [size]int, err error) {
	defer func() { r[2] = 22 }()
	r[1] = 11
	return r, nil
}

func try(f func() int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Println("panic:", p)
		}
	}()
	fmt.Println(f())
}

func main() {
	var local [size]int
	fill(&local, 2)
	fill(&global, 3)
	other := local
	other[5]++
	fmt.Println(local[5], other[5], global[size-1], local == other)
	back := changed(local)
	fmt.Println(local[1], back[1])

	t := &table{name: "t"}
	fmt.Println(t.byValue(), t.cell[0])
	p := t.byPointer()
	*p = 7
	fmt.Println(t.cell[0], t.cell[1])
	t.grid[3][4] += 5
	row := t.grid[3]
	row[4]++
	fmt.Println(t.grid[3][4], row[4], len(t.grid), len(t.grid[0]))

	tables := []table{*t, {name: "u"}}
	tables[1].cell[9] = 1
	tables[0], tables[1] = tables[1], tables[0]
	fmt.Println(tables[0].name, tables[0].cell[9], tables[1].cell[0])

	byName := map[string][size]int{"a": local}
	fmt.Println(byName["a"][5], byName["b"][5], len(byName["a"]))
	var v any = local
	local[5] = 0
	fmt.Println(v.([size]int)[5], v == any(other))

	r, err := named()
	fmt.Println(r[1], r[2], err)

	sum := 0
	for i, x := range other {
		other[size-1] = 0
		sum += x - 2*i
	}
	fmt.Println(sum, other[size-1])
	var keep []func() int
	for i := range 3 {
		var each [size]int
		each[i] = i + 1
		keep = append(keep, func() int { each[i]++; return each[i] })
	}
	for _, f := range keep {
		fmt.Println(f(), f())
	}
	s := local[2:4:6]
	s[0] = -2
	fmt.Println(local[2], len(s), cap(s))

	c := make(chan [size]int, 1)
	c <- local
	local[2] = 0
	got := <-c
	fmt.Println(got[2])

	n := size
	try(func() int { return local[n] })
	try(func() int { return len(none().cell) })
	try(func() int { return len(tables[len(tables)+n].cell) })
	try(func() int { var q *[size]int; return len(q) + q[0] })
	try(func() int { var q *table; return q.cell[n-1] })
	type pair struct{ a, b *table }
	try(func() int { return len((&pair{}).b.cell) })
}
