//go:build ignore

package main

import (
	"errors"
	"fmt"

	"sync"
)

type stats struct {
	n   int
	max float64
}

func main() {
	calls := 0
	once := sync.OnceValues(func() (stats, error) { calls++; return stats{n: calls}, errors.New("kept") })
	once()
	s, err := once()
	fmt.Println(s, err, calls)
	val := sync.OnceValue(func() string { panic("first time") })
	for range 2 {
		func() {
			defer func() { fmt.Println("panic:", recover()) }()
			val()
		}()
	}
}
