//go:build ignore

package main

import (
	"fmt"
	"io"
	"strings"
)

type reader interface{ Read() string }
type closer interface{ Close() error }
type readCloser interface {
	reader
	closer
}
type closeReader interface {
	closer
	reader
	Read() string // declared twice, and the same
}
type device interface {
	readCloser
	closeReader
	fmt.Stringer
}

type file struct {
	data   []string
	closed bool
}

func (f *file) Read() string {
	if len(f.data) == 0 {
		return ""
	}
	s := f.data[0]
	f.data = f.data[1:]
	return s
}
func (f *file) Close() error {
	if f.closed {
		return fmt.Errorf("%v: already closed", f)
	}
	f.closed = true
	return nil
}
func (f file) String() string { return fmt.Sprintf("file(%d)", len(f.data)) }

type number interface{ ~int | ~float64 }
type printable interface {
	number
	fmt.Stringer
}
type meters float64

func (m meters) String() string { return fmt.Sprintf("%gm", float64(m)) }

func total[T printable](vs ...T) string {
	var sum T
	for _, v := range vs {
		sum += v
	}
	return sum.String()
}

type visitor interface {
	num(int) visitor
	text(string) visitor
}
type expr interface{ accept(visitor) visitor }
type num int
type text string
type seq []expr

func (n num) accept(v visitor) visitor  { return v.num(int(n)) }
func (t text) accept(v visitor) visitor { return v.text(string(t)) }
func (s seq) accept(v visitor) visitor {
	for _, e := range s {
		v = e.accept(v)
	}
	return v
}

type counting struct{ nums, texts int }

func (c counting) num(n int) visitor     { c.nums += n; return c }
func (c counting) text(s string) visitor { c.texts += len(s); return c }

type printing struct{ *strings.Builder }

func (p printing) num(n int) visitor     { fmt.Fprintf(p, "%d;", n); return p }
func (p printing) text(s string) visitor { p.WriteString(s + ";"); return p }

func main() {
	var d device = &file{data: []string{"a", "b"}}
	var rc readCloser = d
	var cr closeReader = rc // method sets are the same
	fmt.Println(rc.Read(), cr.Read(), d.Read() == "", d)
	fmt.Println(cr.Close(), rc.Close())
	_, isDevice := reader(d).(device)
	_, isIO := any(d).(io.Closer)
	_, isReader := any(d).(io.Reader)
	fmt.Println(isDevice, isIO, isReader, any(rc) == any(cr))

	var c interface {
		closer
		interface{ Read() string }
	} = cr
	fmt.Printf("%T %v\n", c, c)
	fmt.Println(total(meters(1.5), 2, 3), total[meters]())

	prog := seq{num(1), text("two"), seq{num(3), seq{}, text("four")}, seq(nil)}
	fmt.Println(prog.accept(counting{}))
	fmt.Println(prog.accept(printing{&strings.Builder{}}))
	var e1 expr = num(1)
	v := e1.accept
	fmt.Println(v(counting{nums: 41}).(counting).nums)
	type stringers []fmt.Stringer
	for _, s := range (stringers{meters(2), file{}, &file{data: make([]string, 3)}}) {
		fmt.Print(s, " ", s.String() == fmt.Sprint(s), " ")
	}
	fmt.Println()
}
