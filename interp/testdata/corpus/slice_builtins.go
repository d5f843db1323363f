//go:build ignore

package main

import (
	"fmt"
	"strings"
)

type celsius float64
type names []string

func minOf[T ~int | ~float64 | ~string](first T, rest ...T) T {
	for _, v := range rest {
		first = min(first, v)
	}
	return first
}

func main() {
	// copy handles overlap in both directions.
	s := []int{1, 2, 3, 4, 5}
	fmt.Println(copy(s[1:], s), s)
	s = []int{1, 2, 3, 4, 5}
	fmt.Println(copy(s, s[2:]), s)
	fmt.Println(copy(s, s[:0]), copy([]int(nil), s), copy(s[:2], []int{9, 9, 9}), s)
	var arr [3]byte
	fmt.Println(copy(arr[:], "long text"), arr, string(arr[:]))

	// clear zeroes a slice and empties a map.
	clear(s[1:3])
	m := map[string][]int{"a": {1}, "b": nil}
	same := m
	clear(m)
	m["c"] = nil
	fmt.Println(s, len(s), same, len(same))
	var nilMap map[string]int
	var nilSlice []int
	clear(nilMap)
	clear(nilSlice)
	people := names{"x", "y"}
	clear(people)
	fmt.Printf("%v %v %q\n", nilMap == nil, nilSlice == nil, people)

	// min and max take constants, variables and mixtures.
	x, y := 3, 7
	const c = min(2, 1.5, 'a')
	fmt.Println(min(x, y), max(x, y, 5), max(x, 10), min(2.5, float64(x)), min(celsius(3), 2.5), c)
	fmt.Println(min("b", "a", "c"), max("", "z"), minOf(3, 1, 2), minOf("q", "p"), minOf(celsius(1)))
	fmt.Printf("%T %T %T %T\n", min(x, 2), max(1, 2.0), min(celsius(1), 2), max('a', 1))
	calls := 0
	next := func() int { calls++; return calls * 10 }
	fmt.Println(max(next(), next(), next()), calls)

	// delete is safe on what is not there, and on nil.
	ages := map[string]int{"ann": 30, "bob": 40}
	delete(ages, "bob")
	delete(ages, "nobody")
	delete(nilMap, "x")
	fmt.Println(ages, len(ages), len(nilMap), nilMap["x"])

	// len and cap of everything.
	ch := make(chan int, 4)
	ch <- 1
	p := &[7]int{}
	fmt.Println(len("é"), len(arr), len(p), cap(p[2:4]), len(ch), cap(ch), len([3][4]int{}), len(map[int]int{1: 1}))
	const n = len([10]string{}) + cap([2]int{})
	var evaluated bool
	f := func() [2]int { evaluated = true; return [2]int{} }
	fmt.Println(n, len(f()), evaluated)

	// make with sizes that are not int.
	var u8 uint8 = 3
	fmt.Println(len(make([]string, u8, 1e1)), cap(make(chan bool, int64(2))), len(make(map[int]int, u8)), cap(make([]int, 0, 'a'-90)))
	var sb strings.Builder
	ptr := new(int)
	*ptr += 5
	q := new([]string)
	*q = append(*q, "grown")
	fmt.Fprint(&sb, *ptr, *q, *new(string) == "", *new(*int) == nil)
	fmt.Println(sb.String())
	print()
}
