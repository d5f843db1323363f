//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
)

type myErr struct{ code int }

func (e *myErr) Error() string {
	if e == nil {
		return "nil myErr"
	}
	return fmt.Sprint("code ", e.code)
}

func typedNil() error {
	var e *myErr
	return e
}

func trulyNil(fail bool) error {
	if fail {
		return &myErr{1}
	}
	return nil
}

func named() (err error) { return }

type list struct {
	val  int
	next *list
}

func (l *list) sum() int {
	if l == nil {
		return 0
	}
	return l.val + l.next.sum()
}

type handler interface{ handle() string }
type handlerFunc func() string

func (f handlerFunc) handle() string {
	if f == nil {
		return "nil func"
	}
	return f()
}

func main() {
	err := typedNil()
	fmt.Println(err == nil, err != nil, err.Error(), trulyNil(false) == nil, trulyNil(true), named() == nil)
	var p *myErr
	fmt.Println(p == nil, error(p) == nil, error(p) == error((*myErr)(nil)), any(p) == any((*list)(nil)), any(nil) == nil)
	fmt.Printf("%v %T %T %v\n", nil, nil, err, any(err) == any(p))

	var l *list
	fmt.Println(l.sum(), (&list{1, &list{2, nil}}).sum())
	var h handler = handlerFunc(nil)
	fmt.Println(h != nil, h.handle(), handlerFunc(func() string { return "called" }).handle())

	var r io.Reader
	var f *os.File
	fmt.Println(r == nil, f == nil)
	r = f
	fmt.Println(r == nil, r == (*os.File)(nil))
	_, err = r.Read(nil)
	fmt.Println(err, errors.Is(err, os.ErrInvalid))

	var any1, any2 any
	fmt.Println(any1 == any2, any1 == any(0))
	any1, any2 = []int(nil), (*int)(nil)
	fmt.Println(any1 == nil, any2 == nil, any1.([]int) == nil, any2.(*int) == nil)
	m := map[string]error{"a": nil}
	e, ok := m["a"]
	e2, ok2 := m["b"]
	fmt.Println(e, ok, e2, ok2, e == e2)
	errs := []error{nil, typedNil(), io.EOF}
	count := 0
	for _, e := range errs {
		if e != nil {
			count++
		}
	}
	fmt.Println(count, errors.Join(nil, nil) == nil, errors.Unwrap(io.EOF) == nil)

	try := func(f func()) {
		defer func() { fmt.Println("recovered:", recover()) }()
		f()
	}
	try(func() { var h handler; h.handle() })
	try(func() { _ = p.code })
	try(func() { var fn func(); fn() })
	try(func() { var e error; _ = e.Error() })
	try(func() { var arr *[3]int; arr[1] = 2 })
	try(func() {
		var arr *[3]int
		fmt.Println("len", len(arr))
		for i := range arr {
			fmt.Print(i)
		}
	})
	try(func() { var pp **int; **pp = 1 })
	try(func() { var l *list; l.next.val = 1 })
	try(func() { var s *string; fmt.Println(*s) })
	try(func() { var c chan int; fmt.Println(len(c), cap(c)); close(c) })
}
