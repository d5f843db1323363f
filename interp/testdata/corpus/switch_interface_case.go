//go:build ignore

package main

import "fmt"

// A switch without a tag compares true with its cases, which may be interfaces.
func which(i any) string {
	switch {
	case i:
		return "true"
	case false, i == nil:
		return "nil"
	default:
		return "other"
	}
}

type myBool bool

func main() {
	for _, i := range []any{true, false, nil, 1, "true", myBool(true), struct{}{}} {
		fmt.Println(which(i))
	}
	switch i := any(true); {
	case i:
		fmt.Println("i")
	}
}
