//go:build ignore

package main

import (
	"fmt"
	"math"
	"math/cmplx"
)

type signal []complex128

// fft is the recursive transform; the length is a power of two.
func (s signal) fft() signal {
	n := len(s)
	if n == 1 {
		return signal{s[0]}
	}
	even, odd := make(signal, n/2), make(signal, n/2)
	for i := range n / 2 {
		even[i], odd[i] = s[2*i], s[2*i+1]
	}
	even, odd = even.fft(), odd.fft()
	out := make(signal, n)
	for k := range n / 2 {
		t := cmplx.Rect(1, -2*math.Pi*float64(k)/float64(n)) * odd[k]
		out[k], out[k+n/2] = even[k]+t, even[k]-t
	}
	return out
}

func mandelbrot(c complex128) int {
	z := 0i
	for i := range 50 {
		if z = z*z + c; cmplx.Abs(z) > 2 {
			return i
		}
	}
	return 50
}

func main() {
	a, b := 3+4i, complex(1, -2)
	fmt.Println(a+b, a-b, a*b, a/b, -a, a == b, a != 3+4i)
	fmt.Println(real(a), imag(a), cmplx.Abs(a), cmplx.Conj(a), cmplx.Sqrt(-1), cmplx.Pow(1i, 2) == -1)
	var c64 complex64 = complex64(a) / 3
	fmt.Println(c64, real(c64), float64(real(c64)) == 1.0)
	fmt.Printf("%T %T %T %T %T\n", a, c64, real(c64), imag(a), complex(float32(1), 2))
	fmt.Printf("%v %.2f %6.1f|%g %+v %e\n", a, b, c64, a*1e10, b, a)

	c := 1 + 0i
	c *= 2i
	c += 1
	c -= 1i
	c /= 2
	fmt.Println(c, c == complex(.5, .5), 1i*1i*1i)

	for _, x := range (signal{1, 1, 1, 1, 0, 0, 0, 0}).fft() {
		fmt.Printf("%.3f ", cmplx.Abs(x))
	}
	fmt.Println()

	for y := 1.0; y >= -1; y -= 0.5 {
		for x := -2.0; x <= 0.5; x += 0.125 {
			fmt.Print(string(" .:-=+*#%@"[mandelbrot(complex(x, y))*9/50]))
		}
		fmt.Println()
	}

	m := map[complex128]string{1i: "i", 1: "one", complex(0, math.Inf(1)): "inf"}
	fmt.Println(m[0+1i], m[1], m[2], len(m), m[complex(0, math.Inf(1))])
	nan := complex(math.NaN(), 0)
	fmt.Println(nan == nan, cmplx.IsNaN(nan), any(1i) == any(1i), complex(math.Inf(1), -0.0))
	const k = (1 + 2i) * (1 - 2i)
	var f float64 = k
	var i int = k
	fmt.Println(f, i, k)
}
