//go:build ignore

package main

import "fmt"

type grid [3][3]int

func (g grid) with(r, c, v int) grid { g[r][c] = v; return g }
func (g *grid) set(r, c, v int)      { g[r][c] = v }

func zero(a [4]int) [4]int {
	for i := range a {
		a[i] = 0
	}
	return a
}

type holder struct {
	name string
	data [2]string
}

func main() {
	// An array is a value: assigned, passed, ranged over and captured by copy.
	a := [4]int{1, 2, 3, 4}
	b := a
	b[0] = 100
	fmt.Println(a, b, zero(a), a, a == [4]int{1, 2, 3, 4}, a != b)

	for i, v := range a {
		a[3] = 10 // the range is over a copy
		if i == 3 {
			fmt.Println("copy:", v)
		}
	}
	a[3] = 4
	for i, v := range &a {
		a[3] = 10 // and this one is not
		if i == 3 {
			fmt.Println("pointer:", v)
		}
	}
	for i, v := range a[:] {
		a[3] = 20
		if i == 3 {
			fmt.Println("slice:", v)
		}
	}

	var g grid
	h := g.with(1, 1, 5)
	g.set(0, 2, 7)
	(&h).set(2, 2, 9)
	row := h[1]
	row[0] = -1
	fmt.Println(g, h, row, g.with(0, 0, 1) == grid{{1, 0, 7}})

	p := &a
	fmt.Println(len(p), cap(p), p[1], p[1:3], (*p)[2])
	p[1]++
	for i := range p {
		p[i] *= 2
	}
	fmt.Println(a)

	x := holder{"x", [2]string{"a", "b"}}
	y := x
	y.data[0] = "changed"
	list := []holder{x, y}
	for _, h := range list {
		h.data[1] = "lost"
	}
	list[0].data[1] = "kept"
	m := map[string][2]int{"k": {1, 2}}
	v := m["k"]
	v[0] = 50
	fmt.Println(x, y, list, m, m["none"][1])

	sparse := [...]string{2: "two", 5: "five", "six", 0: "zero"}
	fmt.Printf("%q %d %T\n", sparse, len(sparse), sparse)
	const n = 2
	letters := [...]rune{'a': 1, 'c': n}
	fmt.Println(len(letters), letters['a'], letters['b'], letters['c'])
	var matrix [2][n + 1][1]bool
	matrix[1][2][0] = true
	fmt.Println(matrix, len(matrix), len(matrix[0]), [0]int{} == [0]int{})

	ch := make(chan [2]int, 1)
	c := [2]int{1, 2}
	ch <- c
	c[0] = 9
	var any1 any = c
	c[1] = 9
	f := func() [2]int { return c }
	d := f()
	d[0] = 0
	fmt.Println(<-ch, any1, any1 == any([2]int{9, 2}), c, d)
	set := map[[2]int]bool{{1, 2}: true}
	fmt.Println(set[[2]int{1, 2}], set[c])
	c, d = d, c
	c[0], c[1] = c[1], c[0]
	fmt.Println(c, d)
}
