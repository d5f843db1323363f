//go:build ignore

package main

import (
	"fmt"
	"math"
	"time"
)

const (
	huge     = 1 << 100
	tiny     = 1.0 / huge
	third    = 1.0 / 3
	intThird = 1 / 3
	letter   = 'a'
	mixed    = letter + 1.0
	sum      = 1 + 2i - 2i
	text     = "con" + "cat"
	yes      = len(text) == 6 && huge > math.MaxInt64
)

type myFloat float32

func show(v any) string { return fmt.Sprintf("%T:%v", v, v) }

func main() {
	fmt.Println(huge>>98, huge*tiny, show(third*3), intThird)
	fmt.Println(show(letter), show(mixed), show(letter*1.0), show('a'-32), show(sum))
	fmt.Println(show(1), show(1.0), show(1i*1i), show(text), show(yes), show(5/2), show(5/2.0), show(-7%3))

	var f32 float32 = third
	var f64 float64 = third
	var i8 int8 = 300 / 3
	var u uint = huge / huge
	var c complex64 = 2
	var r rune = 'x' + 1
	var b byte = 'A' | 0x20
	var m myFloat = 7 / 2
	var m2 myFloat = 7 / 2.
	fmt.Println(float64(f32) == f64, i8, u, c, string(r), string(b), m, m2)

	// A constant shift takes its type from where it stands.
	s := uint(33)
	var i = 1 << 3
	var j int32 = 1 << s
	var k = uint64(1 << s)
	var w int64 = 1.0 << 3
	var x = make([]byte, 1.0<<3)
	var y = 1<<s == 2<<(s-1)
	fmt.Println(i, j, k, w, len(x), y)
	fmt.Println(show(byte(1)<<7), show(int16(-1)<<15), show(uint16(1<<15)))

	d := 2 * time.Second
	timeout := 3
	fmt.Println(d, time.Duration(timeout)*time.Minute, d/4, d/time.Millisecond, show(1.5*float64(time.Second)))

	const big = math.MaxUint64
	fmt.Println(uint64(big), big/3 > math.MaxInt32, math.MaxInt64+float64(1), math.MinInt64)
	fmt.Println(math.MaxFloat32, float32(math.MaxFloat32), math.SmallestNonzeroFloat64, float32(math.Pi))

	const ok = 'a' < 98 && 1.5 < 2 && "a" < "b" && 1+0i == 1.0
	var named = ok
	fmt.Println(named, show(named), real(3+4i), imag(3+4i), show(real(complex64(1))))
	var any1, any2 any = 1, 1.0
	fmt.Println(any1 == any2, any1 == int(any2.(float64)), any1 == any('\x01'))
	arr := [...]string{'c' - 'a': "third", 1.0: "second"}
	fmt.Printf("%q %d\n", arr, len(arr))
	fmt.Println(0x1p-2, 0b101, 0o17, 017, 1_000_000, 0x_ff, 1e3, .5, 0x1.8p1, 'ä', '\u00e4', '\'', "\xe4\u00e4\U0001F600\a"[1:3])
}
