//go:build ignore

package main

import (
	"bytes"
	"compress/lzw"
	"errors"
	"fmt"
	"io"
	"strings"
)

type bitWriter struct {
	w    io.ByteWriter
	acc  uint32
	bits uint
}

func (b *bitWriter) write(v uint32, n uint) error {
	b.acc |= v << b.bits
	b.bits += n
	for ; b.bits >= 8; b.bits -= 8 {
		if err := b.w.WriteByte(byte(b.acc)); err != nil {
			return err
		}
		b.acc >>= 8
	}
	return nil
}
func (b *bitWriter) Close() error {
	if b.bits == 0 {
		return nil
	}
	return b.w.WriteByte(byte(b.acc))
}

type bitReader struct {
	r    io.ByteReader
	acc  uint32
	bits uint
}

func (b *bitReader) read(n uint) (v uint32, err error) {
	for b.bits < n {
		c, err := b.r.ReadByte()
		if err != nil {
			return 0, err
		}
		b.acc |= uint32(c) << b.bits
		b.bits += 8
	}
	v = b.acc & (1<<n - 1)
	b.acc >>= n
	b.bits -= n
	return
}

const (
	width = 12
	limit = 1 << width
)

var errCode = errors.New("lzw: bad code")

func unpack(data []byte) (out []byte, err error) {
	r := &bitReader{r: bytes.NewReader(data)}
	dict := make([][]byte, 256, limit)
	for i := range dict {
		dict[i] = []byte{byte(i)}
	}
	var prev []byte
	for {
		code, err := r.read(width)
		switch {
		case err == io.EOF:
			return out, nil
		case int(code) > len(dict) || int(code) == len(dict) && prev == nil:
			return out, fmt.Errorf("%w %d of %d after %d bytes", errCode, code, len(dict), len(out))
		}
		var entry []byte
		if int(code) < len(dict) {
			entry = dict[code]
		} else {
			entry = append(prev[:len(prev):len(prev)], prev[0])
		}
		out = append(out, entry...)
		if prev != nil && len(dict) < limit {
			dict = append(dict, append(prev[:len(prev):len(prev)], entry[0]))
		}
		prev = entry
	}
}

func main() {
	_, err := unpack([]byte{0xff, 0xff, 0xff})
	fmt.Println(err, errors.Is(err, errCode))

	var std bytes.Buffer
	w := lzw.NewWriter(&std, lzw.LSB, 8)
	io.WriteString(w, strings.Repeat("abc", 100))
	w.Close()
	n := std.Len()
	r := lzw.NewReader(&std, lzw.LSB, 8)
	defer r.Close()
	text, err := io.ReadAll(r)
	fmt.Println(n < 100, len(text), err)
	bw := &bitWriter{w: &std}
	for i := range uint32(6) {
		bw.write(i, uint(i)+1)
	}
	bw.Close()
	fmt.Printf("%08b\n", std.Bytes())
	br := &bitReader{r: &std}
	for i := range 6 {
		v, err := br.read(uint(i) + 1)
		fmt.Print(v, err, " ")
	}
	fmt.Println()
}
