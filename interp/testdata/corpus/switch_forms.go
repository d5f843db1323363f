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
}

func (l level) val() float64 { return float64(l) }
