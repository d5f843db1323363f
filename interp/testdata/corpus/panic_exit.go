//go:build ignore

package main

import (
	"errors"
	"fmt"
	"os"
)

type stage struct{ name string }

func (s stage) Close() { fmt.Println("closed", s.name) }

type fatal struct{ err error }

func (f fatal) Error() string {
	fmt.Println("the text was asked for")
	return "fatal: " + f.err.Error()
}

func deep(n int) {
	defer stage{fmt.Sprint("level ", n)}.Close()
	if n == 0 {
		panic(fatal{errors.New("bottom")})
	}
	deep(n - 1)
}

// Deferred functions run before the program ends with status 2.
func main() {
	defer fmt.Println("main's deferred call")
	defer func() {
		r := recover()
		fmt.Println("caught once:", r.(fatal).err)
		panic(r)
	}()
	fmt.Fprintln(os.Stdout, "before")
	deep(2)
	fmt.Println("not reached")
}
