//go:build ignore

package main

import (
	"container/heap"
	"errors"
	"fmt"
	"slices"
)

// Nodes and edges know each other only through these constraints.
type NodeOf[E any] interface {
	comparable
	Edges() []E
}
type EdgeOf[N any] interface {
	Ends() (from, to N)
	Cost() int
}

type Graph[N NodeOf[E], E EdgeOf[N]] struct{ nodes []N }

type queue[N any] []item[N]
type item[N any] struct {
	node N
	cost int
}

func (q queue[N]) Len() int           { return len(q) }
func (q queue[N]) Less(i, j int) bool { return q[i].cost < q[j].cost }
func (q queue[N]) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue[N]) Push(x any)        { *q = append(*q, x.(item[N])) }
func (q *queue[N]) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}

var errNoPath = errors.New("no path")

func (g *Graph[N, E]) Shortest(from, to N) (path []N, cost int, err error) {
	best := map[N]int{from: 0}
	via := map[N]N{}
	q := &queue[N]{{from, 0}}
	for q.Len() > 0 {
		it := heap.Pop(q).(item[N])
		if it.node == to {
			for n := to; ; n = via[n] {
				path = append(path, n)
				if n == from {
					slices.Reverse(path)
					return path, it.cost, nil
				}
			}
		}
		if it.cost > best[it.node] {
			continue
		}
		for _, e := range it.node.Edges() {
			_, next := e.Ends()
			c := it.cost + e.Cost()
			if old, seen := best[next]; !seen || c < old {
				best[next], via[next] = c, it.node
				heap.Push(q, item[N]{next, c})
			}
		}
	}
	return nil, 0, errNoPath
}

type city struct {
	name  string
	roads []road
}
type road struct {
	from, to *city
	km       int
}

func (c *city) Edges() []road     { return c.roads }
func (c *city) String() string    { return c.name }
func (r road) Ends() (a, b *city) { return r.from, r.to }
func (r road) Cost() int          { return r.km }

func main() {
	cities := map[string]*city{}
	for _, n := range []string{"A", "B", "C", "D", "E"} {
		cities[n] = &city{name: n}
	}
	for _, r := range []struct {
		a, b string
		km   int
	}{{"A", "B", 4}, {"A", "C", 1}, {"C", "B", 2}, {"B", "D", 5}, {"C", "D", 9}} {
		a, b := cities[r.a], cities[r.b]
		a.roads = append(a.roads, road{a, b, r.km})
	}
	g := Graph[*city, road]{}
	fmt.Println(g.Shortest(cities["A"], cities["D"]))
	fmt.Println(g.Shortest(cities["A"], cities["E"]))
}
