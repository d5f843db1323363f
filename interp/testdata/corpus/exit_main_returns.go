//go:build ignore

package main

import (
	"fmt"
	"time"
)

// When main returns the program ends; nobody waits for the other goroutines.
func main() {
	started := make(chan string)
	for i := range 3 {
		go func() {
			defer fmt.Println("never")
			started <- fmt.Sprint("started ", i < 3)
			time.Sleep(time.Hour)
		}()
	}
	for range 3 {
		fmt.Println(<-started)
	}
	go func() {
		for {
			started <- "endless"
		}
	}()
	fmt.Println(<-started)
	time.AfterFunc(time.Hour, func() { fmt.Println("never") })
	defer fmt.Println("main ends")
}
