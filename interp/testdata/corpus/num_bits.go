//go:build ignore

package main

import (
	"fmt"
	"math/bits"
	"strings"
)

// A bitset holds small numbers.
type bitset []uint64

func (b *bitset) add(n int) {
	for len(*b) <= n/64 {
		*b = append(*b, 0)
	}
	(*b)[n/64] |= 1 << (n % 64)
}

func (b bitset) has(n int) bool { return n/64 < len(b) && b[n/64]>>(n%64)&1 == 1 }

func (b bitset) remove(n int) { b[n/64] &^= 1 << (n % 64) }

func (b bitset) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return
}

func (b bitset) all(yield func(int) bool) {
	for i, w := range b {
		for w != 0 {
			t := bits.TrailingZeros64(w)
			if !yield(i*64 + t) {
				return
			}
			w &= w - 1
		}
	}
}

func (b bitset) String() string {
	var parts []string
	for n := range b.all {
		parts = append(parts, fmt.Sprint(n))
	}
	return "{" + strings.Join(parts, " ") + "}"
}

func gray(n uint) uint { return n ^ n>>1 }

func ungray(g uint) (n uint) {
	for ; g != 0; g >>= 1 {
		n ^= g
	}
	return n
}

func main() {
	var s bitset
	for _, n := range []int{3, 64, 5, 127, 3, 200, 63} {
		s.add(n)
	}
	fmt.Println(s, s.count(), s.has(64), s.has(65), s.has(1000), len(s))
	s.remove(63)
	s.remove(4)
	fmt.Println(s)
	for n := range s.all {
		if n > 60 {
			fmt.Println("first over 60:", n)
			break
		}
	}

	a, b := 0b1100, 0b1010
	fmt.Printf("%04b %04b %04b %04b %b\n", a&b, a|b, a^b, a&^b, ^a)
	for n := range uint(8) {
		fmt.Printf("%03b:%d ", gray(n), ungray(gray(n)))
	}
	fmt.Println()

	hi, lo := bits.Mul64(1<<63, 6)
	sum, carry := bits.Add64(1<<63, 1<<63, 1)
	diff, borrow := bits.Sub32(3, 5, 0)
	q, r := bits.Div64(1, 0, 3)
	fmt.Println(hi, lo, sum, carry, diff, borrow, q, r)
	fmt.Println(bits.LeadingZeros8(1), bits.Len(1023), bits.Reverse8(0b11010000), bits.RotateLeft8(0x96, -3), bits.ReverseBytes32(0x01020304))

	x, y := 5, 9
	x ^= y
	y ^= x
	x ^= y
	fmt.Println(x, y, x&1 == 1, -9&3, -9%4, -9>>1, -9/2)
}
