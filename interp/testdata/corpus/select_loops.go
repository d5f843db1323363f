//go:build ignore

package main

import (
	"fmt"
	"sync"
)

func try(name string, f func()) {
	defer func() { fmt.Println(name, recover()) }()
	f()
}

func main() {
	var none chan int
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
