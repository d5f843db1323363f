//go:build ignore

package main

import (
	"fmt"
	"io"
	"math"
)

type point struct{ x, y int }
type segment struct {
	from, to point
	name     string
}
type shape interface{ area() float64 }
type square float64
type rect struct{ w, h float64 }

func (s square) area() float64 { return float64(s * s) }
func (r rect) area() float64   { return r.w * r.h }

func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("panic:", r)
		}
	}()
	f()
}

func main() {
	board := map[point]rune{{0, 0}: 'x', {1, 2}: 'o'}
	board[point{y: 2, x: 1}] = 'X'
	fmt.Println(len(board), string(board[point{1, 2}]), board[point{2, 1}])

	roads := map[segment]int{{point{1, 2}, point{3, 4}, "a"}: 5}
	s := segment{to: point{3, 4}, from: point{1, 2}}
	_, missing := roads[s]
	s.name = "a"
	roads[s]++
	fmt.Println(missing, roads[s], len(roads))

	areas := map[shape]string{square(2): "square", rect{2, 2}: "rect"}
	areas[square(2)] += "!"
	fmt.Println(areas[rect{2, 2}], areas[square(2)], len(areas), square(2).area() == rect{2, 2}.area())

	mixed := map[any]string{1: "int", int64(1): "int64", 1.0: "float", "1": "string", '1': "rune", nil: "nil",
		true: "bool", point{1, 1}: "point", [2]int{1, 1}: "array", struct{ x, y int }{1, 1}: "struct", io.EOF: "EOF"}
	for _, k := range []any{1, int64(1), int8(1), 1.0, "1", '1', nil, true, point{1, 1}, [2]int{1, 1}, struct{ x, y int }{1, 1}, io.EOF} {
		fmt.Print(mixed[k], ",")
	}
	fmt.Println(len(mixed))

	try(func() { mixed[[]int{1}] = "slice" })
	try(func() { _ = mixed[map[string]int{}] })
	try(func() { delete(mixed, any(func() {})) })
	try(func() { _ = mixed[struct{ v any }{[]string{}}] })

	nan := math.NaN()
	odd := map[float64]int{nan: 1, nan: 2, 0: 3}
	odd[nan] = 4
	odd[math.Copysign(0, -1)] = 5
	delete(odd, nan)
	_, ok := odd[nan]
	sum := 0
	for k, v := range odd {
		if k != k {
			sum += v
		}
	}
	fmt.Println(len(odd), ok, odd[0], sum)
	clear(odd)
	fmt.Println(len(odd))

	p, q := &point{1, 1}, &point{1, 1}
	byPointer := map[*point]int{p: 1, q: 2}
	byPointer[p] += 10
	fmt.Println(byPointer[p], byPointer[q], byPointer[&point{1, 1}], len(byPointer))
	c1, c2 := make(chan int), make(chan int)
	byChan := map[chan int]string{c1: "one"}
	fmt.Println(byChan[c1], byChan[c2] == "", byChan[nil] == "")

	byBool := map[bool][]int{}
	for i := range 6 {
		byBool[i%2 == 0] = append(byBool[i%2 == 0], i)
	}
	fmt.Println(byBool)
}
