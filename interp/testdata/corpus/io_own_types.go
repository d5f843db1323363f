//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

type rot13 struct{ r io.Reader }

func (r rot13) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	for i, c := range p[:n] {
		switch {
		case c >= 'a' && c <= 'z':
			p[i] = 'a' + (c-'a'+13)%26
		case c >= 'A' && c <= 'Z':
			p[i] = 'A' + (c-'A'+13)%26
		}
	}
	return n, err
}

type counter struct {
	w     io.Writer
	bytes int
	calls int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.bytes += n
	c.calls++
	return n, err
}

// endless gives the same text for ever, at most four bytes at a time.
type endless struct {
	text string
	at   int
}

func (e *endless) Read(p []byte) (n int, err error) {
	for n < len(p) && n < 4 {
		p[n] = e.text[e.at]
		e.at = (e.at + 1) % len(e.text)
		n++
	}
	return
}

// data implements more than is asked for, and says what was used.
type data struct {
	text string
	log  *[]string
}

func (d data) Read(p []byte) (int, error) { *d.log = append(*d.log, "Read"); return 0, io.EOF }
func (d data) WriteTo(w io.Writer) (int64, error) {
	*d.log = append(*d.log, "WriteTo")
	n, err := io.WriteString(w, d.text)
	return int64(n), err
}

type sink struct{ log *[]string }

func (s sink) Write(p []byte) (int, error) { *s.log = append(*s.log, "Write"); return len(p), nil }
func (s sink) WriteString(t string) (int, error) {
	*s.log = append(*s.log, "WriteString")
	return len(t), nil
}
func (s sink) ReadFrom(r io.Reader) (int64, error) {
	*s.log = append(*s.log, "ReadFrom")
	b, err := io.ReadAll(r)
	return int64(len(b)), err
}

// disk is a file in memory that can seek and be read at any place.
type disk struct {
	buf []byte
	pos int64
}

func (d *disk) Read(p []byte) (int, error) {
	n, err := d.ReadAt(p, d.pos)
	d.pos += int64(n)
	if n > 0 {
		err = nil
	}
	return n, err
}
func (d *disk) ReadAt(p []byte, off int64) (int, error) {
	if off >= int64(len(d.buf)) {
		return 0, io.EOF
	}
	n := copy(p, d.buf[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}
func (d *disk) Seek(off int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		off += d.pos
	case io.SeekEnd:
		off += int64(len(d.buf))
	}
	if off < 0 {
		return 0, errors.New("before the start")
	}
	d.pos = off
	return off, nil
}
func (d *disk) WriteAt(p []byte, off int64) (int, error) {
	if grow := int(off) + len(p) - len(d.buf); grow > 0 {
		d.buf = append(d.buf, make([]byte, grow)...)
	}
	return copy(d.buf[off:], p), nil
}

func main() {
	io.Copy(os.Stdout, rot13{strings.NewReader("Uryyb, Jbeyq!\n")})
	var buf bytes.Buffer
	c := &counter{w: &buf}
	n, err := io.Copy(c, io.LimitReader(&endless{text: "abc"}, 10))
	fmt.Println(n, err, buf.String(), c.bytes, c.calls)
	fmt.Fprintf(io.MultiWriter(c, os.Stdout), "%s-%d\n", "both", 1)
	got, err := io.ReadAll(io.TeeReader(io.MultiReader(strings.NewReader("one "), rot13{strings.NewReader("gjb")}), c))
	fmt.Println(string(got), err, c.bytes)

	var log []string
	io.Copy(sink{&log}, data{"text", &log})
	io.Copy(struct{ io.Writer }{sink{&log}}, data{"text", &log})
	io.Copy(sink{&log}, struct{ io.Reader }{data{"", &log}})
	io.WriteString(struct{ io.Writer }{sink{&log}}, "x")
	fmt.Println(log)

	d := &disk{}
	d.WriteAt([]byte("world"), 6)
	d.WriteAt([]byte("hello "), 0)
	sec := io.NewSectionReader(d, 3, 5)
	b, _ := io.ReadAll(sec)
	pos, err := d.Seek(-5, io.SeekEnd)
	tail, _ := io.ReadAll(d)
	_, err2 := d.Seek(-1, io.SeekStart)
	fmt.Printf("%q %q %d %v %v %d\n", b, tail, pos, err, err2, sec.Size())
	w := io.NewOffsetWriter(d, 6)
	fmt.Fprint(w, "there")
	fmt.Println(string(d.buf))

}
