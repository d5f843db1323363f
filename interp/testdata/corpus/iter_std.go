//go:build ignore

package main

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
)

type person struct {
	name string
	age  int
}

func main() {
	people := []person{{"ann", 30}, {"bob", 25}, {"cy", 30}, {"di", 25}}
	byAge := func(a, b person) int { return cmp.Or(cmp.Compare(a.age, b.age), -strings.Compare(a.name, b.name)) }
	fmt.Println(slices.SortedFunc(slices.Values(people), byAge), people[0])
	fmt.Println(slices.SortedStableFunc(slices.Values(people), func(a, b person) int { return a.age - b.age }))

	m := map[string]int{"a": 1, "b": 2, "c": 3}
	fmt.Println(slices.Sorted(maps.Keys(m)), slices.Sorted(maps.Values(m)), maps.Collect(maps.All(m)))
	maps.Insert(m, maps.All(map[string]int{"c": 30, "d": 40}))
	fmt.Println(m)
	maps.DeleteFunc(m, func(k string, v int) bool { return v%2 == 1 })
	fmt.Println(m, len(m))

	for i, v := range slices.Backward([]string{"x", "y", "z"}) {
		fmt.Print(i, v, " ")
	}
	for c := range slices.Chunk([]int{1, 2, 3, 4, 5}, 2) {
		fmt.Print(c, len(c), cap(c), " ")
	}
	fmt.Println()
	fmt.Println(slices.AppendSeq([]int{0}, slices.Values([]int{1, 2})), slices.Collect(maps.Keys(map[int]bool{7: true})))
	for i, v := range slices.All([]rune("hé")) {
		fmt.Print(i, string(v), " ")
	}
	fmt.Println()

	text := "one two\nthree\r\n\nfour"
	for line := range strings.Lines(text) {
		fmt.Printf("%q ", line)
	}
	for part := range strings.SplitAfterSeq("a,b,,c", ",") {
		fmt.Printf("%q ", part)
	}
	for f := range strings.FieldsFuncSeq("k1=v1;k2", func(r rune) bool { return r == '=' || r == ';' }) {
		fmt.Print(f, "|")
	}
	for b := range bytes.SplitSeq([]byte("x-y"), []byte("-")) {
		fmt.Print(string(b), cap(b), " ")
	}
	fmt.Println()
	words := slices.Collect(strings.FieldsSeq(text))
	count := maps.Collect(func(yield func(string, int) bool) {
		for _, w := range words {
			if !yield(w, len(w)) {
				return
			}
		}
	})
	fmt.Println(words, count)

	s := []int{3, 1, 4, 1, 5, 9, 2, 6}
	slices.Sort(s)
	at, found := slices.BinarySearch(s, 4)
	fmt.Println(s, at, found, slices.Compact(slices.Clone(s)), slices.Index(s, 9), slices.Contains(s, 7), slices.Max(s), slices.Min(s))
	s = slices.Insert(s, 1, 100, 200)
	s = slices.Delete(s, 3, 5)
	s = slices.Replace(s, 0, 2, -1, -2, -3)
	fmt.Println(s, slices.Equal(s, slices.Clone(s)), slices.Compare([]int{1, 2}, []int{1, 3}))
	slices.Reverse(s)
	fmt.Println(s, slices.Repeat([]string{"ab"}, 2), slices.Concat([]int{1}, nil, []int{2}))
	i, ok := slices.BinarySearchFunc(people[:2], "bob", func(p person, n string) int { return strings.Compare(p.name, n) })
	fmt.Println(i, ok, slices.MinFunc(people, byAge), slices.IsSortedFunc(people, byAge), slices.ContainsFunc(people, func(p person) bool { return p.age > 29 }))
	deleted := slices.DeleteFunc(words, func(w string) bool { return len(w) == 3 })
	fmt.Printf("%q %q\n", deleted, words)
	fmt.Println(maps.EqualFunc(m, map[string]string{"b": "2", "c": "30", "d": "40"}, func(a int, b string) bool { return fmt.Sprint(a) == b }))
	func() {
		defer func() { fmt.Println(recover()) }()
		fmt.Println(slices.Max([]int{}))
	}()
}
