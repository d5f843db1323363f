//go:build ignore

package main

import (
	"fmt"
	"math"
)

type integer interface {
	~int8 | ~int16 | ~int32 | ~int64 | ~uint8 | ~uint16 | ~uint32 | ~uint64
}

func edges[T integer](lo, hi T) {
	one := T(1)
	fmt.Printf("%T: %v %v %v %v %v %v\n", lo, hi+one, lo-one, hi*hi, lo*lo, -lo, hi<<1|1)
}

func fnv(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h ^= uint32(s[i])
		h *= 16777619
	}
	return h
}

type lcg struct{ state uint64 }

func (l *lcg) next() uint64 {
	l.state = l.state*6364136223846793005 + 1442695040888963407
	return l.state >> 33
}

func main() {
	edges[int8](math.MinInt8, math.MaxInt8)
	edges[int16](math.MinInt16, math.MaxInt16)
	edges[int32](math.MinInt32, math.MaxInt32)
	edges[int64](math.MinInt64, math.MaxInt64)
	edges[uint8](0, math.MaxUint8)
	edges[uint16](0, math.MaxUint16)
	edges[uint32](0, math.MaxUint32)
	edges[uint64](0, math.MaxUint64)

	i := 0x12345678_9abcdef0
	fmt.Printf("%x %x %x %x\n", uint8(i), uint16(i), uint32(i), uint64(i))
	fmt.Println(int8(i), int16(i), int32(i), int64(-i))
	n := -1
	fmt.Println(uint8(n), uint16(n), uint32(n), uint64(n), uint(n) == math.MaxUint)
	var u8 uint8 = 200
	fmt.Println(u8+100, int(u8)+100, int8(u8), int16(int8(u8)), uint16(int8(u8)), -u8, ^u8)
	var i8 int8 = -128
	fmt.Println(i8-1, -i8, i8/-1, i8*i8, uint8(i8), uint32(i8), int64(uint32(i8)))

	u8 += 56
	fmt.Println(u8)
	u8--
	fmt.Println(u8)
	i8--
	fmt.Println(i8)
	i8++
	fmt.Println(i8)
	var r rune = math.MaxInt32
	r++
	fmt.Println(r, r-1)

	fmt.Println(fnv(""), fnv("farside"), fnv("a much longer text than that"))
	gen := lcg{42}
	for range 4 {
		fmt.Print(gen.next(), " ")
	}
	fmt.Println()

	arr := [3]uint8{250, 251, 252}
	var total uint8
	for _, v := range arr {
		total += v
	}
	m := map[string]int8{"x": 127}
	m["x"]++
	p := &arr[0]
	*p += 10
	s := struct{ n uint16 }{65535}
	s.n += 2
	fmt.Println(total, m["x"], arr, s.n)

	var sum int32
	for k := int32(1); k > 0; k *= 3 {
		sum += k
	}
	fmt.Println(sum)
	var w uint = 0
	w--
	fmt.Println(w == ^uint(0), w>>63)
}
