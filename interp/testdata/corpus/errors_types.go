//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
)

var ErrBase = errors.New("base")

type queryError struct {
	query string
	err   error
}

func (e *queryError) Error() string { return e.query + ": " + e.err.Error() }
func (e *queryError) Unwrap() error { return e.err }

type code int

func (c code) Error() string        { return fmt.Sprintf("code %d", int(c)) }
func (c code) Is(target error) bool { return target == ErrBase && c >= 500 }

type temporary interface {
	error
	Temporary() bool
}
type netErr struct{ temp bool }

func (n netErr) Error() string   { return "net" }
func (n netErr) Temporary() bool { return n.temp }

// A multi holds several, and says which it stands for.
type multi []error

func (m multi) Error() string {
	var parts []string
	for _, e := range m {
		parts = append(parts, e.Error())
	}
	return strings.Join(parts, "|")
}
func (m multi) Unwrap() []error { return m }

// A chameleon turns itself into what is asked for.
type chameleon struct{}

func (chameleon) Error() string { return "chameleon" }
func (chameleon) As(target any) bool {
	switch t := target.(type) {
	case *code:
		*t = 418
	case **queryError:
		*t = &queryError{"from a chameleon", io.EOF}
	default:
		return false
	}
	return true
}

type withStack struct {
	error
	stack []string
}

func (w withStack) Unwrap() error { return w.error }

func main() {
	err := fmt.Errorf("layer 2: %w", &queryError{"SELECT", fmt.Errorf("layer 1: %w", ErrBase)})
	fmt.Println(err, errors.Is(err, ErrBase), errors.Is(err, io.EOF), errors.Unwrap(errors.Unwrap(errors.Unwrap(err))))
	var qe *queryError
	fmt.Println(errors.As(err, &qe), qe.query, qe.err)

	fmt.Println(errors.Is(code(503), ErrBase), errors.Is(code(404), ErrBase), errors.Is(code(404), code(404)), errors.Is(fmt.Errorf("x: %w", code(1)), code(2)))
	var c code
	fmt.Println(errors.As(fmt.Errorf("wrapped: %w", code(7)), &c), c, int(c))
	var t temporary
	fmt.Println(errors.As(fmt.Errorf("wrapped: %w", netErr{true}), &t) && t.Temporary(), errors.As(err, &t))

	both := fmt.Errorf("two: %w and %w", io.EOF, code(500))
	fmt.Println(both, errors.Is(both, io.EOF), errors.Is(both, ErrBase), errors.Unwrap(both) == nil)
	m := multi{code(1), multi{&queryError{"q", fs.ErrExist}}, errors.New("last")}
	fmt.Println(m, errors.Is(m, fs.ErrExist), errors.As(m, &qe), qe.query, errors.Is(m, os.ErrExist))

	joined := errors.Join(nil, io.EOF, nil, m)
	fmt.Printf("%q %v %v %d\n", joined, errors.Is(joined, code(1)), errors.Join() == nil, len(joined.(interface{ Unwrap() []error }).Unwrap()))
	joined = errors.Join(joined, err)
	fmt.Println(errors.Is(joined, ErrBase), strings.Count(joined.Error(), "\n"))

	fmt.Println(errors.As(fmt.Errorf("%w", chameleon{}), &c), c, errors.As(chameleon{}, &qe), qe)
	// AsType since Go 1.26.
	if e, ok := errors.AsType[*queryError](err); ok {
		fmt.Println("AsType:", e.query)
	}
	_, ok := errors.AsType[code](err)
	e3, ok3 := errors.AsType[temporary](errors.Join(err, netErr{}))
	fmt.Println(ok, e3, ok3)

	ws := withStack{io.ErrShortWrite, []string{"f", "g"}}
	fmt.Println(ws, errors.Is(ws, io.ErrShortWrite), fmt.Errorf("no verb: %v", io.EOF) == nil, errors.Unwrap(fmt.Errorf("%v", io.EOF)))

	_, err = os.Open("no/such/file")
	var pe *fs.PathError
	fmt.Println(errors.As(err, &pe), pe.Op, pe.Path, errors.Is(err, fs.ErrNotExist), os.IsNotExist(err), errors.Is(err, fs.ErrPermission))
	_, err = strconv.Atoi("99999999999999999999")
	var ne *strconv.NumError
	fmt.Println(errors.As(err, &ne), ne.Func, ne.Num, ne.Err == strconv.ErrRange, err)
	fmt.Println(errors.Is(nil, nil), errors.Is(nil, io.EOF), errors.Is(io.EOF, nil), errors.As(nil, &qe))
	try := func(f func()) {
		defer func() { fmt.Println(recover()) }()
		f()
	}
	try(func() { var target any = c; errors.As(io.EOF, target) })
	try(func() { var p *error; fmt.Println(errors.As(io.EOF, any(p))) })
	fmt.Println(errors.Is(multi{nilable()}, io.EOF), fmt.Sprintf("%v %d %+v %s", code(3), code(3), &queryError{"q", code(4)}, ws.stack))
}

func nilable() error { return io.EOF }
