//go:build ignore

package main

import (
	"fmt"
	"time"
)

type point struct{ x, y int }
type line struct {
	from, to *point
	style
	tags []string
}
type style struct {
	color string
	width float32
}
type grid [2][2]point
type visit func(int) int

func (p *point) scale(n int) *point { p.x *= n; p.y *= n; return p }
func (p point) sum() int            { return p.x + p.y }

func main() {
	// The type may be left out inside, and & with it.
	points := []point{{1, 2}, {y: 3}, {}}
	refs := []*point{{4, 5}, nil, {x: 6}}
	byName := map[string]point{"a": {1, 1}, "b": {}}
	byPoint := map[point]string{{1, 2}: "p", {}: "origin"}
	byRef := map[string]*point{"r": {7, 8}}
	g := grid{{{1, 2}, {3, 4}}, {1: {5, 6}}}
	nested := [][]map[string][]int{{{"x": {1, 2}}, nil}, {}}
	arrays := map[[2]int][2]string{{1, 2}: {"a", "b"}}
	fmt.Println(points, *refs[0], refs[1], *refs[2], byName, byPoint, *byRef["r"], g, nested, arrays)

	l := line{from: &point{1, 2}, to: new(point), style: style{"red", 1.5}, tags: []string{"t"}}
	l2 := &line{&point{}, nil, style{width: 2}, nil}
	l.color = "blue"
	fmt.Println(*l.from, *l.to, l.style, l.width, l2.style, l2.to == nil, len(l2.tags))
	fmt.Println((&point{1, 2}).scale(3), point{1, 2}.sum(), (&point{3, 4}).sum(), []int{1, 2, 3}[1], map[string]int{"k": 5}["k"])
	fmt.Println([...]string{"a", "b"}[1], "abc"[1:][0], []string{"x"}[0][0], struct{ n int }{9}.n, [3]int{1, 2, 3} == [...]int{1, 2, 3})

	// Keys of arrays and slices are constants; what follows goes on from there.
	const off = 3
	sparse := []int{off: 30, 31, off - 2: 10, 'a' - 95: 20}
	vowels := [128]bool{'a': true, 'e': true, 'o': true}
	days := [...]string{time.Sunday: "Su", time.Tuesday: "Tu", time.Wednesday: "We"}
	fmt.Println(sparse, len(sparse), vowels['e'], vowels['b'], len(days), days)

	funcs := map[string]visit{"inc": func(n int) int { return n + 1 }, "neg": func(n int) int { return -n }}
	table := []struct {
		name string
		f    visit
		args []int
	}{{"inc", funcs["inc"], []int{1, 2}}, {name: "neg", f: funcs["neg"], args: []int{3}}, {f: func(n int) int { return n * n }, args: []int{4}}}
	for _, row := range table {
		for _, a := range row.args {
			fmt.Print(row.name, row.f(a), " ")
		}
	}
	fmt.Println()

	// Every evaluation makes a new value.
	var made []*point
	for i := range 3 {
		made = append(made, &point{x: i})
	}
	made[0].y = 9
	mk := func() []int { return []int{1, 2} }
	one, two := mk(), mk()
	one[0] = 100
	fmt.Println(*made[0], *made[1], two, made[0] != made[1])
	pm := &map[string]int{"a": 1}
	(*pm)["b"]++
	ps := &[]string{"s"}
	*ps = append(*ps, "t")
	pa := &[...]int{1, 2, 3}
	for i := range pa {
		pa[i] *= 2
	}
	fmt.Println(*pm, *ps, *pa)
	mixed := []any{1, "a", 'b', 2.5, nil, point{1, 2}, &point{}, []int{1}, [1]bool{true}, func() {}, map[string]any{"n": []any{nil}}}
	for _, v := range mixed {
		fmt.Printf("%T ", v)
	}
	fmt.Println()
	if (point{1, 2}) == points[0] {
		fmt.Println("in a condition")
	}
	for _, p := range [...]point{{1, 2}, {3, 4}} {
		fmt.Print(p.sum(), " ")
	}
	type alias = map[string][]point
	fmt.Println(alias{"k": {{1, 1}}}, len(alias{}), []struct{}{{}, {}}, [2]struct{ a, b any }{{1, nil}})
	fmt.Println('\n', '\x41', '\101', '\u00e9', '\U0001F600', '\\', '\'', "\"\t|\x41\101\u00e9\\", `a\n"`+"`", 1_0.2_5, 0x1.8p3, 0b1_1, 0o17, 1e-2i, 07.5)
}
