//go:build ignore

package main

import (
	"fmt"
	"math"
	"strings"
)

type Int interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64
}
type Float interface{ ~float32 | ~float64 }
type Number interface{ Int | Float }

type vec[T Number] [3]T

func (v vec[T]) dot(o vec[T]) (s T) {
	for i := range v {
		s += v[i] * o[i]
	}
	return
}
func (v vec[T]) cross(o vec[T]) vec[T] {
	return vec[T]{v[1]*o[2] - v[2]*o[1], v[2]*o[0] - v[0]*o[2], v[0]*o[1] - v[1]*o[0]}
}
func (v *vec[T]) scale(by T) *vec[T] {
	for i := range v {
		v[i] *= by
	}
	return v
}

func pow[T Number](x T, n uint) T {
	r := T(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			r *= x
		}
		x *= x
	}
	return r
}

func limits[T Int]() (lo, hi T) {
	lo, hi = 0, ^T(0)
	if hi < 0 { // signed
		n := 0
		for v := T(1); v > 0; v <<= 1 {
			n++
		}
		lo = T(1) << n
		hi = lo - 1
	}
	return
}

func bitString[T Int](v T, n int) string {
	var b strings.Builder
	for i := n - 1; i >= 0; i-- {
		b.WriteByte('0' + byte(v>>i&1))
	}
	return b.String()
}

func clamp[T Number](v, lo, hi T) T { return max(lo, min(v, hi)) }
func half[T Number](v T) T          { return v / 2 }
func third[T Number](v T) T         { return v / 3 * 3 }
func isInt[T Number]() bool         { var x T = 3; return x/2 == 1 }
func conv[A, B Number](v A) B       { return B(v) }
func lerp[F Float](a, b, t F) F     { return a + (b-a)*t }
func poly[T Number](x T, cs ...T) (y T) {
	for _, c := range cs {
		y = y*x + c
	}
	return
}

type num[T Number] struct{ v T }

func (n num[T]) add(o num[T]) num[T] { n.v += o.v; return n }
func (n *num[T]) inc()               { n.v++ }
func newton[F Float](f func(F) F, x F, eps F) F {
	for range 60 {
		h := eps * 8
		d := (f(x+h) - f(x-h)) / (2 * h)
		next := x - f(x)/d
		if next-x < eps && x-next < eps {
			return next
		}
		x = next
	}
	return x
}

type fixed int32

func (f fixed) String() string { return fmt.Sprintf("%d.%02d", f/100, f%100) }

func main() {
	fmt.Println(vec[int]{1, 2, 3}.dot(vec[int]{4, 5, 6}), vec[float64]{1, 0, 0}.cross(vec[float64]{0, 1, 0}), vec[uint8]{200, 100, 1}.dot(vec[uint8]{2, 3, 4}))
	v := vec[fixed]{150, 200, 5}
	fmt.Println(*v.scale(2), v.dot(v))
	fmt.Println(pow(2, 10), pow(1.5, 3), pow[uint8](3, 6), pow[int8](-2, 7), pow[float32](0.1, 2), pow(fixed(3), 4))
	a, b := limits[int8]()
	c, d := limits[uint16]()
	e, f := limits[int64]()
	g, h := limits[fixed]()
	fmt.Println(a, b, c, d, e, f, int32(g), int32(h))
	fmt.Println(bitString(5, 4), bitString(int8(-3), 8), bitString(uint16(0xa0f0), 16), bitString(fixed(-1), 3))
	fmt.Println(clamp(15, 0, 10), clamp(-0.5, 0, 1), clamp(uint8(7), 8, 9), clamp(fixed(55), 50, 60))
	fmt.Println(half(7), half(7.0), half(uint8(255)), half(fixed(301)), half(float32(1)/3), third(10), third(10.0), third(int8(-8)))
	fmt.Println(isInt[int](), isInt[float32](), isInt[fixed](), isInt[float64]())
	fmt.Println(conv[float64, int](-2.9), conv[int, uint8](511), conv[int16, uint32](-1), conv[uint64, float32](1<<40+1), conv[fixed, float64](250))
	fmt.Println(lerp(1.0, 3, 0.25), lerp[float32](0, 1, 0.1), poly(2, 1, 0, -3), poly(0.5, 4, 2, 1), poly[int8](10, 1, 2, 3))
	n := num[uint8]{254}
	n.inc()
	n.inc()
	fmt.Println(n, num[float32]{.5}.add(num[float32]{1}), num[fixed]{1}.add(num[fixed]{2}).v)
	fmt.Printf("%.6f %.3f\n", newton(func(x float64) float64 { return x*x - 2 }, 1, 1e-9), newton(math.Sin, 3, 1e-9))
}
