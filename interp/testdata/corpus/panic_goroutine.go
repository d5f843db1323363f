//go:build ignore

package main

import (
	"fmt"
	"sync"
)

// A panic in a goroutine ends the program, whatever main does.
func main() {
	var wg sync.WaitGroup
	results := make([]string, 3)
	for i := range results {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					results[i] = fmt.Sprint("caught ", r)
				}
			}()
			if i%2 == 1 {
				panic(fmt.Sprint("worker ", i))
			}
			results[i] = fmt.Sprint("worker ", i)
		})
	}
	wg.Wait()
	fmt.Println(results)
	block := make(chan struct{})
	go func() {
		defer fmt.Println("deferred in the goroutine")
		var p *struct{ n int }
		p.n++
	}()
	<-block
	fmt.Println("not reached")
}
