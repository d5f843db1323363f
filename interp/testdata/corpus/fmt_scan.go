//go:build ignore

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
)

type temp struct {
	deg  float64
	unit rune
}

func (t *temp) Scan(s fmt.ScanState, verb rune) error {
	s.SkipSpace()
	tok, err := s.Token(false, func(r rune) bool { return r >= '0' && r <= '9' || r == '.' || r == '-' })
	if err != nil {
		return err
	}
	if _, err := fmt.Sscan(string(tok), &t.deg); err != nil {
		return err
	}
	r, _, err := s.ReadRune()
	if err != nil {
		return err
	}
	if r != 'C' && r != 'F' {
		s.UnreadRune()
		return errors.New("no unit")
	}
	t.unit = r
	return nil
}

type id int
type label string

type point struct{ x, y int }

func parsePoint(s string) (p point, err error) {
	_, err = fmt.Sscanf(s, "(%d,%d)", &p.x, &p.y)
	return
}

func main() {
	var (
		i  int
		u  uint8
		f  float64
		s  string
		b  bool
		r  rune
		bs []byte
		n  id
		l  label
		c  complex128
	)
	fmt.Println(fmt.Sscan("42 200 2.5 word true", &i, &u, &f, &s, &b))
	fmt.Println(i, u, f, s, b)
	fmt.Println(fmt.Sscan("-7\n0x1f\n1e3 next", &i, &n, &f, &bs))
	fmt.Println(i, n, f, string(bs))
	fmt.Println(fmt.Sscanf("id-0042:ff:z:quo \"a b\" (1+2i)", "id-%d:%x:%c:%s %q %v", &i, &n, &r, &l, &s, &c))
	fmt.Println(i, n, string(r), l, s, c)
	fmt.Println(fmt.Sscanf("12345 67", "%3d%d %1d", &i, &n, &u))
	fmt.Println(i, n, u)
	fmt.Println(fmt.Sscanf("0b101 0o17 0x1F 1_000", "%v %v %v %v", &i, &n, &u, &f))
	fmt.Println(i, n, u, f)

	for _, text := range []string{"", "x", "300", "1 2 3", "-1", "1.5", "  7  "} {
		var v uint8
		n, err := fmt.Sscan(text, &v)
		fmt.Print(n, " ", err, " ", v, "; ")
	}
	fmt.Println()
	for _, text := range []string{"(1,2)", "(3, 4)", "(5,x)", "(6", "7,8)"} {
		fmt.Println(parsePoint(text))
	}
	var t1, t2 temp
	fmt.Println(fmt.Sscan("36.6C -40F", &t1, &t2))
	fmt.Println(t1.deg, string(t1.unit), t2)
	fmt.Println(fmt.Sscanf("at 20C!", "at %v!", &t1))
	fmt.Println(fmt.Sscan("20K", &t1))

	rd := strings.NewReader("1 2\n3\n\n4 5 6\n7")
	for {
		var a, b int
		n, err := fmt.Fscanln(rd, &a, &b)
		fmt.Print(n, " ", a, " ", b, " ", err, "; ")
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
	}
	fmt.Println()
	br := bufio.NewReader(strings.NewReader("10 20 30 stop 40"))
	sum := 0
	for {
		var v int
		if _, err := fmt.Fscan(br, &v); err != nil {
			fmt.Println(sum, err)
			break
		}
		sum += v
	}
	rest, _ := io.ReadAll(br)
	fmt.Printf("%q\n", rest)
	var a, d string
	k, err := fmt.Sscanln("one two three", &a, &d)
	fmt.Println(k, err, a, d)
	func() {
		defer func() { fmt.Println(recover()) }()
		var x int
		var notPointer any = x
		fmt.Println(fmt.Sscan("5", notPointer))
	}()
}
