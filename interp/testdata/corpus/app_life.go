//go:build ignore

package main

import (
	"fmt"
	"hash/fnv"
	"strings"
)

type cell struct{ x, y int }
type world map[cell]bool

func parse(s string) world {
	w := world{}
	for y, line := range strings.Split(strings.TrimSpace(s), "\n") {
		for x, c := range line {
			if c == '#' {
				w[cell{x, y}] = true
			}
		}
	}
	return w
}

func (w world) next() world {
	count := map[cell]int{}
	for c := range w {
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				if dx != 0 || dy != 0 {
					count[cell{c.x + dx, c.y + dy}]++
				}
			}
		}
	}
	out := world{}
	for c, n := range count {
		if n == 3 || n == 2 && w[c] {
			out[c] = true
		}
	}
	return out
}

func (w world) bounds() (lo, hi cell) {
	first := true
	for c := range w {
		if first {
			lo, hi, first = c, c, false
		}
		lo = cell{min(lo.x, c.x), min(lo.y, c.y)}
		hi = cell{max(hi.x, c.x), max(hi.y, c.y)}
	}
	return
}

func (w world) String() string {
	lo, hi := w.bounds()
	var sb strings.Builder
	for y := lo.y; y <= hi.y; y++ {
		for x := lo.x; x <= hi.x; x++ {
			if w[cell{x, y}] {
				sb.WriteByte('#')
			} else {
				sb.WriteByte('.')
			}
		}
		sb.WriteByte('\n')
	}
	return sb.String()
}

// shape is the same wherever the pattern stands.
func (w world) shape() uint64 {
	h := fnv.New64a()
	fmt.Fprint(h, w.String())
	return h.Sum64()
}

func period(w world, limit int) (p int, move cell) {
	start, from := w.shape(), cell{}
	from, _ = w.bounds()
	for n := 1; n <= limit; n++ {
		w = w.next()
		if len(w) > 0 && w.shape() == start {
			to, _ := w.bounds()
			return n, cell{to.x - from.x, to.y - from.y}
		}
	}
	return 0, cell{}
}

// torus is the same game on an array that is closed in itself.
type torus [8][8]bool

func (t torus) next() (out torus) {
	for y, row := range t {
		for x, alive := range row {
			n := 0
			for _, d := range [...]cell{{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}} {
				if t[(y+d.y+8)%8][(x+d.x+8)%8] {
					n++
				}
			}
			out[y][x] = n == 3 || n == 2 && alive
		}
	}
	return
}

func rule(n uint8, width, steps int) {
	row := make([]bool, width)
	row[width/2] = true
	for range steps {
		line := make([]byte, width)
		next := make([]bool, width)
		for i := range row {
			var idx uint8
			for j := -1; j <= 1; j++ {
				idx <<= 1
				if k := i + j; k >= 0 && k < width && row[k] {
					idx |= 1
				}
			}
			next[i] = n>>idx&1 == 1
			line[i] = " *"[map[bool]int{true: 1}[row[i]]]
		}
		fmt.Println(strings.TrimRight(string(line), " "))
		row = next
	}
}

func main() {
	patterns := []struct{ name, text string }{
		{"block", "##\n##"}, {"blinker", "###"}, {"glider", ".#.\n..#\n###"}, {"toad", ".###\n###."}, {"ship", ".####\n#...#\n....#\n#..#."}, {"dying", "#.#"}, {"acorn", ".#.....\n...#...\n##..###"},
	}
	for _, p := range patterns {
		w := parse(p.text)
		n, move := period(w, 12)
		gens := w
		for range 20 {
			gens = gens.next()
		}
		fmt.Println(p.name, len(w), n, move, len(gens))
	}
	g := parse(patterns[2].text)
	for range 3 {
		g = g.next()
	}
	fmt.Print(g)
	var t torus
	for c := range parse(patterns[2].text) {
		t[c.y][c.x] = true
	}
	start, seen := t, 0
	for n := 1; ; n++ {
		if t = t.next(); t == start {
			seen = n
			break
		}
	}
	fmt.Println("back after", seen)
	rule(90, 31, 8)
}
