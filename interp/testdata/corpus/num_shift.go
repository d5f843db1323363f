//go:build ignore

package main

import "fmt"

func try(name string, f func() any) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Printf("%s: panic: %v\n", name, r)
		}
	}()
	fmt.Printf("%s: %v\n", name, f())
}

func main() {
	var (
		i8  int8   = -128
		u8  uint8  = 0x81
		i32 int32  = -5
		u32 uint32 = 0xdeadbeef
		i64 int64  = -1 << 62
		u64 uint64 = 1
	)
	for _, n := range []uint{0, 1, 7, 8, 31, 32, 63, 64, 200} {
		fmt.Println(n, i8>>n, i8<<n, u8>>n, u8<<n, i32>>n, i32<<n, u32>>n, u32<<n, i64>>n, i64<<n, u64<<n)
	}

	// The count may be of any integer type, signed ones too.
	var c8 int8 = 3
	var c64 uint64 = 1 << 40
	fmt.Println(1<<c8, 100>>c8, u64<<c64, i64>>c64, -1>>c64)

	neg := -1
	try("left", func() any { return 1 << neg })
	try("right", func() any { return u8 >> int8(neg) })
	try("assign", func() any { x := 4; x <<= neg; return x })
	try("fine", func() any { x := 4; x <<= uint8(neg); return x })

	x := 1
	x <<= 10
	x >>= 3
	x |= 1
	x &^= 128
	x ^= 0xff
	fmt.Println(x, -x>>1, uint8(-x)>>1, ^x)

	// Shifts bind like multiplication.
	fmt.Println(1<<2+1, 1+2<<1, 2*3<<1, 1<<3&8, 6&^2<<1, 1|2^3&4, 7&3 == 3)

	word := uint32(0x01020304)
	swapped := word>>24 | word>>8&0xff00 | word<<8&0xff0000 | word<<24
	fmt.Printf("%08x %08x\n", word, swapped)
	rotl := func(v uint32, k int) uint32 { return v<<k | v>>(32-k) }
	for k := 0; k <= 32; k += 8 {
		fmt.Printf("%08x ", rotl(word, k))
	}
	fmt.Println()

	var bits []int
	for v, i := uint16(0xa5a5), 0; v != 0; v, i = v>>1, i+1 {
		if v&1 == 1 {
			bits = append(bits, i)
		}
	}
	fmt.Println(bits)
	popcount := 0
	for v := u32; v != 0; v &= v - 1 {
		popcount++
	}
	fmt.Println(popcount, i32&-i32, u64<<63>>63, int64(u64<<63)>>63)
}
