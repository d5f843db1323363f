//go:build ignore

package main

import (
	"fmt"
	"strings"
)

type level int

const (
	low level = iota
	mid
	high
)

func f(n int) int { fmt.Print("f", n, " "); return n }

func fall(n int) (s string) {
	switch n {
	case 1:
		s += "one "
		fallthrough
	case 2:
		s += "two "
		fallthrough
	default:
		s += "default "
	case 3:
		s += "three "
		if n == 3 {
			break
		}
		s += "unreached"
	case 4, 5, 6:
		s += "some "
		fallthrough
	case 7:
		s += "seven"
	}
	return s
}

func grade(score int) string {
	switch {
	case score >= 90:
		return "A"
	case score >= 80:
		return "B"
	case score < 0, score > 100:
		return "?"
	}
	return "F"
}

func unit(r rune) string {
	switch {
	case 'a' <= r && r <= 'z', r == '_':
		return "lower"
	case strings.ContainsRune("+-*/", r):
		return "op"
	}
	switch r {
	case ' ', '\t':
		return "space"
	case '0', '1', '2':
		return "digit"
	default:
		return "other"
	}
}

func main() {
	for n := range 9 {
		fmt.Printf("%d:%s| ", n, fall(n))
	}
	fmt.Println()
	fmt.Println(grade(95), grade(85), grade(10), grade(-1), grade(101))
	for _, r := range "a_+ 1é" {
		fmt.Print(unit(r), " ")
	}
	fmt.Println()

	// Cases are evaluated in order, until one matches.
	switch f(2) {
	case f(1), f(2), f(3):
		fmt.Println("hit")
	case f(4):
	}
	switch x := f(5); {
	case x > f(4):
		fmt.Println("greater", x)
		x := "inner"
		_ = x
	case x > f(3):
	}
	switch x := 5; x := any(x).(type) {
	case int:
		fmt.Println("int", x)
	}

	// The default may stand anywhere, and is taken last.
	switch low {
	default:
		fmt.Println("default")
	case mid, high:
		fmt.Println("mid or high")
	case 0:
		fmt.Println("low is 0")
	}
	switch high.val() {
	case 2.0:
		fmt.Println("constants convert")
	}
	switch b := []byte("x"); string(b) {
	case "x":
		fmt.Println("strings")
	}
	switch p := new(int); p {
	case nil:
		fmt.Println("nil")
	case p:
		fmt.Println("same pointer")
	}
	switch struct{ a, b int }{1, 2} {
	case struct{ a, b int }{1, 2}:
		fmt.Println("structs")
	}
	switch e := any(3.0); e {
	case 3:
		fmt.Println("an int is not a float64")
	case "3", 3.0:
		fmt.Println("interface against constants")
	}
	switch {
	}
	switch f(0); {
	default:
		fmt.Println("only default")
	}
	switch true {
	case f(1) == 2:
	case f(1) == 1:
		fmt.Println("true")
	}
	switch false {
	case f(7) == 7:
	case f(7) == 8:
		fmt.Println("false")
	}
	for i := 0; i < 3; i++ {
		switch {
		case i == 1:
			continue
		case i == 2:
			break
		}
		fmt.Print("i", i, " ")
	}
	var fn func()
	switch fn {
	case nil:
		fmt.Println("nil func")
	}
	v := 10
	switch v := v * 2; v {
	case 20:
		v++
		fmt.Println(v)
	}
	fmt.Println(v)
}

func (l level) val() float64 { return float64(l) }
