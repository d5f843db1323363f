//go:build ignore

package main

import (
	"fmt"
	"slices"
)

type matrix [][]float64

func newMatrix(rows, cols int) matrix {
	flat := make([]float64, rows*cols)
	m := make(matrix, rows)
	for i := range m {
		m[i], flat = flat[:cols:cols], flat[cols:]
	}
	return m
}

func (m matrix) mul(o matrix) matrix {
	out := newMatrix(len(m), len(o[0]))
	for i, row := range m {
		for j := range o[0] {
			for k, v := range row {
				out[i][j] += v * o[k][j]
			}
		}
	}
	return out
}

func (m matrix) transposed() matrix {
	t := make(matrix, len(m[0]))
	for i := range t {
		for _, row := range m {
			t[i] = append(t[i], row[i])
		}
	}
	return t
}

func permutations(items []string) (all [][]string) {
	var walk func(prefix, rest []string)
	walk = func(prefix, rest []string) {
		if len(rest) == 0 {
			all = append(all, slices.Clone(prefix))
			return
		}
		for i := range rest {
			walk(append(prefix, rest[i]), slices.Concat(rest[:i], rest[i+1:]))
		}
	}
	walk(nil, items)
	return
}

func grow(s []int) { s = append(s, 1) }
func set(s []int)  { s[0] = 42 }
func growPtr(s *[]int) {
	*s = append(*s, 1)
}

func main() {
	a := newMatrix(2, 3)
	for i := range a {
		for j := range a[i] {
			a[i][j] = float64(i*3 + j)
		}
	}
	fmt.Println(a, a.transposed(), a.mul(a.transposed()))
	fmt.Println(permutations([]string{"a", "b", "c"}))

	s := make([]int, 1, 10)
	grow(s)
	set(s)
	fmt.Println(s, s[:2])
	growPtr(&s)
	fmt.Println(s, len(s))

	triangle := [][]int{{1}}
	for n := 1; n < 6; n++ {
		prev, row := triangle[n-1], []int{1}
		for i := 1; i < n; i++ {
			row = append(row, prev[i-1]+prev[i])
		}
		triangle = append(triangle, append(row, 1))
	}
	fmt.Println(triangle)

	old := []int{1, 2, 3}
	fresh := append(old, 4) // grows: they part
	fresh[0] = 100
	fmt.Println(old, fresh, len(fresh), cap(fresh) >= 4)
	self := append(old, old...)
	self = append(self[1:], self...)
	fmt.Println(self)
	pad := slices.Grow([]byte("ab"), 10)
	fmt.Println(string(pad), cap(pad) >= 12, slices.Clip(old[:1:2]), cap(slices.Clip(old[:1])))

	jagged := make([][]rune, 3)
	for i, w := range []string{"go", "", "far"} {
		jagged[i] = []rune(w)
	}
	jagged[1] = append(jagged[1], 'x', 'y')
	fmt.Println(string(jagged[0]), string(jagged[1]), len(jagged[2]), append([]any{1}, "two", nil, []int{3}))
	pointers := []*int{}
	for i := range 3 {
		pointers = append(pointers, &i)
	}
	*pointers[1] *= 10
	for _, p := range pointers {
		fmt.Print(*p, " ")
	}
	fmt.Println(append([]byte("x"), 'y', "z"[0]), append([]string(nil), "only"), cap(append(make([]int, 0, 3), 1, 2, 3)))
}
