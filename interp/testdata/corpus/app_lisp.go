//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type (
	symbol string
	list   []any
	lambda struct {
		params []symbol
		body   any
		env    *scope
	}
	builtin func(args list) (any, error)
	scope   struct {
		vars  map[symbol]any
		outer *scope
	}
)

func (l list) String() string {
	parts := make([]string, len(l))
	for i, v := range l {
		parts[i] = show(v)
	}
	return "(" + strings.Join(parts, " ") + ")"
}
func (lambda) String() string { return "<lambda>" }

func show(v any) string {
	switch x := v.(type) {
	case nil:
		return "nil"
	case bool:
		return map[bool]string{true: "#t", false: "#f"}[x]
	case string:
		return strconv.Quote(x)
	case fmt.Stringer:
		return x.String()
	case builtin:
		return "<builtin>"
	}
	return fmt.Sprint(v)
}

func (s *scope) find(name symbol) (*scope, bool) {
	for ; s != nil; s = s.outer {
		if _, ok := s.vars[name]; ok {
			return s, true
		}
	}
	return nil, false
}

func tokens(src string) (out []string) {
	for i := 0; i < len(src); {
		switch c := src[i]; c {
		case ' ', '\n', '\t':
			i++
		case '(', ')', '\'':
			out = append(out, string(c))
			i++
		case '"':
			end := i + 1 + strings.IndexByte(src[i+1:], '"')
			out = append(out, src[i:end+1])
			i = end + 1
		default:
			end := strings.IndexAny(src[i:], " \n\t()")
			if end < 0 {
				end = len(src) - i
			}
			out = append(out, src[i:i+end])
			i += end
		}
	}
	return
}

func read(toks []string) (v any, rest []string, err error) {
	if len(toks) == 0 {
		return nil, nil, errors.New("unexpected end")
	}
	tok, rest := toks[0], toks[1:]
	switch tok[0] {
	case '(':
		l := list{}
		for len(rest) > 0 && rest[0] != ")" {
			if v, rest, err = read(rest); err != nil {
				return
			}
			l = append(l, v)
		}
		if len(rest) == 0 {
			return nil, nil, errors.New("missing )")
		}
		return l, rest[1:], nil
	case ')':
		return nil, nil, errors.New("unexpected )")
	case '\'':
		v, rest, err = read(rest)
		return list{symbol("quote"), v}, rest, err
	case '"':
		return tok[1 : len(tok)-1], rest, nil
	}
	if n, err := strconv.Atoi(tok); err == nil {
		return n, rest, nil
	}
	switch tok {
	case "#t", "#f":
		return tok == "#t", rest, nil
	}
	return symbol(tok), rest, nil
}

func truthy(v any) bool { return v != nil && v != false }

func (s *scope) eval(v any) (any, error) {
	for {
		switch x := v.(type) {
		case symbol:
			if at, ok := s.find(x); ok {
				return at.vars[x], nil
			}
			return nil, fmt.Errorf("%s is not defined", x)
		case list:
			if len(x) == 0 {
				return nil, nil
			}
			switch x[0] {
			case symbol("quote"):
				return x[1], nil
			case symbol("if"):
				c, err := s.eval(x[1])
				if err != nil {
					return nil, err
				}
				if truthy(c) {
					v = x[2]
				} else if len(x) > 3 {
					v = x[3]
				} else {
					return nil, nil
				}
				continue
			case symbol("def"), symbol("set!"):
				val, err := s.eval(x[2])
				if err != nil {
					return nil, err
				}
				at, name := s, x[1].(symbol)
				if x[0] == symbol("set!") {
					var ok bool
					if at, ok = s.find(name); !ok {
						return nil, fmt.Errorf("set!: %s is not defined", name)
					}
				}
				at.vars[name] = val
				return val, nil
			case symbol("fn"):
				f := &lambda{body: append(list{symbol("do")}, x[2:]...), env: s}
				for _, p := range x[1].(list) {
					f.params = append(f.params, p.(symbol))
				}
				return f, nil
			case symbol("do"):
				for _, e := range x[1 : len(x)-1] {
					if _, err := s.eval(e); err != nil {
						return nil, err
					}
				}
				v = x[len(x)-1]
				continue
			}
			vals := make(list, len(x))
			for i, e := range x {
				val, err := s.eval(e)
				if err != nil {
					return nil, err
				}
				vals[i] = val
			}
			switch f := vals[0].(type) {
			case builtin:
				return f(vals[1:])
			case *lambda: // a tail call needs no stack
				if len(vals)-1 != len(f.params) {
					return nil, fmt.Errorf("want %d arguments, got %d", len(f.params), len(vals)-1)
				}
				s = &scope{map[symbol]any{}, f.env}
				for i, p := range f.params {
					s.vars[p] = vals[i+1]
				}
				v = f.body
				continue
			default:
				return nil, fmt.Errorf("%s is not a function", show(f))
			}
		default:
			return v, nil
		}
	}
}

func fold(op func(a, b int) int) builtin {
	return func(args list) (any, error) {
		acc, ok := args[0].(int)
		for _, a := range args[1:] {
			n, isInt := a.(int)
			ok = ok && isInt
			acc = op(acc, n)
		}
		if !ok {
			return nil, fmt.Errorf("numbers wanted: %v", args)
		}
		return acc, nil
	}
}

func main() {
	global := &scope{map[symbol]any{
		"+": fold(func(a, b int) int { return a + b }), "*": fold(func(a, b int) int { return a * b }), "-": fold(func(a, b int) int { return a - b }),
		"=":    builtin(func(a list) (any, error) { return a[0] == a[1], nil }),
		"<":    builtin(func(a list) (any, error) { return a[0].(int) < a[1].(int), nil }),
		"list": builtin(func(a list) (any, error) { return a, nil }),
		"car":  builtin(func(a list) (any, error) { return a[0].(list)[0], nil }),
		"cdr":  builtin(func(a list) (any, error) { return a[0].(list)[1:], nil }),
		"cons": builtin(func(a list) (any, error) { return append(list{a[0]}, a[1].(list)...), nil }),
		"nil?": builtin(func(a list) (any, error) { l, ok := a[0].(list); return a[0] == nil || ok && len(l) == 0, nil }),
	}, nil}
	run := func(src string) (out any, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
		}()
		toks := tokens(src)
		for len(toks) > 0 && err == nil {
			var v any
			if v, toks, err = read(toks); err == nil {
				out, err = global.eval(v)
			}
		}
		return
	}
	for _, src := range []string{
		"(+ 1 2 (* 3 4))", "(def fact (fn (n) (if (= n 0) 1 (* n (fact (- n 1)))))) (fact 10)",
		"(def map (fn (f l) (if (nil? l) '() (cons (f (car l)) (map f (cdr l)))))) (map (fn (x) (* x x)) '(1 2 3))",
		"(def counter (fn () (def n 0) (fn () (set! n (+ n 1))))) (def a (counter)) (def b (counter)) (a) (a) (list (a) (b))",
		"(def loop (fn (n acc) (if (= n 0) acc (loop (- n 1) (+ acc n))))) (loop 1000 0)", "'(a \"text\" #t () (1 . x))", "(if #f 1)", "fact", "car",
		"(undefined 1)", "(1 2)", "(fact)", "(car 5)", "(+ 1 \"a\")", "(", ")", "(set! zz 1)", "(do (def x 5) (def f (fn () x)) (def x 6) (f))",
	} {
		v, err := run(src)
		fmt.Println(show(v), err)
	}
}
