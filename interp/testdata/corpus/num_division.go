//go:build ignore

package main

import (
	"errors"
	"fmt"
	"math"
	"runtime"
)

func divide(a, b int) (q, r int, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = p.(runtime.Error)
		}
	}()
	return a / b, a % b, nil
}

func floorDiv(a, b int) (int, int) {
	q, r := a/b, a%b
	if r != 0 && (r < 0) != (b < 0) {
		q, r = q-1, r+b
	}
	return q, r
}

func gcd[T int | uint8 | int64](a, b T) T {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

type fraction struct{ num, den int }

func (f fraction) reduce() fraction {
	g := gcd(f.num, f.den)
	if f.den < 0 {
		g = -g
	}
	return fraction{f.num / g, f.den / g}
}

func (f fraction) add(o fraction) fraction {
	return fraction{f.num*o.den + o.num*f.den, f.den * o.den}.reduce()
}

func (f fraction) String() string { return fmt.Sprintf("%d/%d", f.num, f.den) }

func main() {
	for _, p := range [][2]int{{7, 2}, {-7, 2}, {7, -2}, {-7, -2}, {math.MinInt64, -1}, {1, 0}, {0, 5}} {
		q, r, err := divide(p[0], p[1])
		fmt.Println(p, q, r, err, err == nil && q*p[1]+r == p[0])
	}
	_, _, err := divide(5, 0)
	var re runtime.Error
	fmt.Println(errors.As(err, &re), err.Error())
	fmt.Println(floorDiv(-7, 2))
	fmt.Println(floorDiv(7, -2))
	fmt.Println(gcd(48, 36), gcd[uint8](200, 75), gcd(int64(1)<<40, 1<<35))

	total := fraction{0, 1}
	for i := 1; i <= 6; i++ {
		total = total.add(fraction{1, i * (i + 1)})
	}
	fmt.Println(total, fraction{6, -8}.reduce())

	var u8 uint8 = 250
	var i8 int8 = -128
	fmt.Println(u8/7, u8%7, i8/3, i8%3, -u8/7, i8/int8(-1), i8%int8(-1))
	x := -17
	x /= 5
	fmt.Println(x)
	x %= 2
	fmt.Println(x, -17>>2, -17/4, -17&3, -17%4)

	zero := 0.0
	fmt.Println(1/zero, math.IsNaN(zero/zero), 5.5/2, int(zero+5.5)/2)
	digits := []byte{}
	for n := uint64(math.MaxUint64); n > 0; n /= 10 {
		digits = append([]byte{byte('0' + n%10)}, digits...)
	}
	fmt.Println(string(digits))
	primes := []int{}
next:
	for n := 2; len(primes) < 12; n++ {
		for _, p := range primes {
			if n%p == 0 {
				continue next
			}
		}
		primes = append(primes, n)
	}
	fmt.Println(primes)
}
