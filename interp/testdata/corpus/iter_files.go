//go:build ignore

package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
)

// Lines gives each line with the error that ended the reading, if one did.
func Lines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		sc := bufio.NewScanner(r)
		for sc.Scan() {
			if !yield(sc.Text(), nil) {
				return
			}
		}
		if err := sc.Err(); err != nil {
			yield("", err)
		}
	}
}

type record map[string]string

func Records(r io.Reader) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		cr := csv.NewReader(r)
		head, err := cr.Read()
		for err == nil {
			var row []string
			if row, err = cr.Read(); err != nil {
				break
			}
			rec := record{}
			for i, name := range head {
				rec[name] = row[i]
			}
			if !yield(rec, nil) {
				return
			}
		}
		if err != io.EOF {
			yield(nil, err)
		}
	}
}

type file struct {
	*strings.Reader
	closed *int
}

func (f file) Close() error { *f.closed++; return nil }

// Open is the form that closes what it opened, however the loop ends.
func Open(text string, closed *int) iter.Seq[io.Reader] {
	return func(yield func(io.Reader) bool) {
		f := file{strings.NewReader(text), closed}
		defer f.Close()
		yield(f)
	}
}

type failing struct {
	r io.Reader
	n int
}

var errDisk = errors.New("disk on fire")

func (f *failing) Read(p []byte) (int, error) {
	if f.n--; f.n < 0 {
		return 0, errDisk
	}
	return f.r.Read(p[:min(len(p), 4)])
}

func sum(text string) (total int, err error) {
	for line, err := range Lines(strings.NewReader(text)) {
		if err != nil {
			return total, err
		}
		var n int
		if _, err := fmt.Sscan(line, &n); err != nil {
			return total, fmt.Errorf("line %q: %w", line, err)
		}
		total += n
	}
	return total, nil
}

func find(text, want string, closed *int) (n int, ok bool) {
	for r := range Open(text, closed) {
		for line := range Lines(r) {
			if n++; line == want {
				return n, true
			}
		}
	}
	return
}

func main() {
	fmt.Println(sum("1\n2\n39"))
	_, err := sum("1\nx\n3")
	fmt.Println(err)
	closed := 0
	fmt.Println(find("a\nb\nc", "b", &closed))
	fmt.Println(find("a\nb\nc", "z", &closed))
	func() {
		defer func() { fmt.Println(recover(), closed) }()
		for range Open("x", &closed) {
			panic("in the body")
		}
	}()
	for line, err := range Lines(&failing{strings.NewReader("first\nsecond\n"), 2}) {
		fmt.Printf("%q %v %v\n", line, err, errors.Is(err, errDisk))
	}
	for rec, err := range Records(strings.NewReader("name,age\nann,30\nbob,\"2\n5\"\nbad\n")) {
		var pe *csv.ParseError
		fmt.Println(rec["name"], len(rec), err, errors.As(err, &pe))
	}
	for rec := range Records(strings.NewReader("a,b\n1,2\n3,4")) {
		fmt.Println(rec)
		break
	}
	long := strings.Repeat("x", bufio.MaxScanTokenSize+1)
	for line, err := range Lines(strings.NewReader("ok\n" + long)) {
		fmt.Println(len(line), err, err == bufio.ErrTooLong)
	}
	type pos struct{ line, col int }
	var positions []pos
	n := 0
	for line := range Lines(strings.NewReader("..#\n#.\n")) {
		n++
		for i, r := range line {
			if r == '#' {
				positions = append(positions, pos{n, i + 1})
			}
		}
	}
	fmt.Println(positions)
}
