//go:build ignore

package main

import (
	"errors"
	"fmt"
)

func helper() any { return recover() }
func report(name string) {
	fmt.Println(name, "->", recover())
}
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

type guard struct{ name string }

func (g guard) done()     { fmt.Println(g.name, "method caught:", recover()) }
func (g *guard) donePtr() { fmt.Println(g.name, "pointer method caught:", recover()) }

type closer interface{ done() }

func sequence() (s string) {
	defer func() { s += fmt.Sprint(" |", recover()) }()
	defer func() { s += fmt.Sprint(" |", recover()) }()
	defer func() { panic("second") }()
	defer func() { s += fmt.Sprint("|", recover()) }()
	panic("first")
}

func resumed() (n int, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = -1, fmt.Errorf("wrapped: %v", r)
		}
	}()
	n = 5
	panic(errors.New("inner"))
}

func main() {
	// recover works only when a deferred function calls it itself.
	catch("direct", func() {
		defer func() { fmt.Println("inside:", recover()) }()
		panic(1)
	})
	catch("helper", func() {
		defer func() { fmt.Println("helper:", helper()) }()
		panic(2)
	})
	catch("deferred helper", func() { defer helper(); panic(3) })
	catch("nested", func() {
		defer func() {
			func() { fmt.Println("nested:", recover()) }()
		}()
		panic(4)
	})
	catch("nested defer", func() {
		defer func() {
			defer func() { fmt.Println("nested defer:", recover()) }()
		}()
		panic(5)
	})
	catch("recover itself deferred", func() { defer recover(); panic(6) })
	catch("no panic", func() { fmt.Println("plain:", recover()) })
	catch("named function", func() { defer report("report"); panic(7) })
	catch("method", func() { defer guard{"g"}.done(); panic(8) })
	catch("pointer method", func() { g := &guard{"p"}; defer g.donePtr(); panic(9) })
	catch("interface", func() { var c closer = guard{"i"}; defer c.done(); panic(10) })
	catch("method value", func() { f := guard{"v"}.done; defer f(); panic(11) })
	catch("twice", func() {
		defer func() { fmt.Println(recover(), recover()) }()
		panic(12)
	})

	fmt.Println(sequence())
	fmt.Println(resumed())

	// A new panic takes the place of the old one.
	catch("replaced", func() {
		defer func() { panic("new") }()
		panic("old")
	})
}
