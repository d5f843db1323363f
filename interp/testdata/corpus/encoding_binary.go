//go:build ignore

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

type kind uint8
type header struct {
	Magic   [4]byte
	Version uint16
	Kind    kind
	_       byte
	Flags   int32
	Size    uint64
	Ratio   float32
	Points  [2]struct{ X, Y int16 }
	On      bool
}

// A frame is a length, a kind, the fields, and a sum over all before it.
type writer struct {
	buf   []byte
	order binary.AppendByteOrder
}

func (w *writer) varint(n int64) *writer   { w.buf = binary.AppendVarint(w.buf, n); return w }
func (w *writer) uvarint(n uint64) *writer { w.buf = binary.AppendUvarint(w.buf, n); return w }
func (w *writer) text(s string) *writer {
	w.uvarint(uint64(len(s)))
	w.buf = append(w.buf, s...)
	return w
}
func (w *writer) float(f float64) *writer {
	w.buf = w.order.AppendUint64(w.buf, math.Float64bits(f))
	return w
}

type reader struct {
	*bytes.Reader
	order binary.ByteOrder
	err   error
}

func get[T any](r *reader, f func() (T, error)) (v T) {
	if r.err == nil {
		v, r.err = f()
	}
	return
}
func (r *reader) varint() int64 { return get(r, func() (int64, error) { return binary.ReadVarint(r) }) }
func (r *reader) uvarint() uint64 {
	return get(r, func() (uint64, error) { return binary.ReadUvarint(r) })
}
func (r *reader) text() string {
	n := r.uvarint()
	return string(get(r, func() ([]byte, error) {
		if n > uint64(r.Len()) {
			return nil, fmt.Errorf("text of %d in %d bytes", n, r.Len())
		}
		b := make([]byte, n)
		_, err := io.ReadFull(r, b)
		return b, err
	}))
}
func (r *reader) float() float64 {
	return get(r, func() (f float64, err error) { err = binary.Read(r.Reader, r.order, &f); return })
}

func main() {
	h := header{Magic: [4]byte([]byte("FAR1")), Version: 0x0102, Kind: 7, Flags: -2, Size: 1 << 40, Ratio: 1.5, On: true}
	h.Points[1].Y = -300
	var buf bytes.Buffer
	for _, order := range []binary.ByteOrder{binary.BigEndian, binary.LittleEndian} {
		buf.Reset()
		err := binary.Write(&buf, order, h)
		fmt.Printf("%x %d %v %v\n", buf.Bytes(), binary.Size(h), err, order)
		var back header
		err = binary.Read(&buf, order, &back)
		fmt.Println(back == h, err, back.Points, back.Kind)
	}
	b := make([]byte, 8)
	binary.LittleEndian.PutUint32(b, 0xdeadbeef)
	binary.BigEndian.PutUint16(b[4:], 0x1234)
	fmt.Printf("%x %x %x %d\n", b, binary.BigEndian.Uint32(b), binary.LittleEndian.Uint16(b[4:]), int16(binary.LittleEndian.Uint16([]byte{0xff, 0xff})))
	fmt.Printf("%x\n", binary.BigEndian.AppendUint32([]byte{1}, 2))

	w := &writer{order: binary.BigEndian}
	w.varint(-1).varint(64).uvarint(300).uvarint(math.MaxUint64).text("héllo").text("").float(math.Pi).varint(math.MinInt64)
	fmt.Printf("%d %x\n", len(w.buf), w.buf)
	r := &reader{Reader: bytes.NewReader(w.buf), order: binary.BigEndian}
	fmt.Println(r.varint(), r.varint(), r.uvarint(), r.uvarint() == math.MaxUint64, r.text(), r.text() == "", r.float(), r.varint(), r.err)
	fmt.Println(r.text(), r.err)
	for cut := range 3 {
		r := &reader{Reader: bytes.NewReader(w.buf[4+cut*9 : 4+cut*9+5]), order: binary.BigEndian}
		fmt.Println(r.uvarint(), r.text(), r.float(), r.err)
	}
	n, size := binary.Varint([]byte{0x80})
	m, size2 := binary.Uvarint(bytes.Repeat([]byte{0xff}, 11))
	k, size3 := binary.Uvarint([]byte{0xac, 0x02, 0x99})
	fmt.Println(n, size, m, size2, k, size3)

	var nums [3]int16
	err := binary.Read(bytes.NewReader([]byte{0, 1, 0, 2, 0}), binary.BigEndian, &nums)
	fmt.Println(nums, err, errors.Is(err, io.ErrUnexpectedEOF))
	vals := make([]uint32, 2)
	err = binary.Read(bytes.NewReader([]byte{1, 0, 0, 0, 2, 0, 0, 0}), binary.LittleEndian, vals)
	fmt.Println(vals, err)
	for _, bad := range []any{1, "text", []string{"x"}, struct{ A []int }{}, map[int]int{}, int8(1), []bool{true, false}, kind(3), [2]float64{1}} {
		buf.Reset()
		err := binary.Write(&buf, binary.BigEndian, bad)
		fmt.Printf("%x %v %d; ", buf.Bytes(), err, binary.Size(bad))
	}
	fmt.Println()
	out, err := binary.Append([]byte("x"), binary.LittleEndian, struct{ A, B uint8 }{1, 2})
	used, err2 := binary.Decode(out[1:], binary.LittleEndian, &struct{ A, B uint8 }{})
	fmt.Println(out, err, used, err2)
}
