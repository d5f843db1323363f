//go:build ignore

package main

import (
	"fmt"
	_ "image/png" // for what its init does
	"io"
	"strings"
)

var _ io.Reader = (*nothing)(nil)
var _ = fmt.Sprintf
var _, second = pair()

const (
	_ = iota
	one
	_
	three
)

type nothing struct {
	_ int
	a string
	_ [3]bool
}

func (*nothing) Read(_ []byte) (_ int, _ error) { return 0, io.EOF }
func (_ nothing) name(_, _ string, n int) int   { return n }
func (nothing) bare(int, string) string         { return "unnamed parameters" }
func _()                                        { panic("nobody can call this") }
func _(int) string                              { return "nor this" }

func pair() (int, string)                   { return 1, "second" }
func ignore(_ int, _ ...string) (_, _ bool) { return }

type _ struct{ x int }

func generic[_ any, T ~int](v T) T { return v + 1 }

func count(f func()) (n int) {
	for range 3 {
		f()
		n++
	}
	return
}

func main() {
	_, b := pair()
	a, _ := pair()
	_, _ = pair()
	var _ = b
	var _, c = pair()
	fmt.Println(a, b, c, second, one, three)
	n := nothing{a: "set"}
	fmt.Printf("%v %+v %d %s\n", n, n, n.name("x", "y", 5), n.bare(1, ""))
	m := nothing{1, "set", [3]bool{true}}
	fmt.Println(n == m, fmt.Sprint(m) == fmt.Sprint(n))
	fmt.Println(ignore(1, "a", "b"))
	fmt.Println(generic[string](41), count(func() {}))

	for range "ab" {
		fmt.Print(".")
	}
	for _ = range 2 {
		fmt.Print(":")
	}
	for _, _ = range []int{1} {
		fmt.Print(";")
	}
	for _, v := range []int{7, 8} {
		fmt.Print(v)
	}
	for k, _ := range map[string]int{"k": 1} {
		fmt.Println(k)
	}
	ch := make(chan int, 2)
	ch <- 1
	ch <- 2
	_ = <-ch
	_, ok := <-ch
	var x any = "text"
	_, isInt := x.(int)
	_ = x.(string)
	_, found := map[int]int{}[1]
	fmt.Println(ok, isInt, found)

	// What is assigned to the blank identifier is evaluated all the same.
	called := 0
	f := func() int { called++; return called }
	_ = f()
	_, _ = f(), f()
	var _ int = f()
	_ = [...]int{f(), f()}
	_ = func() int { return f() * 100 }
	fmt.Println(called)
	func() {
		defer func() { fmt.Println(recover()) }()
		var p *nothing
		_ = *p
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		_ = []int{}[called]
	}()
	_, err := io.Copy(io.Discard, strings.NewReader("x"))
	fmt.Println(err)
	switch _ = f(); {
	default:
		fmt.Println(called)
	}
}
