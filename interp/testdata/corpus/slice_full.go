//go:build ignore

package main

import "fmt"

func state[T any](name string, s []T) {
	fmt.Printf("%s=%v len=%d cap=%d nil=%v\n", name, s, len(s), cap(s), s == nil)
}

type stack []int

func (s *stack) push(v ...int) { *s = append(*s, v...) }
func (s *stack) pop() (v int) {
	v, *s = (*s)[len(*s)-1], (*s)[:len(*s)-1]
	return
}

func main() {
	base := []int{0, 1, 2, 3, 4, 5, 6, 7}
	state("a", base[2:5])
	state("b", base[2:5:5])
	state("c", base[:4:6][1:])
	state("d", base[3:3])
	state("e", base[2:4][:6])
	state("f", base[8:])

	// Appending within the capacity writes to what others see.
	shared := base[:3]
	shared = append(shared, 100)
	state("base", base)
	limited := base[:3:3]
	limited = append(limited, 200)
	state("base", base)
	fmt.Println("limited", limited, len(limited))
	limited[0] = -1
	fmt.Println(base[0], limited[0])

	one := append(base[:1], 11)
	two := append(base[:1], 22)
	fmt.Println(one, two, base)

	arr := [5]string{"a", "b", "c", "d", "e"}
	mid := arr[1:3]
	mid[0] = "B"
	mid = append(mid, "D")
	fmt.Println(arr, mid, cap(mid), cap(arr[1:3:3]))

	var nothing []int
	state("nothing", nothing)
	state("nothing[:]", nothing[:])
	state("nothing[0:0]", nothing[0:0:0])
	state("empty", []int{})
	state("made", make([]int, 2, 5)[:4])
	state("appended", append(nothing, nothing...))
	state("appended", append([]int{}, nothing...))

	var s stack
	s.push(1, 2, 3)
	s.push()
	fmt.Println(s.pop(), s.pop(), s, len(s))
	s.push(base[5:]...)
	fmt.Println(s)

	// Cutting out, inserting, filtering in place.
	cut := []int{0, 1, 2, 3, 4, 5}
	cut = append(cut[:2], cut[4:]...)
	fmt.Println(cut, cut[:6])
	ins := []int{1, 2, 5, 6}
	ins = append(ins[:2], append([]int{3, 4}, ins[2:]...)...)
	fmt.Println(ins)
	even := ins[:0]
	for _, v := range ins {
		if v%2 == 0 {
			even = append(even, v)
		}
	}
	fmt.Println(even, ins)
	window := base
	for len(window) >= 3 {
		fmt.Print(window[:3], " ")
		window = window[2:]
	}
	fmt.Println(window)
	chunks := [][]int{}
	for rest := ins; len(rest) > 0; {
		n := min(4, len(rest))
		chunks, rest = append(chunks, rest[:n:n]), rest[n:]
	}
	chunks[0] = append(chunks[0], 99)
	fmt.Println(chunks, ins)
}
