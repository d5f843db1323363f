//go:build ignore

package main

import (
	"fmt"
	"strings"
)

var trace []string

func t[T any](name string, v T) T { trace = append(trace, name); return v }
func show()                       { fmt.Println(strings.Join(trace, " ")); trace = nil }

type obj struct{ name string }

func (o *obj) do(n int) *obj { trace = append(trace, fmt.Sprint(o.name, n)); return o }
func mk(name string) *obj    { return t("mk"+name, &obj{name}) }
func pair(a, b string) (int, int) {
	trace = append(trace, a+b)
	return 1, 2
}

func main() {
	// Calls, receives and logical operators happen from left to right.
	_ = t("a", 1) + t("b", 2)*t("c", 3)
	show()
	_ = []int{t("x", 1), t("y", 2), 5: t("z", 3)}
	_ = map[string]int{t("k1", "k"): t("v1", 1), t("k2", "l"): t("v2", 2)}
	show()
	mk("p").do(t("1", 1)).do(t("2", 2))
	show()
	_ = t("f", func(a, b int) int { return t("body", a+b) })(t("arg1", 1), t("arg2", 2))
	show()
	_ = t("false", false) && t("never", true) || t("then", true) || t("never", true)
	_ = !t("not", true) || t("right", 3) > t("more", 2)
	show()
	ch := make(chan int, 3)
	ch <- t("s1", 1)
	t("chan", ch) <- t("s2", 2)
	_ = t("before", <-ch) - t("after", <-ch)
	show()

	// Assignment: operands of indexes and pointers first, then from left to right.
	i := 0
	arr := []int{10, 20, 30}
	i, arr[i] = 2, 99
	fmt.Println(i, arr)
	i = 0
	arr[i], i = 1, 2
	fmt.Println(i, arr)
	arr[0], arr[0] = 5, 6
	fmt.Println(arr)
	m := map[string][]int{"a": {0, 0}}
	m[t("key", "a")][t("index", 1)], *t("ptr", &i) = t("v", 7), t("w", 8)
	show()
	fmt.Println(m, i)
	p := &arr[1]
	arr, *p = []int{7, 7, 7}, 1000
	fmt.Println(arr, *p)
	x, y, z := 1, 2, 3
	x, y, z = z, x, y
	fmt.Println(x, y, z)
	a, b := pair(t("l", "l"), t("r", "r"))
	arr[t("i0", 0)], arr[t("i1", 1)] = pair("q", "s")
	show()
	fmt.Println(a, b, arr)

	arr[t("op", 2)] += t("val", 5)
	arr[func() int { trace = append(trace, "once"); return 0 }()]++
	show()
	fmt.Println(arr)

	// A panic half way leaves what was done before it.
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		var nilMap map[string]int
		x, nilMap["k"] = 100, t("evaluated", 1)
	}()
	fmt.Println(x)
	show()
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		arr[t("bad", 9)] = t("still", 1)
	}()
	show()
	defer fmt.Println(t("deferred arg", "end"))
	show()
	switch t("tag", 2) {
	case t("c1", 1), t("c2", 2), t("c3", 3):
		t("hit", 0)
	case t("c4", 4):
	}
	for i := t("init", 0); t("cond", i < 1); i += t("post", 1) {
		t("loop", 0)
	}
	show()
	_ = arr[t("lo", 0):t("hi", 2):t("max", 3)]
	_ = any(t("iface", any(1))).(int) + len(t("str", "abc"))
	_ = struct{ a, b int }{b: t("fb", 1), a: t("fa", 2)}
	show()
}
