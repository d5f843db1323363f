//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strings"
)

func sum(base int, rest ...int) (int, int, bool) {
	for _, v := range rest {
		base += v
	}
	return base, len(rest), rest == nil
}

func overwrite(vs ...string) { vs[0] = "overwritten" }

func anys(vs ...any) string {
	var parts []string
	for _, v := range vs {
		parts = append(parts, fmt.Sprintf("%T", v))
	}
	return fmt.Sprintf("%d[%s]", len(vs), strings.Join(parts, " "))
}

func two() (int, int)             { return 1, 2 }
func three() (int, string, error) { return 7, "s", errors.New("e") }

type option func(*server)
type server struct {
	addr string
	tls  bool
	tags []string
}

func withAddr(a string) option    { return func(s *server) { s.addr = a } }
func withTags(t ...string) option { return func(s *server) { s.tags = append(s.tags, t...) } }
func secure(s *server)            { s.tls = true }
func newServer(opts ...option) *server {
	s := &server{addr: ":80"}
	for _, o := range opts {
		o(s)
	}
	return s
}

type logger struct{ lines []string }

func (l *logger) printf(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}
func (l *logger) infof(format string, args ...any) { l.printf("I "+format, args...) }

func chain[T any](fs ...func(T) T) func(T) T {
	return func(v T) T {
		for _, f := range fs {
			v = f(v)
		}
		return v
	}
}

type ints []int

func main() {
	fmt.Println(sum(1))
	fmt.Println(sum(1, 2, 3))
	fmt.Println(sum(1, []int{}...))
	fmt.Println(sum(1, nil...))
	fmt.Println(sum(0, ints{4, 5}...))
	fmt.Println(sum(two()))

	s := []string{"a", "b"}
	overwrite(s...)
	overwrite(s[1:]...)
	a := "single"
	overwrite(a)
	fmt.Println(s, a)

	fmt.Println(anys(), anys(nil), anys(nil...), anys(1, "a", nil, []int{}), anys([]any{1, 2}), anys([]any{1, 2}...))
	fmt.Println(anys(three()), anys(s), anys(two()), anys(error(nil), any(nil), (*int)(nil)))
	fmt.Println(anys([]any(nil)...), anys([]any(nil)), anys(struct{}{}, [0]int{}))

	fmt.Println(*newServer(), *newServer(withAddr("x"), secure, withTags("t", "u"), withTags()))
	l := &logger{}
	l.infof("%d-%s", 1, "x")
	l.infof("none")
	l.printf("%v %v", []any{1, nil}...)
	fmt.Printf("%q\n", l.lines)
	double := func(n int) int { return n * 2 }
	fmt.Println(chain(double, func(n int) int { return n + 1 }, double)(5), chain[string]()("same"))

	variadic := func(sep string, parts ...string) string { return strings.Join(parts, sep) }
	var f func(string, ...string) string = variadic
	fmt.Printf("%T %s %q\n", f, f("-", "a", "b", "c"), f("-"))
	defer func(vs ...int) { fmt.Println("deferred", vs, len(vs)) }(1, 2, 3)
	done := make(chan string)
	go func(vs ...string) { done <- strings.Join(vs, "+") }("g", "o")
	fmt.Println(<-done)
	m := map[string]func(...float64) int{"n": func(v ...float64) int { return len(v) }}
	fmt.Println(m["n"](1, 2.5, 3), m["n"]())
	big := append([]int{}, append(ints{1}, 2, 3)...)
	fmt.Println(big, append([]any{}, 1, "x", nil), append([][]int{}, []int{1}, nil))
}
