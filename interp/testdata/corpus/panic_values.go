//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
)

type parseError struct {
	line int
	msg  string
}

func (e *parseError) Error() string { return fmt.Sprintf("line %d: %s", e.line, e.msg) }

type parser struct {
	text []string
	line int
}

func (p *parser) fail(format string, args ...any) {
	panic(&parseError{p.line, fmt.Sprintf(format, args...)})
}

func (p *parser) parse() (out map[string]string) {
	out = map[string]string{}
	for i, l := range p.text {
		p.line = i + 1
		key, val, ok := strings.Cut(l, "=")
		switch {
		case !ok:
			p.fail("no = in %q", l)
		case key == "bug":
			var m map[string]int
			m[val]++
		}
		out[key] = val
	}
	return
}

// Parse turns only its own panics into errors.
func Parse(lines ...string) (m map[string]string, err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *parseError:
			m, err = nil, r
		default:
			panic(r)
		}
	}()
	p := parser{text: lines}
	return p.parse(), nil
}

func catch(f func()) (r any) {
	defer func() { r = recover() }()
	f()
	return "no panic"
}

type custom struct{ a, b int }
type stringer string

func (s stringer) String() string { return "<" + string(s) + ">" }

func main() {
	fmt.Println(Parse("a=1", "b=2"))
	_, err := Parse("a=1", "oops")
	var pe *parseError
	fmt.Println(err, errors.As(err, &pe), pe.line)
	r := catch(func() { Parse("bug=x") })
	re, ok := r.(runtime.Error)
	fmt.Println(re, ok)

	for _, v := range []any{1, "text", 2.5, custom{1, 2}, &custom{3, 4}, stringer("s"), io.EOF, []int{1}, func() {}, nil, error(nil)} {
		got := catch(func() { panic(v) })
		switch x := got.(type) {
		case *runtime.PanicNilError:
			fmt.Println("nil:", x, x.Error())
		case func():
			fmt.Println("func", x != nil)
		case *custom:
			fmt.Println("same pointer:", any(x) == v, *x)
		case error:
			fmt.Println("error:", x, x == v)
		case fmt.Stringer:
			fmt.Println("Stringer:", x)
		default:
			fmt.Printf("%T %v\n", x, x)
		}
	}

	wrapped := catch(func() {
		defer func() {
			if r := recover(); r != nil {
				panic(fmt.Errorf("cleanup: %w", r.(error)))
			}
		}()
		panic(io.ErrUnexpectedEOF)
	}).(error)
	fmt.Println(wrapped, errors.Is(wrapped, io.ErrUnexpectedEOF))

	done := make(chan string, 4)
	go func() {
		defer close(done)
		defer func() { done <- fmt.Sprint("recover gives ", recover()) }()
		func() {
			defer func() { done <- "deferred" }()
			runtime.Goexit()
		}()
		done <- "not reached"
	}()
	for s := range done {
		fmt.Println(s)
	}
	type frame struct{ depth int }
	var dive func(n int)
	dive = func(n int) {
		if n == 0 {
			panic(frame{0})
		}
		defer func() {
			f := recover().(frame)
			f.depth++
			panic(f)
		}()
		dive(n - 1)
	}
	fmt.Println(catch(func() { dive(50) }))
	fmt.Println(catch(func() { panic(fmt.Sprintf("%05.1f", 3.14159)) }), catch(func() {}))
}
