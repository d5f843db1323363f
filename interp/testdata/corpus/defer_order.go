//go:build ignore

package main

import (
	"fmt"

	"strings"
)

var log []string

func note(s ...any)        { log = append(log, strings.TrimSpace(fmt.Sprintln(s...))) }
func flush()               { fmt.Println(strings.Join(log, "; ")); log = nil }
func v(name string) string { note("eval " + name); return name }

type file struct{ name string }

func open(name string) *file           { note("open", name); return &file{name} }
func (f *file) Close() error           { note("close", f.name); return nil }
func (f file) rename(n string)         { note("rename", f.name, n) }
func (f *file) chained(s string) *file { note("chained", s); return f }

func arguments() {
	x := 1
	defer note("x was", x)
	defer func() { note("x is", x) }()
	defer func(n int) { note("n", n, "x", x) }(x * 10)
	x = 2
	s := []int{1}
	defer note("slice", s)
	s[0] = 5
	s = append(s, 6)
	f := func() { note("first f") }
	defer f()
	f = func() { note("second f") }
	defer note(v("a"), v("b"))
	note("body")
}

func receivers() {
	f := file{"old"}
	defer f.rename("to")
	defer f.Close()
	f.name = "new"
	p := open("p")
	defer p.Close()
	p = open("q")
	defer p.chained("1").chained("2").Close()
	note("body")
}

func loops() {
	for i := range 3 {
		defer note("loop", i)
	}
	for i := 0; i < 2; i++ {
		func() {
			defer note("inner", i)
			note("work", i)
		}()
	}
}

func nested() {
	defer note("outer")
	defer func() {
		defer note("second")
		defer func() { defer note("deepest"); note("deep") }()
		note("first")
	}()
}

func main() {
	arguments()
	flush()
	receivers()
	flush()
	loops()
	flush()
	nested()
	flush()
}
