//go:build ignore

package main

import (
	"fmt"

	"sort"
	"strings"
)

type planet struct {
	name string
	mass float64
	dist int
}
type by func(a, b *planet) bool
type sorter struct {
	planets []planet
	by      by
	swaps   *int
}

func (s sorter) Len() int           { return len(s.planets) }
func (s sorter) Less(i, j int) bool { return s.by(&s.planets[i], &s.planets[j]) }
func (s sorter) Swap(i, j int) {
	s.planets[i], s.planets[j] = s.planets[j], s.planets[i]
	*s.swaps++
}
func (b by) sort(ps []planet) (swaps int) {
	sort.Sort(sorter{ps, b, &swaps})
	return
}

// A multiSorter has several keys, the first that differs decides.
type multiSorter struct {
	planets []planet
	keys    []by
}

func (m *multiSorter) Len() int      { return len(m.planets) }
func (m *multiSorter) Swap(i, j int) { m.planets[i], m.planets[j] = m.planets[j], m.planets[i] }
func (m *multiSorter) Less(i, j int) bool {
	p, q := &m.planets[i], &m.planets[j]
	var k int
	for k = 0; k < len(m.keys)-1; k++ {
		switch less := m.keys[k]; {
		case less(p, q):
			return true
		case less(q, p):
			return false
		}
	}
	return m.keys[k](p, q)
}

type words []string

func (w words) Len() int           { return len(w) }
func (w words) Less(i, j int) bool { return strings.ToLower(w[i]) < strings.ToLower(w[j]) }
func (w words) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }

type columns struct {
	a []int
	b []string
}

func (c columns) Len() int           { return len(c.a) }
func (c columns) Less(i, j int) bool { return c.a[i] < c.a[j] }
func (c columns) Swap(i, j int)      { c.a[i], c.a[j], c.b[i], c.b[j] = c.a[j], c.a[i], c.b[j], c.b[i] }

func names(ps []planet) (out []string) {
	for _, p := range ps {
		out = append(out, p.name)
	}
	return
}

func main() {
	ps := []planet{{"Mercury", 0.055, 4}, {"Venus", 0.815, 7}, {"Earth", 1, 10}, {"Mars", 0.107, 15}, {"Twin", 0.815, 10}}
	byName := func(a, b *planet) bool { return a.name < b.name }
	byMass := func(a, b *planet) bool { return a.mass < b.mass }
	byDist := func(a, b *planet) bool { return a.dist < b.dist }
	fmt.Println(by(byName).sort(ps) > 0, names(ps))
	by(func(a, b *planet) bool { return !byDist(a, b) && a.dist != b.dist }).sort(ps)
	fmt.Println(ps[0].name, ps[len(ps)-1])
	sort.Sort(&multiSorter{ps, []by{byMass, byDist, byName}})
	fmt.Println(names(ps))
	m := &multiSorter{planets: ps, keys: []by{byDist, byName}}
	sort.Sort(sort.Reverse(m))
	fmt.Println(names(ps), sort.IsSorted(m), sort.IsSorted(sort.Reverse(m)))

	w := words{"banana", "Apple", "cherry", "apple", "Banana"}
	sort.Stable(w)
	fmt.Println(w, sort.IsSorted(w))
	sort.Sort(sort.StringSlice(w))
	fmt.Println(w)
	c := columns{[]int{3, 1, 2}, []string{"c", "a", "b"}}
	sort.Sort(c)
	fmt.Println(c)

}
