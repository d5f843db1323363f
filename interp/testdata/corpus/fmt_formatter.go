//go:build ignore

package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

type hex uint32

// Format shows all that a verb came with.
func (h hex) Format(s fmt.State, verb rune) {
	w, hasW := s.Width()
	p, hasP := s.Precision()
	var flags string
	for _, f := range "+-# 0" {
		if s.Flag(int(f)) {
			flags += string(f)
		}
	}
	fmt.Fprintf(s, "{%c w=%d,%v p=%d,%v flags=%q %s}", verb, w, hasW, p, hasP, flags, fmt.FormatString(s, verb))
}

type money struct {
	cents    int64
	currency string
}

func (m money) Format(s fmt.State, verb rune) {
	switch verb {
	case 'v':
		if s.Flag('#') {
			fmt.Fprintf(s, "money{%d, %q}", m.cents, m.currency)
			return
		}
		fallthrough
	case 's':
		sign := ""
		if s.Flag('+') && m.cents >= 0 {
			sign = "+"
		}
		text := fmt.Sprintf("%s%d.%02d %s", sign, m.cents/100, m.cents%100, m.currency)
		if w, ok := s.Width(); ok {
			pad := strings.Repeat(" ", max(0, w-len(text)))
			if s.Flag('-') {
				text += pad
			} else {
				text = pad + text
			}
		}
		io.WriteString(s, text)
	case 'd':
		s.Write(strconv.AppendInt(nil, m.cents, 10))
	default:
		fmt.Fprintf(s, "%%!%c(money=%d)", verb, m.cents)
	}
}

type matrix [2][2]float64

func (m matrix) Format(f fmt.State, c rune) {
	format := fmt.FormatString(f, c)
	for i, row := range m {
		if i > 0 {
			io.WriteString(f, "; ")
		}
		for j, v := range row {
			if j > 0 {
				io.WriteString(f, " ")
			}
			fmt.Fprintf(f, format, v)
		}
	}
}

// A traced error prints its trail with %+v.
type traced struct {
	msg   string
	trail []string
}

func (t *traced) Error() string { return t.msg }
func (t *traced) Format(s fmt.State, verb rune) {
	io.WriteString(s, t.msg)
	if verb == 'v' && s.Flag('+') {
		for i, at := range t.trail {
			fmt.Fprintf(s, "\n\t%d: %s", i, at)
		}
	}
}

type both struct{ n int }

func (both) String() string               { return "String" }
func (both) GoString() string             { return "GoString" }
func (b both) Format(s fmt.State, v rune) { fmt.Fprint(s, "Format", string(v), b.n) }

type goOnly struct{ a []int }

func (g goOnly) GoString() string { return fmt.Sprintf("goOnly(%d)", len(g.a)) }

func main() {
	h := hex(255)
	fmt.Printf("%v %x %6.2d %-+# 010y %s\n", h, h, h, h, h)
	fmt.Println(h, []hex{1})
	m := money{12345, "EUR"}
	fmt.Printf("%v|%s|%d|%+v|%#v|%15s|%-15v|%x\n", m, m, m, m, m, m, m, m)
	fmt.Println(m, []money{m, {5, "USD"}}, map[string]money{"k": m}, &m, struct{ M money }{m})
	fmt.Printf("%.1f|%5.2f|%g|%v\n", matrix{{1, 2}, {3, 4.25}}, matrix{}, matrix{{1.5}}, matrix{{1}})
	err := &traced{"broken", []string{"a.go", "b.go"}}
	fmt.Printf("%v|%s\n%+v\n", err, err, err)
	wrapped := fmt.Errorf("outer: %w", err)
	fmt.Printf("%v|%+v\n", wrapped, wrapped)
	fmt.Println(both{1})
	fmt.Printf("%v %s %#v %d %+v %q\n", both{1}, both{2}, both{3}, both{4}, both{5}, both{6})
	fmt.Printf("%#v %v %#v %#v\n", goOnly{[]int{1}}, goOnly{nil}, []goOnly{{}}, struct{ G goOnly }{})
	fmt.Printf("%T %T %T\n", h, m, err)
	fmt.Printf("%5v|%-5d|%05.1f\n", []hex{7}, map[hex]hex{1: 2}, [1]matrix{})
	fmt.Println(fmt.Sprintf("%[2]v %[1]d", m, h)[:5], fmt.Sprint(m)+"!", fmt.Sprintf("%8.3s|", money{1, "X"}))
	var nilErr *traced
	defer func() { fmt.Println("recovered:", recover()) }()
	fmt.Printf("%v|\n", nilErr)
	fmt.Printf("%v\n", []fmt.Formatter{h, m, nil}[2])
}
