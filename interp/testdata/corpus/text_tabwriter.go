//go:build ignore

package main

import (
	"fmt"
	"io"
	"os"

	"strings"
	"text/scanner"
	"text/tabwriter"
)

type cell any
type table struct {
	head []string
	rows [][]cell
}

func (t *table) add(cells ...cell) *table { t.rows = append(t.rows, cells); return t }
func (t *table) WriteTo(w io.Writer) (n int64, err error) {
	c := &counter{Writer: w}
	tw := tabwriter.NewWriter(c, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, strings.Join(t.head, "\t"))
	for _, r := range t.rows {
		var parts []string
		for _, v := range r {
			switch x := v.(type) {
			case float64:
				parts = append(parts, fmt.Sprintf("%.2f", x))
			case nil:
				parts = append(parts, "-")
			case fmt.Stringer:
				parts = append(parts, "*"+x.String())
			default:
				parts = append(parts, fmt.Sprint(x))
			}
		}
		fmt.Fprintln(tw, strings.Join(parts, "\t"))
	}
	err = tw.Flush()
	return c.n, err
}

type counter struct {
	io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.Writer.Write(p)
	c.n += int64(n)
	return n, err
}

type state int

func (s state) String() string { return [...]string{"new", "running", "done"}[s] }

type calc struct {
	s    scanner.Scanner
	tok  rune
	vars map[string]int
}

func (c *calc) next() { c.tok = c.s.Scan() }
func (c *calc) expr() (v int) {
	v = c.term()
	for c.tok == '+' || c.tok == '-' {
		op := c.tok
		c.next()
		if op == '+' {
			v += c.term()
		} else {
			v -= c.term()
		}
	}
	return
}
func (c *calc) term() (v int) {
	v = c.factor()
	for c.tok == '*' {
		c.next()
		v *= c.factor()
	}
	return
}
func (c *calc) factor() (v int) {
	switch c.tok {
	case scanner.Int:
		fmt.Sscan(c.s.TokenText(), &v)
	case scanner.Ident:
		v = c.vars[c.s.TokenText()]
	case '(':
		c.next()
		v = c.expr()
	default:
		panic(fmt.Sprintf("%v: unexpected %s", c.s.Position, scanner.TokenString(c.tok)))
	}
	c.next()
	return
}

func eval(text string, vars map[string]int) (v int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	c := &calc{vars: vars}
	c.s.Init(strings.NewReader(text))
	c.s.Filename = "in"
	c.next()
	return c.expr(), nil
}

func main() {
	t := &table{head: []string{"NAME", "STATE", "LOAD", "NOTE"}}
	t.add("web", state(1), 0.5, nil).add("database", state(2), 12.345, "slow").add("é世", state(0), 1, []int{1})
	n, err := t.WriteTo(os.Stdout)
	fmt.Println(n, err)

	w := tabwriter.NewWriter(os.Stdout, 5, 0, 1, '.', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(w, "a\tbbb\tc")
	fmt.Fprintln(w, "aaaa\tb\tccccc\t")
	fmt.Fprintln(w)
	fmt.Fprintln(w, "new\tblock\t")
	w.Flush()
	w.Init(os.Stdout, 8, 8, 0, '\t', tabwriter.TabIndent|tabwriter.DiscardEmptyColumns)
	fmt.Fprintf(w, "x\t\ty\nlonger text\t\tz\n")
	w.Flush()

	fmt.Println(eval("1 + 2*(x - 3) // comment", map[string]int{"x": 10}))
}
