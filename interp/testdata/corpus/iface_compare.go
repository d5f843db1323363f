//go:build ignore

package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

type id int
type code int
type key interface{ key() }
type a struct{ n int }
type b struct{ n int }
type c struct{ s []int }

func (a) key()  {}
func (b) key()  {}
func (*c) key() {}

type eq interface{ equal(any) bool }
type version [3]int

func (v version) equal(o any) bool { w, ok := o.(version); return ok && v == w }

func try(f func() bool) any {
	var out any
	func() {
		defer func() {
			if r := recover(); r != nil {
				out = r
			}
		}()
		out = f()
	}()
	return out
}

func main() {
	// Equal means: the same dynamic type and equal values.
	var x, y any = 5, 5
	fmt.Println(x == y, x == any(int64(5)), x == any(id(5)), any(id(5)) == any(code(5)), any(id(5)) == any(id(2+3)))
	fmt.Println(x == 5, x != 6, 5 == x, x == id(5), any("a") == "a", any('a') == any(97), any(int32(97)) == any('a'))
	fmt.Println(key(a{1}) == key(a{1}), key(a{1}) == key(b{1}), key(a{1}) == a{1}, key(&c{}) == key(&c{}))
	k := key(&c{[]int{1}})
	l := k
	fmt.Println(k == l, any(k) == any(l), any(k).(key) == k)

	fmt.Println(try(func() bool { return any([]int{}) == any([]int{}) }))
	fmt.Println(try(func() bool { return any(c{}) == any(c{}) }))
	fmt.Println(try(func() bool { return any([1]any{c{}}) == any([1]any{c{}}) }))
	fmt.Println(try(func() bool { return any([]int{}) == any(map[int]int{}) }))
	fmt.Println(try(func() bool { return any([]int(nil)) == nil }))
	fmt.Println(try(func() bool { return any([2]any{1, c{}}) == any([2]any{2, c{}}) }))

	keys := map[key]int{a{1}: 1, b{1}: 2, k: 3}
	keys[a{1}] += 10
	fmt.Println(keys[a{1}], keys[b{1}], keys[l], keys[&c{}], len(keys))

	var r io.Reader = os.Stdin
	var w io.Writer = os.Stdout
	fmt.Println(r == io.Reader(os.Stdin), w == any(r), any(os.Stdout) == any(w), io.EOF == error(io.EOF))
	t1 := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	t2 := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	fmt.Println(t1 == t2, any(t1) == any(t2), t1.Equal(t2.In(time.FixedZone("x", 3600))), any(time.Second) == any(1e9*time.Nanosecond))

	var e eq = version{1, 2, 3}
	fmt.Println(e.equal(version{1, 2, 3}), e.equal([3]int{1, 2, 3}), e == eq(version{1, 2, 3}), any(e) == any([3]int{1, 2, 3}))

	switch x {
	case "5", 5.0, id(5):
		fmt.Println("no")
	case nil:
		fmt.Println("nil")
	case 5:
		fmt.Println("int 5")
	}
	find := func(list []any, v any) int {
		for i, e := range list {
			if e == v {
				return i
			}
		}
		return -1
	}
	list := []any{nil, 1, "1", 1.0, a{1}, struct{ n int }{1}, [1]int{1}, true}
	fmt.Println(find(list, nil), find(list, "1"), find(list, 1.0), find(list, a{1}), find(list, struct{ n int }{1}), find(list, [1]int{1}), find(list, b{1}), find(list, uint(1)))
	p, q := new(int), new(int)
	ch1 := make(chan int)
	var ro <-chan int = ch1
	fmt.Println(any(p) == any(q), any(p) == any(p), ro == ch1, any(ro) == any(ch1))
}
