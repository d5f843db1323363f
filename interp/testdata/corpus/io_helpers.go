//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"

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

type closer struct {
	name string
	err  error
}

func (c closer) Close() error { fmt.Print("close ", c.name, " "); return c.err }

func closeAll(cs ...io.Closer) (err error) {
	for _, c := range cs {
		err = errors.Join(err, c.Close())
	}
	return
}

func main() {
	p := make([]byte, 4)
	r := &endless{text: "xyz"}
	k, err := io.ReadFull(r, p)
	fmt.Println(k, err, string(p))
	k, err = io.ReadAtLeast(strings.NewReader("ab"), p, 3)
	fmt.Println(k, err, err == io.ErrUnexpectedEOF)
	k, err = io.ReadAtLeast(r, p[:2], 3)
	m, err2 := io.CopyN(io.Discard, strings.NewReader("short"), 9)
	fmt.Println(k, err, m, err2)
	fmt.Println(closeAll(closer{"a", nil}, closer{"b", errors.New("b failed")}, io.NopCloser(nil), closer{"c", io.ErrClosedPipe}))

	pr, pw := io.Pipe()
	go func() {
		for i := range 3 {
			fmt.Fprintln(pw, "line", i)
		}
		pw.CloseWithError(errors.New("writer gave up"))
	}()
	text, err := io.ReadAll(rot13{pr})
	fmt.Printf("%q %v\n", text, err)
	pr.CloseWithError(io.ErrNoProgress)
	_, err = pw.Write(nil)
	fmt.Println(err)
}
