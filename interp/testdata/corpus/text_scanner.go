//go:build ignore

package main

import (
	"fmt"

	"sort"
	"strings"
	"text/scanner"
)

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
	fmt.Println(eval("1 +\n  ;", nil))
	fmt.Println(eval("a*b*c", map[string]int{"a": 2, "b": 3, "c": 4}))
	var s scanner.Scanner
	s.Init(strings.NewReader("if a >= 1.5e3 {\n\tprint(\"x\\n\", 'c', `raw`) /* c */ // end\n}"))
	s.Mode = scanner.GoTokens &^ scanner.SkipComments
	counts := map[string]int{}
	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
		counts[scanner.TokenString(tok)]++
		if tok == scanner.String || tok == scanner.Float || tok == scanner.Comment {
			fmt.Print(s.Position, ":", s.TokenText(), " ")
		}
	}
	keys := make([]string, 0)
	for k := range counts {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys, counts["Ident"], s.ErrorCount)
}
