//go:build ignore

package main

import (
	"fmt"
	"os"
	"sync/atomic"
)

// Any goroutine may end the program, also one that was started deep inside.
func main() {
	var started atomic.Int32
	ready := make(chan struct{})
	for range 3 {
		go func() {
			defer fmt.Println("never")
			if started.Add(1) == 3 {
				close(ready)
			}
			select {}
		}()
	}
	go func() {
		<-ready
		go func() {
			fmt.Println("leaving with", started.Load(), "others waiting")
			os.Exit(40 + int(started.Load()))
		}()
	}()
	for {
		<-make(chan int)
	}
}
