//go:build ignore

package main

import (
	"cmp"
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

// A square is a node that is a value and makes its edges as they are asked for.
type square struct{ x, y int }
type step [2]square

func (s square) Edges() (out []step) {
	for _, d := range []square{{1, 2}, {2, 1}, {-1, 2}, {-2, 1}, {1, -2}, {2, -1}, {-1, -2}, {-2, -1}} {
		if n := (square{s.x + d.x, s.y + d.y}); n.x >= 0 && n.x < 8 && n.y >= 0 && n.y < 8 {
			out = append(out, step{s, n})
		}
	}
	return
}
func (s step) Ends() (a, b square) { return s[0], s[1] }
func (s step) Cost() int           { return 1 }

func TopoSort[T cmp.Ordered](deps map[T][]T) (order []T, err error) {
	const (
		white = iota
		grey
		black
	)
	state := map[T]int{}
	var visit func(T) error
	visit = func(n T) error {
		switch state[n] {
		case grey:
			return fmt.Errorf("cycle at %v", n)
		case black:
			return nil
		}
		state[n] = grey
		for _, d := range deps[n] {
			if err := visit(d); err != nil {
				return err
			}
		}
		state[n] = black
		order = append(order, n)
		return nil
	}
	names := make([]T, 0, len(deps))
	for n := range deps {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if err := visit(n); err != nil {
			return order, err
		}
	}
	return
}

func main() {
	path, cost, err := (&Graph[square, step]{}).Shortest(square{0, 0}, square{7, 7})
	fmt.Println(len(path), cost, err, path[0], path[len(path)-1])
	fmt.Println(TopoSort(map[string][]string{"app": {"log", "db"}, "db": {"net", "log"}, "net": nil, "log": {}}))
	fmt.Println(TopoSort(map[int][]int{1: {2}, 2: {3}, 3: {1}}))
}
