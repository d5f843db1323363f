//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strconv"
	str "strings"
)

var x = "package"

type T struct{ from string }

func (T) String() string { return "outer T" }

func shadowParam(x int) (out string) {
	out = fmt.Sprint("param ", x)
	{
		x := "block"
		out += " " + x
		if x := len(x); x > 3 {
			out += fmt.Sprint(" if ", x)
		} else if y := x * 2; y > 1 {
			out += fmt.Sprint(" else ", x, y)
		} else {
			out += fmt.Sprint(" last ", x, y)
		}
		out += " " + x
	}
	return out + fmt.Sprint(" ", x)
}

func elseChain(n int) string {
	if a := n; a == 0 {
		return "zero"
	} else if b := a * 2; b > 10 {
		return fmt.Sprint("big ", a, b)
	} else if c, err := strconv.Atoi(str.Repeat("1", a)); err == nil {
		a := c
		return fmt.Sprint("ones ", a, b, c)
	} else {
		return err.Error()
	}
}

func redeclare() (n int, err error) {
	a, err := 1, error(nil) // err is the result, a is new
	b, a := 2, 10           // a is assigned
	_, c := a, b
	if d, err := strconv.Atoi("bad"); err != nil { // this err is another
		c += d
	}
	return a + b + c, err
}

func main() {
	fmt.Println(x)
	x := x + " then local"
	fmt.Println(x, outer())
	for x := 0; x < 1; x++ {
		x := "body"
		fmt.Println(x)
	}
	switch x := len(x); {
	case x > 5:
		x := "clause"
		fmt.Println(x)
	}
	fmt.Println(shadowParam(7))
	fmt.Println(elseChain(0), elseChain(3), elseChain(6), elseChain(5))
	fmt.Println(redeclare())

	// Names of the language can be hidden, and are themselves again outside.
	{
		len := func(s string) int { return -1 }
		true := false
		nil := "nil"
		string := 5
		type int float64
		var n int = 2.5
		iota, append := 3, "append"
		fmt.Println(len("abc"), true, nil, string, n*2, iota, append)
	}
	fmt.Println(len("abc"), true, nil == error(nil), string("s"), int(2))

	type T struct{ local bool } // a type of its own, without the methods
	fmt.Println(T{true}, makeT())
	fmt.Printf("%v\n", struct{ T }{T{false}})
	{
		type T = str.Builder
		var t T
		t.WriteString("alias in a block")
		fmt.Println(t.String())
	}
	const c = 1
	{
		const c = c + 1
		const d = c * 10
		fmt.Println(c, d)
	}
	fmt.Println(c)

	f := func() string { return x } // the local one
	x = "assigned"
	g := func(x string) string { return x + "!" }
	fmt.Println(f(), g("arg"), outer())
	var err error = errors.New("first")
	if err := error(nil); err == nil {
		err = errors.New("inner")
		_ = err
	}
	fmt.Println(err)
	strconv := "a package's name, hidden"
	fmt.Println(strconv)
	var fact func(int) int
	fact = func(n int) int {
		if n := n - 1; n > 0 {
			return (n + 1) * fact(n)
		}
		return 1
	}
	fmt.Println(fact(5))
	var p, q = 1, "q"
	q, r := "new q", p
	fmt.Println(p, q, r)
}

func outer() string { return x }
func makeT() T      { return T{"package"} }
