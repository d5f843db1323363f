//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
)

type animal interface{ sound() string }
type walker interface {
	animal
	legs() int
}
type dog struct{ name string }
type fish int

func (d dog) sound() string   { return d.name + ": woof" }
func (d *dog) legs() int      { return 4 }
func (f fish) sound() string  { return strings.Repeat("blub ", int(f)) }
func (f fish) String() string { return fmt.Sprintf("fish#%d", int(f)) }

func try(what string, f func()) {
	defer func() {
		r := recover()
		var te *runtime.TypeAssertionError
		err, _ := r.(error)
		fmt.Println(what, "->", r, errors.As(err, &te))
	}()
	f()
}

func main() {
	var a animal = &dog{"rex"}
	w, ok := a.(walker)
	fmt.Println(w.legs(), ok, a.(*dog).name, a.(interface{ legs() int }).legs())
	_, ok = animal(dog{"val"}).(walker)
	d, ok2 := a.(dog)
	fmt.Println(ok, ok2, d.name == "")

	a = fish(2)
	s, ok := a.(fmt.Stringer)
	fmt.Println(s, ok, a.(fish)+1, a.sound())

	// Interfaces of the library are implemented by types declared here, and back.
	var r io.Reader = strings.NewReader("abc")
	if bs, ok := r.(io.ByteScanner); ok {
		b, _ := bs.ReadByte()
		bs.UnreadByte()
		fmt.Println(string(b))
	}
	_, canWrite := r.(io.Writer)
	rw, canBoth := io.Reader(&bytes.Buffer{}).(io.ReadWriter)
	fmt.Fprint(rw, "through")
	fmt.Println(canWrite, canBoth, rw)

	var e any
	try("nil to int", func() { _ = e.(int) })
	try("nil to animal", func() { _ = e.(animal) })
	e = 1
	try("int to string", func() { _ = e.(string) })
	try("int to int64", func() { _ = e.(int64) })
	try("int to Stringer", func() { _ = e.(fmt.Stringer) })
	e = dog{"d"}
	try("dog to walker", func() { _ = e.(walker) })
	try("dog to *dog", func() { _ = e.(*dog) })
	try("animal to fish", func() { _ = animal(&dog{}).(fish) })
	try("animal to Reader", func() { _ = a.(io.Reader) })
	e = []string{"x"}
	try("slice", func() { _ = e.([]int) })
	try("map", func() { _ = any(map[string]dog{}).(map[string]fish) })
	try("func", func() { _ = any(func() {}).(func() error) })
	try("struct", func() { _ = any(struct{ X int }{}).(struct{ X string }) })
	try("error", func() { _ = any(io.EOF).(*dog) })

	n, ok := e.(int)
	var m map[string]any
	name, ok3 := m["name"].(string)
	fmt.Println(n, ok, name == "", ok3)
	var x, y any = 1, "one"
	if n, ok := x.(int); ok && n == 1 {
		if s, ok := y.(string); ok {
			fmt.Println(n, s)
		}
	}
	type pair struct{ a, b any }
	p := pair{b: pair{a: 5}}
	fmt.Println(p.b.(pair).a.(int) + 1)
	list := []any{1, "a", nil, 2.5, fish(1), 7}
	sum := 0
	for _, v := range list {
		if n, ok := v.(int); ok {
			sum += n
		}
	}
	fmt.Println(sum)
}
