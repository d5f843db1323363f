//go:build ignore

package main

import "fmt"

type count uint8
type names []string
type table map[string]int
type feed chan int

var i int // is hidden by most of the loops

func once[T any](what string, v T) T { fmt.Print("(", what, ") "); return v }

func main() {
	for i := range 3 {
		fmt.Print(i, " ")
	}
	for range 2 {
		fmt.Print("x ")
	}
	const n = 2
	for i := range n {
		fmt.Printf("%T ", i)
	}
	for c := range count(2) {
		fmt.Printf("%T%d ", c, c)
	}
	for i := range int64(1) {
		fmt.Printf("%T ", i)
	}
	var u uint8
	for u = range 4 {
	}
	for i := range -5 {
		fmt.Print("never", i)
	}
	fmt.Println(u)

	// The expression is evaluated once, before the loop.
	s := []int{1, 2, 3}
	for i, v := range once("slice", s) {
		s = append(s, v*10)
		s[0] = 99
		fmt.Print(i, ":", v, " ")
	}
	fmt.Println(s)
	limit := 3
	for i := range once("int", limit) {
		limit = 0
		fmt.Print(i, " ")
	}
	fmt.Println(limit)
	arr := [3]int{1, 2, 3}
	for i, v := range once("array", arr) {
		arr[2] = 100
		fmt.Print(i, ":", v, " ")
	}
	for i, v := range &arr {
		arr[2] = 7
		fmt.Print(i, ":", v, " ")
	}
	var nilArr *[4]string
	for i := range nilArr {
		fmt.Print(i, " ")
	}
	fmt.Println()

	for i, r := range "añ\xffb" {
		fmt.Print(i, ":", r, " ")
	}
	for i := range "日本" {
		fmt.Print(i, " ")
	}
	fmt.Println()

	total := 0
	for k, v := range (table{"a": 1, "b": 2}) {
		total += len(k) + v
	}
	for range map[int]bool{1: true, 2: true} {
		total += 100
	}
	var nilMap table
	for range nilMap {
		total = -1
	}
	fmt.Println(total)

	ch := make(feed, 5)
	go func() {
		defer close(ch)
		for i := range 4 {
			ch <- i * i
		}
	}()
	for v := range ch {
		fmt.Print(v, " ")
	}
	for range ch {
		fmt.Print("closed and empty")
	}
	fmt.Println()

	// Assigning to what is there already; any place will do.
	var x struct{ i, v int }
	list := make([]string, 2)
	idx := 1
	for x.i, x.v = range []int{5, 6} {
	}
	for _, list[idx] = range (names{"p", "q"}) {
	}
	m := map[string]int{}
	for m["key"] = range 5 {
	}
	for i, m["rune"] = range []int{65, 66} {
		i += 10
	}
	var face any
	for _, face = range []string{"dyn"} {
	}
	fmt.Println(x, list, m, face, i)

	for i, row := range [][]int{{1, 2}, nil, {3}} {
		for j := range row {
			row[j] *= 2
		}
		fmt.Print(i, row, " ")
	}
	for _, p := range []*struct{ n int }{{1}, {2}} {
		p.n++
		fmt.Print(p.n, " ")
	}
	for _, f := range []func() string{func() string { return "f0" }, func() string { return "f1" }} {
		fmt.Print(f(), " ")
	}
	fmt.Println()
	for i := range 10 {
		if i%2 == 1 {
			continue
		}
		if i > 6 {
			break
		}
		fmt.Print(i, " ")
	}
	fmt.Println()
}
