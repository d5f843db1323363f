//go:build ignore

package main

import (
	"cmp"
	"fmt"
	"sort"
	"strings"
)

type Signed interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}
type Unsigned interface {
	~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}
type Integer interface{ Signed | Unsigned }
type Float interface{ ~float32 | ~float64 }
type Number interface{ Integer | Float }
type Text interface{ ~string | ~[]byte }

type Celsius float32
type Cents int64
type ID string

func (c Celsius) String() string { return fmt.Sprintf("%.1fC", float32(c)) }
func (c Cents) String() string   { return fmt.Sprintf("$%d.%02d", c/100, c%100) }

func Sum[T Number](vs ...T) (s T) {
	for _, v := range vs {
		s += v
	}
	return
}
func Abs[T Signed | Float](v T) T {
	if v < 0 {
		return -v
	}
	return v
}
func Mean[T Number](vs ...T) float64 { return float64(Sum(vs...)) / float64(len(vs)) }
func GCD[T Integer](a, b T) T {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
func Bits[T Unsigned](v T) (n int) {
	for ; v > 0; v &= v - 1 {
		n++
	}
	return
}
func Max[T cmp.Ordered](a T, rest ...T) T {
	for _, v := range rest {
		a = max(a, v)
	}
	return a
}

type Describer interface {
	Number
	fmt.Stringer
}

func Describe[T Describer](vs ...T) string {
	var parts []string
	for _, v := range vs {
		parts = append(parts, (v + v/2).String())
	}
	return strings.Join(parts, " ")
}

func Count[T Text](s T, c byte) (n int) {
	for i := 0; i < len(s); i++ {
		if s[i] == c {
			n++
		}
	}
	return
}
func Convert[To, From Number](f From) To { return To(f) }
func Sorted[S ~[]E, E interface {
	comparable
	Less(E) bool
}](s S) S {
	sort.Slice(s, func(i, j int) bool { return s[i].Less(s[j]) })
	out := s[:0]
	for i, v := range s {
		if i == 0 || v != s[i-1] {
			out = append(out, v)
		}
	}
	return out
}

type version struct{ major, minor int }

func (v version) Less(o version) bool {
	return v.major < o.major || v.major == o.major && v.minor < o.minor
}

func Index[T comparable](s []T, want T) int {
	for i, v := range s {
		if v == want {
			return i
		}
	}
	return -1
}

func Wrap[T Integer](v T) T { v--; return v * v }

func main() {
	fmt.Println(Sum(1, 2, 3), Sum(1.5, 2), Sum[uint8](200, 100), Sum[Celsius](1.5, 2), Sum[Cents](), Sum([]int8{127, 1}...))
	fmt.Println(Abs(-3), Abs(-2.5), Abs(Cents(-150)), Abs[int8](-128), Mean(1, 2), Mean[Celsius](1, 2))
	fmt.Println(GCD(12, 18), GCD[uint16](100, 75), Bits(uint8(0xf1)), Bits(^uint64(0)))
	fmt.Println(Max(1, 3, 2), Max("b", "abc"), Max(ID("x"), "y"), Max(2.5))
	fmt.Println(Describe(Celsius(2), 3.5), Describe(Cents(250)))
	fmt.Println(Count("banana", 'a'), Count([]byte("xx"), 'x'), Count(ID("id"), 'i'))
	fmt.Println(Convert[int](3.99), Convert[uint8](int32(300)), Convert[Celsius](7), Convert[float64](Cents(5)), Convert[int8](uint16(0xff80)))
	fmt.Println(Sorted([]version{{1, 2}, {1, 0}, {0, 9}, {1, 2}}))
	fmt.Println(Index([]string{"a", "b"}, "b"), Index([]any{1, "x", nil}, any("x")), Index([]version{{1, 1}}, version{1, 1}), Index([][2]int{{1, 2}}, [2]int{2, 1}))
	fmt.Println(Wrap[uint8](0), Wrap[int8](-128), Wrap[uint](1), Wrap(Cents(11)))
	func() {
		defer func() { fmt.Println(recover()) }()
		Index([]any{[]int{1}}, any([]int{1}))
	}()
}
