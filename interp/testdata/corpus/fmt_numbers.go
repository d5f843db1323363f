//go:build ignore

package main

import (
	"fmt"
	"math"
	"time"
)

type celsius float64
type flags uint8
type letter rune

func main() {
	for _, f := range []string{"%d", "%5d|", "%-5d|", "%05d", "%+d", "% d", "%x", "%X", "%#x", "%o", "%#o", "%O", "%b", "%#b", "%c", "%q", "%U", "%#U", "%v", "%8.3d|", "%+05d", "%-+5d|", "%x|% x"[:2]} {
		fmt.Printf(f+" ", 65)
	}
	fmt.Println()
	fmt.Printf("%d %x %X %b %o %+d %08b %c %q\n", -42, -42, -255, -5, -8, -1, -5, 0x1F600, '\n')
	fmt.Printf("%d %d %d %d %x %v\n", int8(-128), uint8(255), uint64(math.MaxUint64), int64(math.MinInt64), uint16(0xbeef), uintptr(10))
	for _, f := range []string{"%f", "%.2f", "%8.2f|", "%-8.2f|", "%+.1f", "%08.3f", "%e", "%.3e", "%E", "%g", "%.3g", "%G", "%b", "%x", "%.2x", "%v", "%6.0f|", "%#.0f", "% .2f"} {
		fmt.Printf(f+" ", 1234.5678)
	}
	fmt.Println()
	for _, v := range []float64{0, 1, -1.5, 1e20, 1e21, 1e-4, 1e-5, 123456789, 0.1 + 0.2, math.Pi, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, math.Copysign(0, -1), 100000, 2.5e-300} {
		fmt.Printf("%v/%g/%.3v/%6.2f ", v, v, v, v)
	}
	fmt.Println()
	fmt.Println(float32(0.1), float32(1)/3, float32(16777216), float32(1e10), float32(3.4e38), 1.0, 1e6, 1e-7, 21.0, 1e100)
	fmt.Printf("%5t|%-7t|%v %t\n", true, false, true, !true)
	fmt.Printf("%v %.1f %g %8.2f|%+v %T\n", 1+2i, 1.25-2.75i, complex64(1i), 3+4i, -1-1i, 2i)
	fmt.Printf("%v %d %x %s %q %T\n", celsius(36.6), flags(7), flags(200), "s", letter('x'), letter('x'))
	fmt.Printf("%6.2f%% %3d%%|%-4d%%\n", celsius(12.345), 50, 7)
	fmt.Printf("%*d|%-*d|%.*f|%[2]*[1]d|%[3]v %[1]v\n", 6, 42, 6, 42, 2, math.E)
	fmt.Printf("%[2]d %[1]d %d %[3]c\n", 1, 2, 3)
	fmt.Printf("%v %v %v %v\n", []int{1, -2}, [3]float64{.5, 1, 2e9}, []byte("hi"), []uint8{1, 2})
	fmt.Printf("%d %x %o %02d %q %c %U\n", []int{10, 255}, []int{10, 255}, [2]int8{8, 9}, []int{1, 2}, []rune("ab"), []rune("ab"), []int{0x41})
	fmt.Printf("%x %X % x %#x %# x %s %d %v\n", []byte("hi!"), []byte("hi!"), []byte("hi!"), []byte("hi!"), []byte("hi!"), []byte("hi!"), []byte("hi!"), [3]byte{1, 2, 3})
	fmt.Printf("%6.1f %6.1f|%08.3f|%+.2e\n", []float64{1, 22.25}, []float64{1.55}, -3.14159, 12345.678)
	fmt.Printf("%v %d %s %.1f\n", 90*time.Second, 90*time.Second, time.Millisecond*1500, time.Minute.Seconds())
	fmt.Printf("%3c|%-3c|%03d|%+q|%#q|%x\n", 'z', 'y', -7, "é", "a`b", "hello")
	fmt.Printf("%t %v %p %v\n", false, nil, (*int)(nil), (*int)(nil))
	fmt.Println(fmt.Sprint(1, 2, "a", "b", 3, 4.0, 'x', nil, true), fmt.Sprint("a", 1, "b"), fmt.Sprintln("end", 1))
	fmt.Printf("%08v|%-8v|%+v|%#v|%#v|%#v|%#v\n", 42, 42, 42, 42, uint8(7), 1e6, 'a')
	fmt.Printf("%#v %#v %#v %#v %#v %#v\n", 1.0, float32(2.5), math.Inf(1), 3i, uint(8), uintptr(255))
	fmt.Printf("%#v %#v %#v\n", celsius(1), flags(200), letter('x'))
	var i8 int8 = -1
	fmt.Printf("%b %x %d %08b %o\n", i8, i8, uint8(i8), uint8(i8), i8)
	fmt.Printf("%20.15f|%-20.3e|%+20g\n", math.Pi, math.Pi, math.Pi)
}
