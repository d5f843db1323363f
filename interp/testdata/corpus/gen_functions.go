//go:build ignore

package main

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func Map[T, U any](s []T, f func(T) U) []U {
	out := make([]U, 0, len(s))
	for _, v := range s {
		out = append(out, f(v))
	}
	return out
}

func Filter[S ~[]E, E any](s S, keep func(E) bool) (out S) {
	for _, v := range s {
		if keep(v) {
			out = append(out, v)
		}
	}
	return
}

func Reduce[T, A any](s []T, acc A, f func(A, T) A) A {
	for _, v := range s {
		acc = f(acc, v)
	}
	return acc
}

func GroupBy[K comparable, V any](s []V, key func(V) K) map[K][]V {
	m := make(map[K][]V)
	for _, v := range s {
		k := key(v)
		m[k] = append(m[k], v)
	}
	return m
}

func Keys[M ~map[K]V, K cmp.Ordered, V any](m M) []K {
	keys := make([]K, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func Zip[A, B any](as []A, bs []B) (out []struct {
	First  A
	Second B
}) {
	for i := range min(len(as), len(bs)) {
		out = append(out, struct {
			First  A
			Second B
		}{as[i], bs[i]})
	}
	return
}

func Try[A, B any](s []A, f func(A) (B, error)) ([]B, error) {
	var errs []error
	out := Map(s, func(a A) B {
		b, err := f(a)
		errs = append(errs, err)
		return b
	})
	return out, errors.Join(errs...)
}

func Compose[A, B, C any](f func(A) B, g func(B) C) func(A) C { return func(a A) C { return g(f(a)) } }
func Ptr[T any](v T) *T                                       { return &v }
func Or[T comparable](vals ...T) (zero T) {
	for _, v := range vals {
		if v != zero {
			return v
		}
	}
	return
}
func Must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
func Chunk[T any](s []T, n int) (out [][]T) {
	for len(s) > n {
		out, s = append(out, s[:n]), s[n:]
	}
	return append(out, s)
}

type words []string

func (w words) longest() string {
	return slices.MaxFunc(w, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
}

func main() {
	nums := []int{1, 2, 3, 4, 5, 6}
	even := Filter(nums, func(n int) bool { return n%2 == 0 })
	fmt.Println(even, Map(even, strconv.Itoa), Map(nums[:2], func(n int) float64 { return float64(n) / 4 }))
	fmt.Println(Reduce(nums, "", func(s string, n int) string { return s + strconv.Itoa(n) }), Reduce(nums, 1.5, func(a float64, n int) float64 { return a * float64(n) }))
	w := Filter(words{"go", "far", "side", "a"}, func(s string) bool { return len(s) > 1 })
	fmt.Println(w.longest(), len(w))
	groups := GroupBy(w, func(s string) int { return len(s) })
	for _, k := range Keys(groups) {
		fmt.Print(k, groups[k], " ")
	}
	fmt.Printf("%+v\n", Zip([]string{"a", "b", "c"}, []rune{'x', 'y'}))
	fmt.Println(Try([]string{"1", "2"}, strconv.Atoi))
	out, err := Try([]string{"1", "x", ""}, strconv.Atoi)
	fmt.Printf("%v %q\n", out, err)
	shout := Compose(strings.TrimSpace, Compose(strings.ToUpper, func(s string) []byte { return []byte(s + "!") }))
	fmt.Println(string(shout("  hey ")), *Ptr("p"), *Ptr(3)+1, Or("", "b", "c"), Or(0, 0), Or[error](nil, nil) == nil)
	fmt.Println(Must(strconv.ParseBool("true")), Chunk(nums, 4), Chunk([]byte("abcd"), 2))
	func() {
		defer func() { fmt.Println(recover()) }()
		Must(strconv.Atoi("bad"))
	}()
	fmt.Printf("%T %T %T\n", Map[int, string], Filter[words], Zip[int, error](nil, nil))
}
