//go:build ignore

package main

import (
	"container/heap"
	"fmt"
	"strings"
)

type point struct{ row, col int }
type maze [][]byte
type node struct {
	at         point
	cost, rank int
}
type frontier []node

func (f frontier) Len() int { return len(f) }
func (f frontier) Less(i, j int) bool {
	return f[i].rank < f[j].rank || f[i].rank == f[j].rank && f[i].cost > f[j].cost
}
func (f frontier) Swap(i, j int) { f[i], f[j] = f[j], f[i] }
func (f *frontier) Push(x any)   { *f = append(*f, x.(node)) }
func (f *frontier) Pop() (x any) {
	last := len(*f) - 1
	x, *f = (*f)[last], (*f)[:last]
	return
}

var directions = map[byte]point{'^': {-1, 0}, 'v': {1, 0}, '<': {0, -1}, '>': {0, 1}}

func (p point) add(d point) point { return point{p.row + d.row, p.col + d.col} }
func (p point) distance(q point) int {
	return max(p.row-q.row, q.row-p.row) + max(p.col-q.col, q.col-p.col)
}

func parse(text string) (m maze, start, end point) {
	for r, line := range strings.Split(strings.TrimSpace(text), "\n") {
		m = append(m, []byte(line))
		for c, b := range m[r] {
			switch b {
			case 'S':
				start = point{r, c}
			case 'E':
				end = point{r, c}
			}
		}
	}
	return
}

func (m maze) at(p point) byte {
	if p.row < 0 || p.row >= len(m) || p.col < 0 || p.col >= len(m[p.row]) {
		return '#'
	}
	return m[p.row][p.col]
}

func (m maze) cost(p point) (int, bool) {
	switch b := m.at(p); {
	case b == '#':
		return 0, false
	case b >= '1' && b <= '9':
		return int(b - '0'), true
	}
	return 1, true
}

// search is A*; with guess giving 0 it is Dijkstra's.
func (m maze) search(start, end point, guess func(a, b point) int) (path []byte, cost, looked int) {
	best := map[point]int{start: 0}
	via := map[point]byte{}
	open := &frontier{{start, 0, guess(start, end)}}
	for open.Len() > 0 {
		n := heap.Pop(open).(node)
		if n.cost > best[n.at] {
			continue
		}
		looked++
		if n.at == end {
			for p := end; p != start; {
				d := via[p]
				path = append([]byte{d}, path...)
				p = p.add(point{-directions[d].row, -directions[d].col})
			}
			return path, n.cost, looked
		}
		for _, d := range []byte("^v<>") {
			next := n.at.add(directions[d])
			step, ok := m.cost(next)
			if !ok {
				continue
			}
			c := n.cost + step
			if old, seen := best[next]; !seen || c < old {
				best[next], via[next] = c, d
				heap.Push(open, node{next, c, c + guess(next, end)})
			}
		}
	}
	return nil, -1, looked
}

func (m maze) regions() (sizes []int) {
	seen := map[point]bool{}
	var fill func(p point) int
	fill = func(p point) int {
		if seen[p] || m.at(p) == '#' {
			return 0
		}
		seen[p] = true
		n := 1
		for _, d := range directions {
			n += fill(p.add(d))
		}
		return n
	}
	for r := range m {
		for c := range m[r] {
			if n := fill(point{r, c}); n > 0 {
				sizes = append(sizes, n)
			}
		}
	}
	return
}

const text = `
S..#....
.#.#.##.
.#...#..
.####.#.
.9.9..#E
.###.##.
......#.`

func main() {
	m, start, end := parse(text)
	none := func(a, b point) int { return 0 }
	p1, c1, n1 := m.search(start, end, none)
	p2, c2, n2 := m.search(start, end, point.distance)
	fmt.Println(c1, c2, len(p1) == len(p2), n2 <= n1, m.regions())
	for p, i := start, 0; i < len(p2)-1; i++ {
		p = p.add(directions[p2[i]])
		m[p.row][p.col] = p2[i+1]
	}
	for _, row := range m {
		fmt.Println(string(row))
	}
	m, start, end = parse("S#E\n.#.\n...\n##.")
	path, cost, _ := m.search(start, end, point.distance)
	fmt.Println(string(path), cost, start.distance(end))
	m[2][1] = '#'
	path, cost, looked := m.search(start, end, point.distance)
	fmt.Println(len(path), cost, looked, m.regions())
}
