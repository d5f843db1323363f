//go:build ignore

package main

import (
	"errors"
	"fmt"
	"math/bits"
	"strings"
)

type grid [81]uint8
type candidates uint16

const all candidates = 1<<10 - 2

var (
	peers [81][]int
	units [27][9]int
)

func init() {
	for i := range 9 {
		for j := range 9 {
			units[i][j] = i*9 + j
			units[9+i][j] = j*9 + i
			units[18+i][j] = (i/3*3+j/3)*9 + i%3*3 + j%3
		}
	}
	for c := range peers {
		seen := map[int]bool{c: true}
		for _, u := range units {
			in := false
			for _, k := range u {
				in = in || k == c
			}
			for _, k := range u {
				if in && !seen[k] {
					seen[k] = true
					peers[c] = append(peers[c], k)
				}
			}
		}
	}
}

var errInvalid = errors.New("invalid puzzle")

func parse(s string) (g grid, err error) {
	n := 0
	for _, r := range s {
		switch {
		case r >= '1' && r <= '9':
			g[n] = uint8(r - '0')
			fallthrough
		case r == '.' || r == '0':
			if n++; n > 81 {
				return g, fmt.Errorf("%w: more than 81 cells", errInvalid)
			}
		case r == '\n' || r == ' ':
		default:
			return g, fmt.Errorf("%w: %q", errInvalid, r)
		}
	}
	if n != 81 {
		err = fmt.Errorf("%w: %d cells", errInvalid, n)
	}
	return
}

func (g *grid) options(c int) candidates {
	used := candidates(0)
	for _, p := range peers[c] {
		used |= 1 << g[p]
	}
	return all &^ used
}

func (o candidates) count() int { return bits.OnesCount16(uint16(o)) }
func (o candidates) each(yield func(uint8) bool) {
	for ; o != 0; o &= o - 1 {
		if !yield(uint8(bits.TrailingZeros16(uint16(o)))) {
			return
		}
	}
}

// solve calls found with each solution until it says that this is enough.
func (g grid) solve(guesses *int, found func(grid) bool) bool {
	best, opts := -1, candidates(0)
	for c, v := range g {
		if v != 0 {
			continue
		}
		if o := g.options(c); best < 0 || o.count() < opts.count() {
			best, opts = c, o
		}
	}
	if best < 0 {
		return found(g)
	}
	if opts.count() > 1 {
		*guesses++
	}
	for v := range opts.each {
		g[best] = v
		if !g.solve(guesses, found) {
			return false
		}
	}
	return true
}

func (g grid) valid() bool {
	for _, u := range units {
		var seen candidates
		for _, c := range u {
			if v := g[c]; v != 0 {
				if seen>>v&1 == 1 {
					return false
				}
				seen |= 1 << v
			}
		}
	}
	return true
}

func (g grid) String() string {
	var sb strings.Builder
	for r := range 9 {
		for c := range 9 {
			if c > 0 && c%3 == 0 {
				sb.WriteByte('|')
			}
			sb.WriteByte(".123456789"[g[r*9+c]])
		}
		if r == 2 || r == 5 {
			sb.WriteString("\n---+---+---")
		}
		sb.WriteByte('\n')
	}
	return sb.String()
}

func main() {
	puzzles := []string{
		"53..7.... 6..195... .98....6. 8...6...3 4..8.3..1 7...2...6 .6....28. ...419..5 ....8..79",
		"81....6.. ..36....5 .7.49.2.. .54..7... 3...457.. ...1...3. ..1....68 ..85...1. .9....4..",
		strings.Repeat(".", 81),
		"55" + strings.Repeat(".", 79),
		"12x", "123",
	}
	for i, p := range puzzles {
		g, err := parse(p)
		if err != nil {
			fmt.Println(i, err, errors.Is(err, errInvalid))
			continue
		}
		if !g.valid() {
			fmt.Println(i, "breaks the rules")
			continue
		}
		guesses, n := 0, 0
		var first grid
		g.solve(&guesses, func(s grid) bool {
			if n++; n == 1 {
				first = s
			}
			return n < 2
		})
		fmt.Println(i, "solutions:", n, "valid:", first.valid(), "guesses:", guesses > 0)
		if n == 1 {
			fmt.Print(g, "\n", first)
		}
	}
	fmt.Println(len(peers[0]), len(peers[80]), all.count(), copied(puzzles))
}

func copied(p []string) bool {
	g, _ := parse(p[0])
	h := g
	h[2] = 4
	return g != h && g[2] == 0
}
