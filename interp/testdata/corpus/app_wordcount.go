//go:build ignore

package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"unicode"
)

type count struct {
	word string
	n    int
	at   []int // lines
}
type index map[string]*count

func (ix index) add(r io.Reader, stop ...string) (lines int, err error) {
	sc := bufio.NewScanner(r)
	for sc.Scan() {
		lines++
		for w := range strings.FieldsFuncSeq(sc.Text(), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
			if w = strings.ToLower(w); slices.Contains(stop, w) {
				continue
			}
			c := ix[w]
			if c == nil {
				c = &count{word: w}
				ix[w] = c
			}
			c.n++
			if len(c.at) == 0 || c.at[len(c.at)-1] != lines {
				c.at = append(c.at, lines)
			}
		}
	}
	return lines, sc.Err()
}

func (ix index) top(n int) []*count {
	all := slices.SortedFunc(maps.Values(ix), func(a, b *count) int {
		return cmp.Or(-cmp.Compare(a.n, b.n), strings.Compare(a.word, b.word))
	})
	return all[:min(n, len(all))]
}

func histogram(w io.Writer, cs []*count) {
	width := 0
	for _, c := range cs {
		width = max(width, len([]rune(c.word)))
	}
	for _, c := range cs {
		fmt.Fprintf(w, "%*s %s %d %v\n", width, c.word, strings.Repeat("■", c.n), c.n, c.at)
	}
}

const text = `The cat sat. The CAT's hat!
Ünïcode cat, the end of the
cat -- "the" cat. Der Ünïcode.`

func main() {
	ix := index{}
	lines, err := ix.add(strings.NewReader(text), "of", "der")
	fmt.Println(lines, err, len(ix))
	histogram(os.Stdout, ix.top(4))
	byLen := map[int][]string{}
	for w := range ix {
		byLen[len(w)] = append(byLen[len(w)], w)
	}
	for _, n := range slices.Sorted(maps.Keys(byLen)) {
		slices.Sort(byLen[n])
		fmt.Print(n, byLen[n], " ")
	}
	fmt.Println()
	letters := [26]int{}
	for _, r := range strings.ToLower(text) {
		if r >= 'a' && r <= 'z' {
			letters[r-'a']++
		}
	}
	best := slices.Index(letters[:], slices.Max(letters[:]))
	fmt.Println(string(rune('a'+best)), letters[best], letters)
	anagrams := map[string][]string{}
	for _, w := range strings.Fields("listen silent enlist google elbow below inlets") {
		k := []rune(w)
		slices.Sort(k)
		anagrams[string(k)] = append(anagrams[string(k)], w)
	}
	for _, k := range slices.Sorted(maps.Keys(anagrams)) {
		if len(anagrams[k]) > 1 {
			fmt.Println(k, anagrams[k])
		}
	}
}
