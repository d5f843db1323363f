//go:build ignore

package main

import "fmt"

type vec struct{ x, y int }
type matrix [2][2]int

func fibs(n int) (out []int) {
	for a, b := 0, 1; len(out) < n; a, b = b, a+b {
		out = append(out, a)
	}
	return
}

func reverse[S ~[]E, E any](s S) S {
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	return s
}

func quicksort(s []int) {
	if len(s) < 2 {
		return
	}
	pivot, store := s[len(s)/2], 0
	s[len(s)/2], s[len(s)-1] = s[len(s)-1], s[len(s)/2]
	for i := range s[:len(s)-1] {
		if s[i] < pivot {
			s[i], s[store] = s[store], s[i]
			store++
		}
	}
	s[store], s[len(s)-1] = s[len(s)-1], s[store]
	quicksort(s[:store])
	quicksort(s[store+1:])
}

type list struct {
	v    int
	next *list
}

func (l *list) reversed() (out *list) {
	for l != nil {
		l, l.next, out = l.next, out, l
	}
	return
}

func main() {
	n := 7
	n += 5
	n -= 2
	n *= 6
	n /= 4
	n %= 8
	n <<= 3
	n >>= 1
	n |= 3
	n &= 0x3e
	n ^= 0xff
	n &^= 0x0f
	fmt.Println(n)
	s := "a"
	s += "b" + "c"
	f := 1.5
	f *= 2
	f /= 4
	f -= 1
	c := 1i
	c *= c
	var b byte = 250
	b += 10
	b--
	b <<= 1
	fmt.Println(s, f, c, b)

	v := vec{1, 2}
	v.x, v.y = v.y, v.x+v.y
	p := &v
	p.x += 10
	p.y++
	m := matrix{{1, 2}, {3, 4}}
	m[0][1], m[1][0] = m[1][0], m[0][1]
	m[1][1] *= 5
	fmt.Println(v, m)
	dict := map[string]vec{"a": {1, 1}}
	counts := map[string]int{}
	counts["x"]++
	counts["x"] += 5
	counts["y"] -= 1
	counts["z"] ^= counts["x"]
	names := map[string]string{}
	names["k"] += "v"
	names["k"] += "w"
	slices := map[int][]int{}
	slices[1] = append(slices[1], 1, 2)
	slices[1][0] += 100
	d := dict["a"]
	d.x = 9
	fmt.Println(dict, counts, names, slices, d)

	fmt.Println(fibs(12), reverse([]string{"a", "b", "c"}))
	nums := []int{5, 3, 9, 1, 5, 8, 2}
	quicksort(nums)
	fmt.Println(nums)
	l := &list{1, &list{2, &list{3, nil}}}
	for l := l.reversed(); l != nil; l = l.next {
		fmt.Print(l.v, " ")
	}
	fmt.Println()

	i := 0
	a := [3]int{10, 20, 30}
	i, a[i] = 1, 11
	a[i], i = 22, 2
	a[0], a[1], a[2] = a[2], a[0], a[1]
	fmt.Println(i, a)
	x := []int{1, 2, 3}
	i = 0
	i, x[i] = 1, 2
	x[1], x[2] = 4, 5
	x[i], x = 42, nil
	fmt.Println(i, x)
	var iface any = 1
	iface, ok := iface.(string)
	fmt.Printf("%q %v\n", iface, ok)
	ch := make(chan int, 2)
	ch <- 1
	close(ch)
	n, more := <-ch
	n2, more2 := <-ch
	fmt.Println(n, more, n2, more2)
	var arr [2]func() int
	arr[0], arr[1] = func() int { return i }, func() int { i++; return i }
	arr[0], arr[1] = arr[1], arr[0]
	fmt.Println(arr[0](), arr[1]())
}
