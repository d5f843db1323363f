//go:build ignore

package main

import (
	"fmt"
)

func main() {
	n := 0
loop:
	for {
		switch n++; n {
		case 2:
			continue
		case 3:
			break
		case 5:
			break loop
		default:
			fmt.Print("d", n, " ")
		}
		fmt.Print("after", n, " ")
	}
	fmt.Println()

	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
recv:
	for {
		select {
		case v, ok := <-ch:
			if !ok {
				break recv
			}
			if v == 1 {
				break
			}
			fmt.Print("got ", v, " ")
		}
	}
	fmt.Println()

one:
	for range 1 {
		if n == 5 {
			break one
		}
		fmt.Println("skipped")
	}
sw:
	switch {
	case true:
		for i := range 5 {
			if i == 3 {
				break sw
			}
			fmt.Print(i)
		}
		fmt.Println("skipped")
	}
	fmt.Println()
	composites := 0
next:
	for i := 2; i < 30; i++ {
		for j := 2; j*j <= i; j++ {
			if i%j == 0 {
				composites++
				continue next
			}
		}
		fmt.Print(i, " ")
	}
	fmt.Println(composites)
	i := 0
top:
	for range 3 {
		for {
			if i++; i%2 == 0 {
				continue top
			}
			if i > 4 {
				goto done
			}
		}
	}
done:
	fmt.Println("i", i)
}
