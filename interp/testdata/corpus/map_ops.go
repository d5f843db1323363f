//go:build ignore

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

type account struct {
	owner   string
	balance int
}
type registry map[string]func(...float64) float64

func (r registry) call(name string, args ...float64) string {
	if f, ok := r[name]; ok {
		return fmt.Sprint(name, "=", f(args...))
	}
	return name + "?"
}

type graph map[string]map[string]int

func (g graph) edge(a, b string, w int) graph {
	for _, p := range [][2]string{{a, b}, {b, a}} {
		if g[p[0]] == nil {
			g[p[0]] = make(map[string]int)
		}
		g[p[0]][p[1]] += w
	}
	return g
}

func main() {
	words := map[string]int{}
	for _, w := range strings.Fields("to be or not to be that is the question to be") {
		words[w]++
	}
	for _, w := range slices.Sorted(maps.Keys(words)) {
		fmt.Print(w, ":", words[w], " ")
	}
	fmt.Println(len(words))
	v, ok := words["whether"]
	_, has := words["be"]
	fmt.Println(v, ok, has, words)

	// Elements are values; pointers to them are kept elsewhere.
	accounts := map[int]account{1: {"ann", 10}}
	a := accounts[1]
	a.balance += 5
	fmt.Println(accounts[1], a)
	accounts[1] = a
	refs := map[int]*account{1: &a, 2: {"bob", 1}}
	refs[1].balance *= 2
	refs[2].owner += "by"
	fmt.Println(accounts[1], a, *refs[2], accounts[7].owner == "")

	var none map[string][]int
	fmt.Println(none["x"], len(none), none == nil)
	for range none {
		fmt.Println("never")
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		none["x"] = append(none["x"], 1)
	}()

	r := registry{"sum": func(v ...float64) (s float64) {
		for _, x := range v {
			s += x
		}
		return
	}}
	r["avg"] = func(v ...float64) float64 { return r["sum"](v...) / float64(len(v)) }
	fmt.Println(r.call("sum", 1, 2, 3), r.call("avg", 1, 2), r.call("max"))
	fmt.Println(graph{}.edge("a", "b", 2).edge("b", "c", 3).edge("a", "b", 1))

	// Deleting while ranging is allowed, and what was deleted does not come.
	nums := map[int]bool{}
	for i := range 20 {
		nums[i] = true
	}
	visited := 0
	for k := range nums {
		visited++
		for j := range 20 {
			if j != k {
				delete(nums, j)
			}
		}
	}
	fmt.Println(visited, len(nums))

	groups := map[int][]string{}
	for _, w := range []string{"a", "bb", "cc", "d", "eee"} {
		groups[len(w)] = append(groups[len(w)], w)
	}
	bits := map[string]uint8{"x": 1}
	bits["x"] <<= 3
	bits["y"] |= 5
	bits["z"]--
	text := map[rune]string{}
	text['k'] += "one"
	text['k'] += "two"
	fmt.Println(groups, bits, text)
	inner := map[string]struct{ tags []string }{"n": {[]string{"t"}}}
	inner["n"].tags[0] = "changed in place"
	fmt.Println(inner, map[[2]bool]map[string]int{{true, false}: {"deep": 1}}[[2]bool{true}]["deep"])
	i := 0
	next := func() int { i++; return i }
	pairs := map[int]int{next(): next(), next(): next()}
	fmt.Println(pairs, i)
	copied := maps.Clone(pairs)
	copied[1] = 0
	fmt.Println(pairs, copied, maps.Equal(pairs, copied))
}
