//go:build ignore

package main

import (
	"fmt"
	"math"
)

func main() {
	// Sums are rounded to the type of the operands.
	var f32 float32 = 0.1
	var f64 float64 = 0.1
	var s32 float32
	var s64 float64
	for range 10 {
		s32 += f32
		s64 += f64
	}
	fmt.Println(s32, s64, s64 == 1, float64(f32) == f64, float32(f64) == f32)
	fmt.Println(float32(16777216)+1, float64(16777216)+1, float32(1)/3, 1/3.0)

	nan, inf := math.NaN(), math.Inf(1)
	zero := 0.0
	negZero := math.Copysign(0, -1)
	fmt.Println(nan == nan, nan != nan, nan < 1, nan > 1, !(nan >= 1), inf > math.MaxFloat64, -inf < inf)
	fmt.Println(1/zero, -1/zero, zero/zero, 1/negZero, zero == negZero, math.Signbit(negZero), inf-inf, inf*0)
	fmt.Println(-zero, negZero, 0*-1.0, math.Signbit(-zero))

	switch {
	case nan < 0, nan == 0, nan > 0:
		fmt.Println("ordered")
	default:
		fmt.Println("unordered")
	}
	fmt.Println(min(1, nan), max(nan, 2.5), min(zero, negZero), max(negZero, zero), min(3, 1.5, 2))
	fmt.Println([]float64{nan} == nil, [1]float64{nan} == [1]float64{nan}, any(nan) == any(nan))

	// Conversions to integers drop the fraction.
	for _, f := range []float64{1.9, -1.9, 0.5, -0.5, 1e10, 255.99} {
		fmt.Print(int(f), " ", int64(f), " ", uint8(int(f)), " ", float32(f), "; ")
	}
	fmt.Println()
	big := 1<<53 + 1
	fmt.Println(float64(big), int(float64(big)) == big, float32(math.MaxInt32), uint64(float64(1<<63)))
	fmt.Println(math.Round(2.5), math.RoundToEven(2.5), math.Floor(-1.5), math.Ceil(-1.5), math.Trunc(-1.5), math.Mod(-7, 3), math.Remainder(7, 4))

	x := 1e308
	y := float32(3e38)
	fmt.Println(x*10, y*10, float32(x), x/1e-10, math.IsInf(float64(y+y), 1))
	tiny := math.SmallestNonzeroFloat64
	fmt.Println(tiny, tiny/2, float32(tiny), tiny/2 == 0)

	// Newton's square root, to the last bit: the conversion keeps the product
	// from being fused with the subtraction.
	z := 1.0
	for range 7 {
		z -= (float64(z*z) - 2) / (2 * z)
	}
	fmt.Println(z, math.Abs(z-math.Sqrt2) < 1e-15, math.Hypot(3, 4), math.Cbrt(27), math.Pow(2, -2))
	frac, exp := math.Frexp(10)
	ip, fp := math.Modf(-3.25)
	fmt.Println(frac, exp, math.Ldexp(0.75, 4), ip, fp, math.Float64bits(1.5), math.Float32bits(-2))

	f := 1.5
	f++
	f *= 2
	f -= .25
	f /= 3
	fmt.Println(f, 7/2*f, -f, +f)
}
