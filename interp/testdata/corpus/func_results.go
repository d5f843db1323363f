//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
)

func divmod(a, b int) (q, r int, err error) {
	if b == 0 {
		err = errors.New("division by zero")
		return
	}
	q = a / b
	r = a - q*b
	return
}

// A deferred function can change named results after return has set them.
func doubled() (n int) {
	defer func() { n *= 2 }()
	n = 3
	return n + 1
}

func unnamed() int {
	n := 3
	defer func() { n *= 2 }()
	return n
}

func safe(f func()) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	f()
	return nil
}

type resource struct {
	name   string
	closed *[]string
	fail   bool
}

func (r resource) Close() error {
	*r.closed = append(*r.closed, r.name)
	if r.fail {
		return errors.New("close " + r.name)
	}
	return nil
}

func use(fail bool, closed *[]string) (n int, err error) {
	for _, name := range []string{"a", "b"} {
		r := resource{name, closed, name == "a"}
		defer func() {
			err = errors.Join(err, r.Close())
			n++
		}()
	}
	if fail {
		return 10, io.ErrUnexpectedEOF
	}
	return 20, nil
}

func shadow(s string) (n int, err error) {
	if n, err := strconv.Atoi(s); err == nil {
		return n * 2, nil
	}
	return n, err
}

func swap[A, B any](a A, b B) (B, A)    { return b, a }
func pass() (string, int)               { return swap(swap("x", 1)) }
func blank() (_ int, _ string, ok bool) { ok = true; return }
func noResult()                         {}
func loop() (i int) {
	for i = 0; ; i++ {
		if i*i > 50 {
			return
		}
	}
}

func conflict() (x int) {
	defer func() { x++ }()
	x = 1
	{
		x := x + 10
		_ = x
	}
	return x * 5
}

func multi() (a, b int, c string) {
	defer func() { a, b = b, a }()
	return 1, 2, "c"
}

func main() {
	fmt.Println(divmod(17, 5))
	fmt.Println(divmod(1, 0))
	fmt.Println(doubled(), unnamed(), conflict())
	fmt.Println(multi())
	fmt.Println(safe(noResult), safe(func() { panic("boom") }), safe(func() { var m map[int]int; m[1] = 1 }))
	var closed []string
	fmt.Println(use(false, &closed))
	n, err := use(true, &closed)
	fmt.Printf("%d %q %v %v\n", n, err.Error(), errors.Is(err, io.ErrUnexpectedEOF), closed)
	fmt.Println(shadow("21"))
	fmt.Println(shadow("x"))
	fmt.Println(pass())
	fmt.Println(blank())
	fmt.Println(loop())

	v, err := strconv.Atoi("12")
	w, err := strconv.Atoi("1x") // err is the same variable, w is new
	fmt.Println(v, w, err)
	_, err = fmt.Sscan("3", &v)
	_, _ = os.Stat("/")
	fmt.Println(v, err)
	f := func() (x, y int) { x, y = 1, 2; return y, x }
	x, y := f()
	fmt.Println(x, y)
	var results [2]int
	results[0], results[1] = f()
	m := map[string]int{}
	m["a"], m["b"], _ = multi()
	fmt.Println(results, m)
	g := func() func() (int, error) { return func() (int, error) { return 1, nil } }
	if n, err := g()(); err == nil && n == 1 {
		fmt.Println("nested call")
	}
}
