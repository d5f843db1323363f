//go:build ignore

package main

import (
	"fmt"
	"sync"
)

type box struct {
	v  int
	ok bool
}

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
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

	// break ends the select, continue the loop around it.
	jobs := make(chan int, 6)
	for i := range 6 {
		jobs <- i
	}
	close(jobs)
	var taken []int
loop:
	for {
		select {
		case j, ok := <-jobs:
			switch {
			case !ok:
				break loop
			case j == 1:
				continue loop
			case j == 2:
				break
			default:
				if j == 4 {
					break
				}
				taken = append(taken, j)
			}
			taken = append(taken, j*100)
		}
	}
	fmt.Println(taken)

	// Merging until both are closed, by making nil of what is.
	x, y := make(chan int), make(chan int)
	for i, c := range []chan int{x, y} {
		go func() {
			defer close(c)
			for j := range 3 {
				c <- i*10 + j
			}
		}()
	}
	sums := [2]int{}
	for x != nil || y != nil {
		select {
		case v, ok := <-x:
			if !ok {
				x = nil
				continue
			}
			sums[0] += v
		case v, ok := <-y:
			if !ok {
				y = nil
				continue
			}
			sums[1] += v
		}
	}
	fmt.Println(sums)
	closed := make(chan int)
	close(closed)
	try("send on closed:", func() {
		select {
		case closed <- 1:
		default:
		}
	})
	counts := [3]int{}
	r := [3]chan int{closed, closed, closed}
	for range 300 {
		select {
		case <-r[0]:
			counts[0]++
		case <-r[1]:
			counts[1]++
		case <-r[2]:
			counts[2]++
		}
	}
	fmt.Println(counts[0]+counts[1]+counts[2], min(counts[0], counts[1], counts[2]) > 30)
	var wg sync.WaitGroup
	quit := make(chan struct{})
	stopped := make(chan int, 3)
	for i := range 3 {
		wg.Go(func() {
			select {
			case <-quit:
				stopped <- i
			case <-none:
			}
		})
	}
	close(quit)
	wg.Wait()
	fmt.Println(len(stopped))
}
