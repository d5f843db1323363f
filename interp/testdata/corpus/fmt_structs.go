//go:build ignore

package main

import (
	"errors"
	"fmt"
	"time"
)

type point struct{ X, Y int }
type nested struct {
	point
	Name  string
	Ptr   *point
	List  []point
	Map   map[string]*int
	Any   any
	Fn    func()
	Ch    chan int
	Err   error
	inner struct{ a, b any }
	arr   [2]bool
}
type tree struct {
	Left, Right *tree
	Val         rune
}
type ints []int
type dict map[point]ints
type generic[K comparable, V any] struct {
	Key K
	Val V
}
type empty struct{}
type iface interface{ m() }

func (point) m() {}

func main() {
	p := point{1, -2}
	fmt.Printf("%v %+v %#v %T %d %x\n", p, p, p, p, p, p)
	fmt.Printf("%v %+v %#v %T\n", &p, &p, &p, &p)
	n := nested{point: p, Name: "n", List: []point{{1, 2}, {}}, Map: map[string]*int{"k": nil}, Any: p, inner: struct{ a, b any }{1, "b"}}
	fmt.Printf("%v\n%+v\n%#v\n", n, n, n)
	var zero nested
	fmt.Printf("%v\n%+v\n", zero, zero)
	fmt.Printf("%v %+v %#v\n", tree{&tree{}, nil, 'x'}.Right, tree{Val: 'y'}, tree{nil, nil, 'z'})

	fmt.Printf("%v %+v %#v %T\n", ints{1}, ints{}, ints(nil), ints{})
	fmt.Printf("%v %+v %#v %T\n", dict{p: {1, 2}}, dict{p: nil}, dict{p: {1}}, dict{})
	fmt.Printf("%v %+v %#v %T\n", generic[string, []int]{"k", []int{1}}, generic[int, any]{}, generic[point, error]{p, nil}, &generic[rune, *point]{})
	fmt.Printf("%v %+v %#v %T\n", struct{}{}, empty{}, empty{}, struct {
		A int `tag:"x"`
		b string
	}{})
	fmt.Printf("%v %+v %#v\n", struct {
		A int
		b any
	}{1, nil}, struct{ p *int }{}, struct{ X, y any }{1, 2.5})
	fmt.Printf("%v %v %#v %#v\n", []any{1, "a", nil, p, []int{}}, [2]any{}, []any{1, "a", nil, p}, map[string]any{"b": 1, "a": []string{"x"}, "c": nil})
	fmt.Printf("%v %#v %v %#v\n", [3]byte{1, 2, 3}, [3]byte{1, 2, 3}, []byte("x"), []byte("x"))
	fmt.Printf("%#v %#v %#v %#v %#v\n", "q\"", 'x', 1.0, true, nil)
	fmt.Printf("%#v %#v %#v %#v\n", []string{"a"}, [][]int{{1}, nil}, map[int]bool{2: true, 1: false}, []*int{nil})
	var fn func()
	fmt.Printf("%#v %#v %#v %#v\n", (*int)(nil), error(nil), any(fn), (chan int)(nil))
	fmt.Printf("%T %T %T %T %T %T %T\n", nil, 1, "s", []any{}, map[string]func(int, ...string) (error, bool){}, make(<-chan *point), func(iface) {})
	fmt.Printf("%T %T %T %T %T\n", errors.New("x"), time.Second, struct{ fmt.Stringer }{}, [2][]map[rune]struct{}{}, new(any))
	fmt.Printf("%v %+v %s %d\n", []*point{nil}, map[string]point{"a": p}, []string{}, map[point]int{{2, 1}: 1, {1, 9}: 2})

	pp := &[]int{1, 2}
	mp := &map[string]int{"x": 1}
	ap := &[2]string{"a", "b"}
	fmt.Printf("%v %v %v %+v %#v %#v\n", pp, mp, ap, &n.inner, pp, ap)
	fmt.Printf("%v %v\n", &struct{ P *int }{}, []any{&p, pp}[0] == any(&p))
	fmt.Printf("%5v|%-5v|%05d|%+d|%q|%t\n", point{1, 2}, point{1, 2}, point{1, 2}, point{1, 2}, struct{ s string }{"q"}, struct{ b bool }{true})
	fmt.Printf("%6.2f %x %X %v\n", struct{ a, b float64 }{1, 2.555}, struct{ s string }{"hi"}, [2]int{10, 11}, struct{ E error }{errors.New("boom")})
	fmt.Println(p, &p, []point{p}, []*int{nil}, map[string]point{"p": p}, struct{ a any }{p}, n.inner)
	// Keys of maps are sorted, also in an any if they are of one type.
	fmt.Println(map[any]int{"b": 1, "a": 3, "c": 2}, map[float64]string{2: "b", -1: "a"}, map[bool]int{true: 1, false: 0}, map[[2]int]int{{2, 1}: 1, {1, 5}: 2})
	type local struct {
		inner struct{ deep []map[string]point }
	}
	l := local{}
	l.inner.deep = []map[string]point{{"k": p}}
	fmt.Printf("%v %+v %#v\n", l, l, l)
}
