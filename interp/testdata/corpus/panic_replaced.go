//go:build ignore

package main

import (
	"fmt"
)

func catch(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "outside caught:", r)
		} else {
			fmt.Println(name, "nothing left")
		}
	}()
	f()
}

func main() {
	catch("again", func() {
		defer func() {
			r := recover()
			panic(fmt.Sprint("re-", r))
		}()
		panic("panic")
	})
	// One that is caught inside a deferred call does not touch the one outside.
	catch("inner only", func() {
		defer func() {
			func() {
				defer func() { fmt.Println("inner:", recover()) }()
				panic("in")
			}()
		}()
		panic("out")
	})
	catch("the rest runs", func() {
		defer fmt.Println("runs while panicking 1")
		defer fmt.Println("runs while panicking 2")
		func() {
			defer fmt.Println("frame below")
			panic("through")
		}()
		fmt.Println("not reached")
	})
	for i := range 3 {
		func() {
			defer func() {
				if recover() != nil {
					fmt.Print("caught ", i, " ")
				}
			}()
			if i != 1 {
				panic(i)
			}
			fmt.Print("fine ", i, " ")
		}()
	}
	fmt.Println()
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		var s []int
		_ = s[len(s)]
	}()
	fmt.Println(<-done)
}
