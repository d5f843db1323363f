//go:build ignore

package main

import (
	"fmt"
	"slices"
	"strings"
)

type edit struct {
	op   byte
	a, b int // positions before the edit
	text string
}
type hunk struct {
	aStart, aLen, bStart, bLen int
	edits                      []edit
}

func lcs[T comparable](a, b []T) [][]int {
	t := make([][]int, len(a)+1)
	for i := range t {
		t[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				t[i][j] = t[i+1][j+1] + 1
			} else {
				t[i][j] = max(t[i+1][j], t[i][j+1])
			}
		}
	}
	return t
}

func diff(a, b []string) (out []edit) {
	t := lcs(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, edit{' ', i, j, a[i]})
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && t[i+1][j] >= t[i][j+1]:
			out = append(out, edit{'-', i, j, a[i]})
			i++
		default:
			out = append(out, edit{'+', i, j, b[j]})
			j++
		}
	}
	return
}

func hunks(es []edit, context int) (out []*hunk) {
	var cur *hunk
	lastChange := -context - 1
	for n, e := range es {
		if e.op == ' ' {
			continue
		}
		if cur == nil || n-lastChange > 2*context+1 {
			cur = &hunk{}
			out = append(out, cur)
			for k := max(0, n-context, lastChange+context+1); k < n; k++ {
				cur.edits = append(cur.edits, es[k])
			}
		} else {
			cur.edits = append(cur.edits, es[lastChange+1:n]...)
		}
		cur.edits = append(cur.edits, e)
		lastChange = n
		if next := slices.IndexFunc(es[n+1:], func(e edit) bool { return e.op != ' ' }); next < 0 || next > 2*context {
			cur.edits = append(cur.edits, es[n+1:min(len(es), n+1+context)]...)
		}
	}
	for _, h := range out {
		h.aStart, h.bStart = h.edits[0].a, h.edits[0].b
		for _, e := range h.edits {
			if e.op != '+' {
				h.aLen++
			}
			if e.op != '-' {
				h.bLen++
			}
		}
	}
	return
}

func (h *hunk) String() string {
	var sb strings.Builder
	fmt.Fprintf(&sb, "@@ -%d,%d +%d,%d @@\n", h.aStart+1, h.aLen, h.bStart+1, h.bLen)
	for _, e := range h.edits {
		sb.WriteByte(e.op)
		sb.WriteString(e.text + "\n")
	}
	return sb.String()
}

func patch(a []string, hs []*hunk) ([]string, error) {
	var out []string
	at := 0
	for n, h := range hs {
		out = append(out, a[at:h.aStart]...)
		at = h.aStart
		for _, e := range h.edits {
			switch e.op {
			case '+':
				out = append(out, e.text)
				continue
			case ' ':
				out = append(out, e.text)
			}
			if at >= len(a) || a[at] != e.text {
				return nil, fmt.Errorf("hunk %d does not fit at line %d", n+1, at+1)
			}
			at++
		}
	}
	return append(out, a[at:]...), nil
}

func words(a, b string) string {
	var sb strings.Builder
	for _, e := range diff(strings.SplitAfter(a, " "), strings.SplitAfter(b, " ")) {
		switch e.op {
		case '-':
			fmt.Fprintf(&sb, "[-%s-]", e.text)
		case '+':
			fmt.Fprintf(&sb, "{+%s+}", e.text)
		default:
			sb.WriteString(e.text)
		}
	}
	return sb.String()
}

func main() {
	var a []string
	for i := range 20 {
		a = append(a, fmt.Sprint("line ", i+1))
	}
	b := slices.Clone(a)
	b[1] = "changed 2"
	b = slices.Insert(b, 4, "new 5a", "new 5b")
	b = slices.Delete(b, 16, 18)
	b = append(b, "the end")
	es := diff(a, b)
	hs := hunks(es, 2)
	for _, h := range hs {
		fmt.Print(h)
	}
	got, err := patch(a, hs)
	fmt.Println(slices.Equal(got, b), err, len(hs))
	_, err = patch(a[1:], hs)
	fmt.Println(err)
	fmt.Println(len(hunks(diff(a, a), 3)), len(hunks(diff(nil, a), 3)), len(hunks(diff(a, nil), 0)[0].edits))
	fmt.Println(words("the quick brown fox jumps", "the slow brown cat jumps high"))
	t := lcs([]rune("ABCBDAB"), []rune("BDCABA"))
	fmt.Println(t[0][0], lcs([]int{1, 2, 3}, []int{4})[0][0], strings.Count(fmt.Sprint(t), "4"))
}
