//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

type field struct{ name, value string }
type fieldError struct {
	field
	reason error
}

func (e fieldError) Error() string { return fmt.Sprintf("%s=%q: %v", e.name, e.value, e.reason) }
func (e fieldError) Unwrap() error { return e.reason }

var (
	errRequired = errors.New("required")
	errTooLong  = errors.New("too long")
)

type rule func(string) error

func required(s string) error {
	if s == "" {
		return errRequired
	}
	return nil
}
func maxLen(n int) rule {
	return func(s string) error {
		if len(s) > n {
			return fmt.Errorf("%w: %d over %d", errTooLong, len(s), n)
		}
		return nil
	}
}
func number(s string) error { _, err := strconv.Atoi(s); return err }

func validate(fields []field, rules map[string][]rule) error {
	var errs []error
	for _, f := range fields {
		for _, r := range rules[f.name] {
			if err := r(f.value); err != nil {
				errs = append(errs, fieldError{f, err})
				break
			}
		}
	}
	return errors.Join(errs...)
}

// An errWriter keeps the first error and does nothing after it.
type errWriter struct {
	w   io.Writer
	err error
	n   int
}

func (e *errWriter) printf(format string, args ...any) *errWriter {
	if e.err == nil {
		var n int
		n, e.err = fmt.Fprintf(e.w, format, args...)
		e.n += n
	}
	return e
}

type limited struct {
	strings.Builder
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if len(p) > l.left {
		n, _ := l.Builder.Write(p[:l.left])
		l.left = 0
		return n, io.ErrShortWrite
	}
	l.left -= len(p)
	return l.Builder.Write(p)
}

type step struct {
	name string
	do   func() error
	undo func()
}

func transact(steps ...step) (err error) {
	var undo []func()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
		if err != nil {
			for i := len(undo) - 1; i >= 0; i-- {
				undo[i]()
			}
		}
	}()
	for i, s := range steps {
		if err := s.do(); err != nil {
			return fmt.Errorf("step %d (%s): %w", i+1, s.name, err)
		}
		if s.undo != nil {
			undo = append(undo, s.undo)
		}
	}
	return nil
}

func status(err error) string {
	var fe fieldError
	var ne *strconv.NumError
	switch {
	case err == nil:
		return "ok"
	case errors.Is(err, errRequired):
		return "missing"
	case errors.As(err, &ne):
		return "not a number: " + ne.Num
	case errors.As(err, &fe):
		return "bad " + fe.name
	default:
		return "unknown"
	}
}

func main() {
	rules := map[string][]rule{"name": {required, maxLen(5)}, "age": {required, number}}
	for _, fs := range [][]field{{{"name", "ann"}, {"age", "30"}}, {{"name", ""}}, {{"name", "too long a name"}}, {{"age", "x"}, {"name", "bob"}}, {{"name", "abcdef"}, {"age", ""}}} {
		err := validate(fs, rules)
		fmt.Printf("%s | %v\n", status(err), strings.ReplaceAll(fmt.Sprint(err), "\n", " & "))
	}
	l := &limited{left: 12}
	w := &errWriter{w: l}
	w.printf("%s-", "first").printf("%d-", 42).printf("%s", "too much now").printf("never")
	fmt.Println(l.String(), w.n, w.err, errors.Is(w.err, io.ErrShortWrite))

	var log []string
	mk := func(name string, fail error) step {
		return step{name, func() error { log = append(log, "+"+name); return fail }, func() { log = append(log, "-"+name) }}
	}
	fmt.Println(transact(mk("a", nil), mk("b", nil)), log)
	log = nil
	fmt.Println(transact(mk("a", nil), mk("b", nil), mk("c", errTooLong), mk("d", nil)), log)
	log = nil
	fmt.Println(transact(mk("a", nil), step{"boom", func() error { var m map[string]int; m["x"]++; return nil }, nil}), log)

}
