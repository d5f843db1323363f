//go:build ignore

package main

import (
	"fmt"
	"iter"
)

func upto(n int, log *[]string) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer func() { *log = append(*log, "cleanup") }()
		for i := range n {
			if !yield(i) {
				*log = append(*log, fmt.Sprint("stopped at ", i))
				return
			}
		}
		*log = append(*log, "exhausted")
	}
}

func pairs(yield func(string, int) bool) {
	_ = yield("a", 1) && yield("b", 2) && yield("c", 3)
}

func thrice(yield func() bool) {
	for range 3 {
		if !yield() {
			return
		}
	}
}

func find(want int, log *[]string) (at int, err error) {
	defer func() { at++ }()
	for i := range upto(10, log) {
		defer func() { *log = append(*log, fmt.Sprint("deferred ", i)) }() // runs when find returns
		if i == want {
			return i * 100, nil
		}
		if i > 3 {
			return -1, fmt.Errorf("%d is not below 4", want)
		}
	}
	return 0, nil
}

func nested(log *[]string) (out []string) {
outer:
	for i := range upto(3, log) {
		for k, v := range pairs {
			switch {
			case v == 2 && i == 0:
				continue outer
			case i == 2:
				break outer
			case v == 3:
				break
			default:
				out = append(out, fmt.Sprint(i, k))
			}
		}
	}
	return
}

type bag map[string]int

func (b bag) each(keys ...string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, k := range keys {
			if !yield(k, b[k]) {
				return
			}
		}
	}
}

func naughty(yield func(int) bool) {
	yield(1)
	yield(2) // goes on although the loop has ended
}

func swallow(yield func(int) bool) {
	defer func() { recover() }()
	yield(1)
}

func try(f func()) {
	defer func() { fmt.Println("recovered:", recover()) }()
	f()
}

func main() {
	var log []string
	fmt.Println(find(2, &log))
	fmt.Println(log)
	log = nil
	fmt.Println(find(9, &log))
	fmt.Println(log)
	log = nil
	fmt.Println(nested(&log), log)
	n := 0
	for range thrice {
		n++
	}
	for range pairs {
		n += 10
	}
	for k := range pairs {
		n += len(k) * 100
	}
	fmt.Println(n)
	sum := 0
	for _, v := range (bag{"x": 1, "y": 2}.each("y", "x", "z")) {
		sum = sum*10 + v
	}
	var last string
	for last, sum = range pairs {
	}
	fmt.Println(sum, last)
	var fs []func() int
	for i := range upto(3, &log) {
		fs = append(fs, func() int { i *= 2; return i })
	}
	fmt.Println(fs[0](), fs[1](), fs[2](), fs[2]())

	try(func() {
		for range naughty {
			break
		}
	})
	try(func() {
		for range upto(2, &log) {
			panic("from the body")
		}
	})
	try(func() {
		for range swallow {
			panic("that the iterator swallows")
		}
	})
	try(func() {
		var none iter.Seq[int]
		for range none {
		}
	})
	fmt.Println(log)
	for i := range upto(5, &log) {
		if i == 1 {
			goto out
		}
	}
out:
	fmt.Println(log[len(log)-2:])
}
