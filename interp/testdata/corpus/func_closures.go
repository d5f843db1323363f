//go:build ignore

package main

import (
	"fmt"
	"sort"
	"strings"
)

func counter() (inc func() int, reset func(to int)) {
	n := 0
	return func() int { n++; return n }, func(to int) { n = to }
}

func fibonacci() func() int {
	a, b := 0, 1
	return func() (v int) {
		v, a, b = a, b, a+b
		return
	}
}

type event struct {
	name string
	fn   func(args ...any) string
}

type bus struct{ handlers map[string][]func(string) }

func (b *bus) on(topic string, f func(string)) (off func()) {
	b.handlers[topic] = append(b.handlers[topic], f)
	i := len(b.handlers[topic]) - 1
	return func() { b.handlers[topic][i] = nil }
}

func (b *bus) emit(topic, msg string) {
	for _, h := range b.handlers[topic] {
		if h != nil {
			h(msg)
		}
	}
}

func memoize(f func(self func(int) int, n int) int) func(int) int {
	cache := map[int]int{}
	var g func(int) int
	g = func(n int) int {
		if v, ok := cache[n]; ok {
			return v
		}
		v := f(g, n)
		cache[n] = v
		return v
	}
	return g
}

func main() {
	inc, reset := counter()
	other, _ := counter()
	inc()
	inc()
	reset(10)
	fmt.Println(inc(), other(), inc())

	f := fibonacci()
	for range 10 {
		fmt.Print(f(), " ")
	}
	fmt.Println()

	// Closures share the variable, not its value.
	x := 1
	get, set := func() int { return x }, func(v int) { x = v }
	x = 2
	fmt.Print(get(), " ")
	set(3)
	fmt.Println(x, get())
	p := &x
	*p = 4
	fmt.Println(get())
	func() {
		x := x * 10
		x++
		fmt.Println(x, get())
	}()

	b := &bus{map[string][]func(string){}}
	var log []string
	off := b.on("a", func(s string) { log = append(log, "1:"+s) })
	b.on("a", func(s string) { log = append(log, "2:"+s) })
	b.emit("a", "x")
	off()
	b.emit("a", "y")
	b.emit("none", "z")
	fmt.Println(log)

	calls := 0
	fib := memoize(func(self func(int) int, n int) int {
		calls++
		if n < 2 {
			return n
		}
		return self(n-1) + self(n-2)
	})
	fmt.Println(fib(50), calls)

	events := []event{{"join", func(a ...any) string { return fmt.Sprint(a...) }}, {"count", func(a ...any) string { return fmt.Sprint(len(a)) }}}
	for _, e := range events {
		fmt.Print(e.name, "=", e.fn(1, "b", nil), " ")
	}
	fmt.Println(func(a, b int) int { return a*b + x }(6, 7))

	adders := map[string]func(int) int{}
	for i, name := range []string{"zero", "one", "two"} {
		adders[name] = func(n int) int { i += n; return i }
	}
	adders["two"](5)
	fmt.Println(adders["zero"](1), adders["one"](1), adders["two"](1))

	words := strings.Fields("banana kiwi apple fig")
	less := map[bool]func(i, j int) bool{
		true:  func(i, j int) bool { return words[i] < words[j] },
		false: func(i, j int) bool { return len(words[i]) < len(words[j]) },
	}
	for _, by := range []bool{true, false} {
		sort.SliceStable(words, less[by])
		fmt.Println(words)
	}
	var even, odd func(uint) bool
	even = func(n uint) bool { return n == 0 || odd(n-1) }
	odd = func(n uint) bool { return n != 0 && even(n-1) }
	fmt.Println(even(10), odd(10), even(7))
}
