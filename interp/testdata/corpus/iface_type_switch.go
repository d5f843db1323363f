//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

type myInt int
type shape interface{ area() int }
type sq struct{ n int }
type named interface{ name() string }

func (s sq) area() int     { return s.n * s.n }
func (s *sq) name() string { return fmt.Sprint("sq", s.n) }

func classify(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case int:
		return fmt.Sprint("int ", x+1)
	case int8, int16, uint8:
		return fmt.Sprintf("small %T %v", x, x)
	case myInt:
		return fmt.Sprint("myInt ", int(x)*2)
	case float64:
		return fmt.Sprintf("float %.2f", x/3)
	case bool, string:
		return fmt.Sprintf("%T", x)
	case []int:
		return fmt.Sprint("ints ", len(x))
	case [2]string:
		return x[0] + x[1]
	case map[string]any:
		return "object " + classify(x["k"])
	case []any:
		s := "list"
		for _, e := range x {
			s += " (" + classify(e) + ")"
		}
		return s
	case func(int) int:
		return fmt.Sprint("func ", x(20))
	case chan int:
		return fmt.Sprint("chan ", cap(x))
	case <-chan int:
		return "receive-only"
	case *int:
		*x++
		return fmt.Sprint("pointer ", *x)
	case struct{ A int }:
		return fmt.Sprint("anonymous ", x.A)
	case error:
		return "error " + x.Error()
	case named:
		return "named " + x.name()
	case shape:
		return fmt.Sprint("shape ", x.area())
	case fmt.Stringer:
		return "Stringer " + x.String()
	case io.Reader:
		return "Reader"
	default:
		return fmt.Sprintf("other %T", x)
	}
}

func status(err error) int {
	switch err := err.(type) {
	case nil:
		return 200
	case *fs.PathError:
		if errors.Is(err.Err, fs.ErrNotExist) {
			return 404
		}
		return 403
	case interface{ Timeout() bool }:
		return 504
	}
	return 500
}

type slow struct{ error }

func (slow) Timeout() bool { return true }

func main() {
	n := 41
	var nilPtr *sq
	for _, v := range []any{nil, 1, int8(-1), uint8(200), myInt(4), 1.0, true, "s", []int{1, 2}, [2]string{"a", "b"},
		map[string]any{"k": []any{nil, 2.5}}, func(n int) int { return n + 1 }, make(chan int, 3), (<-chan int)(nil), &n,
		struct{ A int }{7}, io.EOF, sq{3}, &sq{4}, time.Second, os.Stdin, struct{}{}, new(any), uint(1), 'x', nilPtr != nil, []string{}} {
		fmt.Println(classify(v))
	}
	fmt.Println(n)
	_, err := os.Open("/no/such/file/anywhere")
	fmt.Println(status(nil), status(err), status(slow{io.EOF}), status(io.EOF))

	// The guard may be without a name, have a statement before it, and cases in any order.
	switch v := any(n); v.(type) {
	default:
		fmt.Println("not text")
	case string:
		fmt.Println("text")
	}
	switch v := any(n).(type) {
	case int, string:
		var same any = v
		fmt.Println(same == any(42))
		break
	}
	var s shape = &sq{2}
	switch s := s.(type) {
	case sq:
		fmt.Println("value", s.n)
	case *sq:
		s.n++
		fmt.Println("pointer", s.n, s.area())
	}
	fmt.Println(s.area())
}
