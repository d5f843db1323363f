//go:build ignore

package main

import (
	"errors"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

type expr interface{ eval(env) (float64, error) }
type env map[string]float64
type (
	number   float64
	variable string
	unary    struct {
		op rune
		x  expr
	}
	binary struct {
		op   rune
		l, r expr
	}
	call struct {
		fn   string
		args []expr
	}
	assign struct {
		name string
		x    expr
	}
)

type syntaxError struct {
	at  int
	msg string
}

func (e syntaxError) Error() string { return fmt.Sprintf("column %d: %s", e.at+1, e.msg) }

var errUndefined = errors.New("undefined")

var funcs = map[string]func(...float64) float64{
	"sqrt": func(a ...float64) float64 { return math.Sqrt(a[0]) },
	"max":  func(a ...float64) float64 { sort.Float64s(a); return a[len(a)-1] },
	"sum": func(a ...float64) (s float64) {
		for _, v := range a {
			s += v
		}
		return
	},
}

func (n number) eval(env) (float64, error) { return float64(n), nil }
func (v variable) eval(e env) (float64, error) {
	if x, ok := e[string(v)]; ok {
		return x, nil
	}
	return 0, fmt.Errorf("%s: %w", string(v), errUndefined)
}
func (u unary) eval(e env) (float64, error) {
	x, err := u.x.eval(e)
	return -x, err
}
func (b binary) eval(e env) (float64, error) {
	l, err := b.l.eval(e)
	if err != nil {
		return 0, err
	}
	r, err := b.r.eval(e)
	switch {
	case err != nil:
		return 0, err
	case b.op == '/' && r == 0:
		return 0, errors.New("division by zero")
	}
	return map[rune]func() float64{'+': func() float64 { return l + r }, '-': func() float64 { return l - r }, '*': func() float64 { return l * r }, '/': func() float64 { return l / r }, '^': func() float64 { return math.Pow(l, r) }}[b.op](), nil
}
func (c call) eval(e env) (float64, error) {
	f, ok := funcs[c.fn]
	if !ok {
		return 0, fmt.Errorf("function %s: %w", c.fn, errUndefined)
	}
	var args []float64
	for _, a := range c.args {
		v, err := a.eval(e)
		if err != nil {
			return 0, err
		}
		args = append(args, v)
	}
	return f(args...), nil
}
func (a assign) eval(e env) (v float64, err error) {
	if v, err = a.x.eval(e); err == nil {
		e[a.name] = v
	}
	return
}
func (b binary) String() string { return fmt.Sprintf("(%v %c %v)", b.l, b.op, b.r) }
func (u unary) String() string  { return fmt.Sprintf("%c%v", u.op, u.x) }
func (c call) String() string   { return c.fn + strings.Replace(fmt.Sprint(c.args), " ", ", ", -1) }

type parser struct {
	src []rune
	at  int
}

func (p *parser) peek() rune {
	for p.at < len(p.src) && unicode.IsSpace(p.src[p.at]) {
		p.at++
	}
	if p.at == len(p.src) {
		return 0
	}
	return p.src[p.at]
}
func (p *parser) take(rs string) bool {
	if c := p.peek(); c != 0 && strings.ContainsRune(rs, c) {
		p.at++
		return true
	}
	return false
}
func (p *parser) while(f func(rune) bool) string {
	start := p.at
	for p.at < len(p.src) && f(p.src[p.at]) {
		p.at++
	}
	return string(p.src[start:p.at])
}
func (p *parser) left(ops string, next func() expr) expr {
	l := next()
	for {
		op := p.peek()
		if !p.take(ops) {
			return l
		}
		l = binary{op, l, next()}
	}
}
func (p *parser) expr() expr { return p.left("+-", p.term) }
func (p *parser) term() expr { return p.left("*/", p.power) }
func (p *parser) power() expr {
	l := p.factor()
	if p.take("^") {
		return binary{'^', l, p.power()}
	}
	return l
}
func (p *parser) factor() expr {
	switch c := p.peek(); {
	case p.take("-"):
		return unary{'-', p.factor()}
	case p.take("("):
		e := p.expr()
		if !p.take(")") {
			panic(syntaxError{p.at, "want )"})
		}
		return e
	case unicode.IsDigit(c) || c == '.':
		text := p.while(func(r rune) bool { return unicode.IsDigit(r) || r == '.' })
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic(syntaxError{p.at, "bad number " + text})
		}
		return number(f)
	case unicode.IsLetter(c):
		name := p.while(unicode.IsLetter)
		if p.take("(") {
			c := call{fn: name}
			for !p.take(")") {
				c.args = append(c.args, p.expr())
				p.take(",")
			}
			return c
		}
		if p.take("=") {
			return assign{name, p.expr()}
		}
		return variable(name)
	case c == 0:
		panic(syntaxError{p.at, "unexpected end"})
	default:
		panic(syntaxError{p.at, fmt.Sprintf("unexpected %q", c)})
	}
}

func parse(s string) (e expr, err error) {
	defer func() {
		if r := recover(); r != nil {
			se, ok := r.(syntaxError)
			if !ok {
				panic(r)
			}
			err = fmt.Errorf("parse %q: %w", s, se)
		}
	}()
	p := &parser{src: []rune(s)}
	e = p.expr()
	if p.peek() != 0 {
		panic(syntaxError{p.at, "trailing text"})
	}
	return
}

func main() {
	e := env{"pi": 3}
	for _, s := range []string{"1 + 2*3", "(1+2)*3", "2^3^2", "-2^2", "10/4/5", "x = 4", "x*x - pi", "sqrt(x) + max(1, x, 2) + sum()", "y", "f(1)", "1/0", "1 +", "(1", "2 $ 3", "1.2.3", "é = 2", "é+é 3", "a = b = 5", "a+b"} {
		x, err := parse(s)
		if err != nil {
			var se syntaxError
			fmt.Println(err, errors.As(err, &se), se.at)
			continue
		}
		v, err := x.eval(e)
		fmt.Printf("%-32s %-28v %g %v %v\n", s, x, v, err, errors.Is(err, errUndefined))
	}
	fmt.Println(e)
}
