//go:build ignore

package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
)

type framed struct {
	bytes.Buffer
	frames int
}

func (f *framed) frame(s string) *framed {
	f.WriteByte(byte(len(s)))
	f.WriteString(s)
	f.frames++
	return f
}
func (f *framed) next() (string, error) {
	n, err := f.ReadByte()
	if err != nil {
		return "", err
	}
	b := f.Next(int(n))
	if len(b) < int(n) {
		return string(b), io.ErrUnexpectedEOF
	}
	f.frames--
	return string(b), nil
}

func main() {
	var b bytes.Buffer
	b.WriteString("hello ")
	b.Write([]byte("wörld"))
	b.WriteByte('!')
	b.WriteRune('世')
	fmt.Fprintf(&b, " %d", 42)
	fmt.Println(b.String(), b.Len(), &b)
	p := make([]byte, 5)
	n, err := b.Read(p)
	c, _ := b.ReadByte()
	unread := b.UnreadByte()
	fmt.Println(n, err, string(p), string(c), unread)
	line, err := b.ReadString('!')
	r, size, _ := b.ReadRune()
	fmt.Printf("%q %v %c %d %q\n", line, err, r, size, b.Bytes())
	fmt.Println(b.UnreadRune(), b.UnreadRune() != nil)
	b.Truncate(3)
	fmt.Println(b.String(), b.Len())
	rest, err := b.ReadBytes('x')
	fmt.Println(string(rest), err)
	_, err = b.Read(p)
	k, err2 := b.Read(nil)
	fmt.Println(err, k, err2)
	b.Reset()
	m, _ := b.ReadFrom(io.LimitReader(strings.NewReader("limited text"), 7))
	w, _ := b.WriteTo(os.Stdout)
	fmt.Println(m, w, b.Len())
	b.Grow(100)
	fmt.Println(b.Cap() >= 100, len(b.AvailableBuffer()))
	b.Write(fmt.Appendf(b.AvailableBuffer(), "%x", 255))
	fmt.Println(b.String())
	peeked, err := b.Peek(1)
	fmt.Println(string(peeked), err, b.Len())

	f := &framed{}
	f.frame("one").frame("").frame("three")
	for range 3 {
		s, err := f.next()
		fmt.Printf("%q %v %d ", s, err, f.frames)
	}
	_, err = f.next()
	f.WriteString("\x09cut")
	cut, err2 := f.next()
	fmt.Println(err, cut, err2)

	src := []byte("a,b,,c")
	parts := bytes.Split(src, []byte(","))
	parts[0][0] = 'X' // is part of src
	parts[1] = append(parts[1], '!')
	fmt.Printf("%q %s\n", parts, src)
	fmt.Println(bytes.Contains(src, []byte("b,")), bytes.Count(src, []byte(",")), bytes.Index(src, []byte("c")), bytes.LastIndexByte(src, ','), bytes.IndexFunc(src, unicode.IsLower))
	fmt.Printf("%s %s %q %s\n", bytes.ToUpper(src), bytes.Repeat([]byte("ab"), 3), bytes.Fields([]byte(" x  y ")), bytes.Join([][]byte{[]byte("1"), nil, []byte("2")}, []byte("-")))
	fmt.Printf("%s|%s|%s|%s\n", bytes.TrimSpace([]byte("\t t \n")), bytes.Trim(src, "Xc"), bytes.TrimPrefix(src, []byte("X,")), bytes.TrimRightFunc(src, unicode.IsLetter))
	before, after, ok := bytes.Cut(src, []byte(",,"))
	fmt.Printf("%s %s %v %s\n", before, after, ok, bytes.ReplaceAll(src, []byte(","), []byte(";")))
	fmt.Println(bytes.EqualFold([]byte("Go"), []byte("GO")), bytes.Compare(nil, []byte{}), bytes.Equal(nil, []byte{}), bytes.HasSuffix(src, []byte("c")))
	fmt.Printf("%s %s\n", bytes.Map(func(r rune) rune {
		if r == ',' {
			return -1
		}
		return unicode.ToUpper(r)
	}, src), bytes.Title([]byte("low")))
	clone := bytes.Clone(src)
	clone[0] = 'C'
	fmt.Println(string(src), string(clone), bytes.Clone(nil) == nil, bytes.Runes([]byte("é世")))

	rd := bytes.NewReader([]byte("0123456789"))
	rd.Seek(-3, io.SeekEnd)
	tail, _ := io.ReadAll(rd)
	at := make([]byte, 2)
	rd.ReadAt(at, 4)
	_, err = rd.Seek(-1, io.SeekStart)
	fmt.Println(string(tail), string(at), rd.Len(), rd.Size(), err)
	shared := []byte("abc")
	buf := bytes.NewBuffer(shared[:1])
	buf.WriteByte('Z')
	fmt.Println(string(shared), buf, bytes.NewBufferString("s").String())
}
