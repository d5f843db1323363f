//go:build ignore

package main

import (
	"bytes"

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

func pack(data []byte) ([]byte, error) {
	var out bytes.Buffer
	w := &bitWriter{w: &out}
	dict := map[string]uint32{}
	for i := range 256 {
		dict[string([]byte{byte(i)})] = uint32(i)
	}
	var cur []byte
	for _, c := range data {
		next := append(cur, c)
		if _, ok := dict[string(next)]; ok {
			cur = next
			continue
		}
		if err := w.write(dict[string(cur)], width); err != nil {
			return nil, err
		}
		if len(dict) < limit {
			dict[string(next)] = uint32(len(dict))
		}
		cur = []byte{c}
	}
	if len(cur) > 0 {
		w.write(dict[string(cur)], width)
	}
	err := w.Close()
	return out.Bytes(), err
}

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
	for _, text := range []string{"", "a", "aaaaaaaaaa", "TOBEORNOTTOBEORTOBEORNOT", strings.Repeat("the quick brown fox ", 50), "\x00\xff\x00\xff\x00", strings.Repeat("abc", 5000)} {
		packed, err := pack([]byte(text))
		back, err2 := unpack(packed)
		fmt.Println(len(text), len(packed), err, err2, string(back) == text)
	}
	p, _ := pack([]byte("abab"))
	fmt.Printf("%x\n", p)
}
