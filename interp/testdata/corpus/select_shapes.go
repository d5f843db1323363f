//go:build ignore

package main

import (
	"fmt"
)

type box struct {
	v  int
	ok bool
}

func main() {
	a, b := make(chan int, 1), make(chan string, 1)
	var none chan int
	state := func() string {
		select {
		case v := <-a:
			return fmt.Sprint("a ", v)
		case s, ok := <-b:
			return fmt.Sprint("b ", s, ok)
		case v := <-none:
			return fmt.Sprint("never ", v)
		case none <- 1:
			return "never"
		default:
			return "nothing"
		}
	}
	fmt.Println(state())
	a <- 1
	fmt.Println(state())
	b <- "x"
	fmt.Println(state())
	close(b)
	fmt.Println(state())

	// Only what can go on is taken; a full channel cannot.
	full := make(chan int, 1)
	full <- 0
	for i := range 3 {
		select {
		case full <- i:
			fmt.Print("sent ", i, " ")
		case v, ok := <-full:
			fmt.Print("got ", v, ok, " ")
		}
	}
	fmt.Println(len(full))

	// Assignment to what there is: variables, elements, fields, the blank.
	var v, n int
	var ok bool
	arr := []int{0, 0}
	m := map[string]bool{}
	bx := &box{}
	c := make(chan int, 8)
	for i := range 6 {
		c <- i + 10
	}
	select {
	case v = <-c:
	}
	select {
	case v, ok = <-c:
	}
	select {
	case arr[1], m["key"] = <-c:
	}
	select {
	case bx.v, bx.ok = <-c:
	}
	select {
	case _, ok := <-c:
		n++
		_ = ok
	}
	select {
	case <-c:
		n++
	default:
		n = -1
	}
	fmt.Println(v, ok, arr, m, *bx, n)

	// Operands are evaluated once, in order, also of cases that are not taken.
	var trace []string
	ch := func(name string, c chan int) chan int { trace = append(trace, name); return c }
	val := func(name string, v int) int { trace = append(trace, name); return v }
	one := make(chan int, 1)
	select {
	case ch("nil", nil) <- val("v1", 1):
	case ch("one", one) <- val("v2", 2):
	case arr[val("index", 0)] = <-ch("nil2", nil):
	}
	fmt.Println(trace, <-one)

}
