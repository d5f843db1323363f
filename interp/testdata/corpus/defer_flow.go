//go:build ignore

package main

import (
	"fmt"
	"os"
	"strings"
)

var log []string

func note(s ...any)        { log = append(log, strings.TrimSpace(fmt.Sprintln(s...))) }
func flush()               { fmt.Println(strings.Join(log, "; ")); log = nil }
func v(name string) string { note("eval " + name); return name }

func early(n int) string {
	defer note("always", n)
	if n == 0 {
		return v("early")
	}
	defer note("only late")
	return v("late")
}

func builtins() {
	m := map[string]int{"a": 1}
	ch := make(chan int, 1)
	func() {
		defer delete(m, "a")
		defer close(ch)
		defer clear([]int{1})
		defer print()
		note(len(m))
	}()
	_, ok := <-ch
	note(len(m), ok)
	defer func() { note(recover()) }()
	var nilFunc func()
	defer nilFunc() // panics when it is run, not here
	note("still here")
}

func tracer(name string) func() { note("enter", name); return func() { note("leave", name) } }

func conditional() (err error) {
	defer func() {
		if err != nil {
			note("rolled back:", err)
		} else {
			note("committed")
		}
	}()
	_, err = os.ReadFile("no such file here")
	if err != nil {
		return fmt.Errorf("cannot go on")
	}
	return nil
}

func main() {
	note(early(0), early(1))
	flush()
	builtins()
	flush()
	func() {
		defer tracer("t1")()
		defer tracer("t2")()
	}()
	flush()
	conditional()
	flush()
	defer flush()
	defer note("main ends")
}
