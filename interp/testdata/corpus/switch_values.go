//go:build ignore

package main

import (
	"fmt"
)

func f(n int) int { fmt.Print("f", n, " "); return n }

func main() {
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
