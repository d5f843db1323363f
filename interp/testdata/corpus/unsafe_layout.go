//go:build ignore

package main

import (
	"fmt"
	"unsafe"
)

type mixed struct {
	a bool
	b int64
	c uint16
	d [3]byte
	e string
	f []int
	g any
	h *int
}
type packed struct {
	b int64
	c uint16
	a bool
}
type pixel struct{ r, g, b, a uint8 }
type celsius float64

const size = unsafe.Sizeof(pixel{}) * 2

func bytesOf[T any](v *T) []byte { return unsafe.Slice((*byte)(unsafe.Pointer(v)), unsafe.Sizeof(*v)) }

func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

type arena struct {
	buf []byte
	off uintptr
}

func alloc[T any](a *arena) *T {
	var zero T
	align := unsafe.Alignof(zero)
	a.off = (a.off + align - 1) &^ (align - 1)
	p := unsafe.Pointer(&a.buf[a.off])
	a.off += unsafe.Sizeof(zero)
	return (*T)(p)
}

func main() {
	var m mixed
	fmt.Println(unsafe.Sizeof(m), unsafe.Alignof(m), unsafe.Offsetof(m.a), unsafe.Offsetof(m.b), unsafe.Offsetof(m.c), unsafe.Offsetof(m.d), unsafe.Offsetof(m.e), unsafe.Offsetof(m.f), unsafe.Offsetof(m.g), unsafe.Offsetof(m.h))
	fmt.Println(unsafe.Sizeof(packed{}), unsafe.Sizeof(""), unsafe.Sizeof([]int{}), unsafe.Sizeof(any(1)), unsafe.Sizeof(map[int]int{}), unsafe.Sizeof([5]int16{}), unsafe.Sizeof(struct{}{}), unsafe.Alignof(int64(0)), size)

	f := 1.5
	bits := *(*uint64)(unsafe.Pointer(&f))
	*(*uint64)(unsafe.Pointer(&f)) = bits | 1<<63
	fmt.Printf("%#x %v\n", bits, f)
	fs := []celsius{1, 2}
	plain := *(*[]float64)(unsafe.Pointer(&fs))
	plain[0] = 36.6
	fmt.Println(fs, len(plain))

	p := pixel{1, 2, 3, 255}
	b := bytesOf(&p)
	b[1] = 200
	fmt.Println(b, p, len(bytesOf(new(int32))))
	arr := [4]int32{10, 20, 30, 40}
	second := (*int32)(unsafe.Add(unsafe.Pointer(&arr), unsafe.Sizeof(arr[0])))
	*second += 5
	last := (*int32)(unsafe.Pointer(uintptr(unsafe.Pointer(&arr[0])) + 3*unsafe.Sizeof(arr[0])))
	fmt.Println(arr, *last)

	buf := []byte("mutable")
	s := text(buf)
	buf[0] = 'M'
	fmt.Println(s, len(unsafe.Slice(unsafe.StringData("lit"), 3)), text(nil) == "")
	c := (*int64)(unsafe.Pointer(uintptr(unsafe.Pointer(&m)) + unsafe.Offsetof(m.b)))
	*c = 77
	fmt.Println(m.b, m.a)

	a := &arena{buf: make([]byte, 64)}
	x, y, z := alloc[uint8](a), alloc[uint32](a), alloc[pixel](a)
	*x, *y, *z = 9, 1<<31, pixel{r: 7}
	fmt.Println(*x, *y, *z, a.off, a.buf[0])
	var none *int
	fmt.Println(unsafe.Slice(none, 0) == nil, unsafe.Pointer(none) == nil, uintptr(unsafe.Pointer(none)))
	words := (*[2]uint16)(unsafe.Pointer(&[]uint32{0x00010002}[0]))
	little := words[0] == 2
	fmt.Println(words[0]+words[1], little || words[0] == 1)
}
