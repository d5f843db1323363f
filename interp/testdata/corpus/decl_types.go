//go:build ignore

package main

import (
	"fmt"
	"sort"
	"strings"
)

type (
	Celsius   float64
	Temp      = Celsius // another name, not another type
	Names     []string
	Lookup    map[string]Names
	Handler   func(string) (string, error)
	Pipe      chan<- int
	Ref       *Point
	Point     struct{ X, Y int }
	Point3    Point // has no methods of Point
	Shape     interface{ Area() float64 }
	Matrix    [2][2]int
	Recursive []Recursive
	Linked    struct {
		next *Linked
		val  rune
	}
	Fn                func(Fn) int
	Set[T comparable] map[T]struct{}
	StringSet         = Set[string]
)

func (p Point) Area() float64      { return float64(p.X * p.Y) }
func (t Temp) Hot() bool           { return t > 30 }
func (n Names) Len() int           { return len(n) }
func (n Names) Less(i, j int) bool { return len(n[i]) < len(n[j]) }
func (n Names) Swap(i, j int)      { n[i], n[j] = n[j], n[i] }
func (r Recursive) depth() (d int) {
	for _, c := range r {
		d = max(d, c.depth())
	}
	return d + 1
}
func (s Set[T]) add(vs ...T) Set[T] {
	for _, v := range vs {
		s[v] = struct{}{}
	}
	return s
}
func (h Handler) twice() Handler {
	return func(s string) (string, error) {
		s, err := h(s)
		if err != nil {
			return s, err
		}
		return h(s)
	}
}

func first() any {
	type local struct{ a int }
	return local{1}
}

func second() any {
	type local struct{ a int }
	return local{1}
}

func main() {
	var t Temp = 31
	var c Celsius = t
	fmt.Printf("%T %v %v %T\n", t, c.Hot(), Temp(20).Hot(), Temp.Hot)
	n := Names{"ccc", "a", "bb"}
	sort.Sort(n)
	var plain []string = n
	plain = append(plain, "dddd")
	fmt.Println(n, Names(plain).Len(), strings.Join(n, "+"), sort.IsSorted(Names(plain)))
	l := Lookup{"k": n}
	l["k"][0] = "shared"
	l["new"] = append(l["new"], "x")
	fmt.Println(l, n[0])

	h := Handler(func(s string) (string, error) { return s + "!", nil })
	out, _ := h.twice().twice()("hey")
	fmt.Println(out)
	var p Point = Point{2, 3}
	var r Ref = &p
	r.X = 10
	p3 := Point3(p)
	p3.Y++
	_, isShape := any(p3).(Shape)
	_, isShape2 := any(p).(Shape)
	fmt.Println(p.Area(), isShape, isShape2, Point(p3).Area(), r.Y, (*Point)(r).Area())
	m := Matrix{{1, 2}, {3, 4}}
	for i := range m {
		m[i][i] = -m[i][i]
	}
	fmt.Println(m, Recursive{{}, {{}, {{}}}}.depth(), Recursive(nil).depth())

	var list *Linked
	for _, ch := range "abc" {
		list = &Linked{list, ch}
	}
	for ; list != nil; list = list.next {
		fmt.Print(string(list.val))
	}
	var f Fn = func(g Fn) int {
		if g == nil {
			return 42
		}
		return g(nil) + 1
	}
	fmt.Println(f(f))
	var s StringSet = Set[string]{}.add("a", "b", "a")
	fmt.Println(len(s), s)
	pipe := make(chan int, 1)
	Pipe(pipe) <- 5
	fmt.Println(<-pipe, first() == second(), first() == first())
	fmt.Printf("%T %T %T %T %T %T %T\n", first(), r, pipe, m, l, list, h)
	fmt.Printf("%v %+v %T\n", p3, p3, s)
	var b1 byte = 'x'
	var b2 uint8 = b1
	var r1 rune = 'y'
	var r2 int32 = r1
	var e interface{} = any(b2)
	fmt.Printf("%T %T %T\n", b2, r2, e)
	type own string
	type own2 own
	type bytes []byte
	fmt.Println(own2(own("conv")), string(own2("x")), []byte(own("hi")), string(bytes("b")), own(bytes("c")), []rune(own("é")))
}
