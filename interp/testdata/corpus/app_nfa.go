//go:build ignore

package main

import (
	"fmt"
	"regexp"
	"sort"
	"strings"
)

// A small regular expression engine in the manner of Thompson.
type state struct {
	id   int
	kind byte // 'c' a character, '.' any, 's' split, 'm' match
	char rune
	out  *state
	alt  *state
}

type fragment struct {
	start *state
	ends  []**state
}

type compiler struct {
	src   []rune
	at    int
	count int
}

func (c *compiler) state(s state) *state {
	c.count++
	s.id = c.count
	return &s
}
func (f fragment) patch(s *state) {
	for _, e := range f.ends {
		*e = s
	}
}
func (c *compiler) peek() rune {
	if c.at < len(c.src) {
		return c.src[c.at]
	}
	return -1
}
func (c *compiler) alternation() fragment {
	f := c.sequence()
	for c.peek() == '|' {
		c.at++
		g := c.sequence()
		s := c.state(state{kind: 's', out: f.start, alt: g.start})
		f = fragment{s, append(f.ends, g.ends...)}
	}
	return f
}
func (c *compiler) sequence() fragment {
	var f fragment
	for r := c.peek(); r != -1 && r != '|' && r != ')'; r = c.peek() {
		g := c.repeat()
		if f.start == nil {
			f = g
			continue
		}
		f.patch(g.start)
		f.ends = g.ends
	}
	if f.start == nil { // matches nothing at all
		s := c.state(state{kind: 's'})
		f = fragment{s, []**state{&s.out}}
	}
	return f
}
func (c *compiler) repeat() fragment {
	f := c.atom()
	for {
		s := c.state(state{kind: 's', out: f.start})
		switch c.peek() {
		case '*':
			f.patch(s)
			f = fragment{s, []**state{&s.alt}}
		case '+':
			f.patch(s)
			f.ends = []**state{&s.alt}
		case '?':
			f = fragment{s, append(f.ends, &s.alt)}
		default:
			return f
		}
		c.at++
	}
}
func (c *compiler) atom() fragment {
	r := c.peek()
	c.at++
	switch r {
	case '(':
		f := c.alternation()
		if c.peek() != ')' {
			panic(fmt.Errorf("missing ) at %d", c.at))
		}
		c.at++
		return f
	case '*', '+', '?':
		panic(fmt.Errorf("nothing to repeat at %d", c.at-1))
	case '.':
		s := c.state(state{kind: '.'})
		return fragment{s, []**state{&s.out}}
	case '\\':
		r = c.peek()
		c.at++
	}
	s := c.state(state{kind: 'c', char: r})
	return fragment{s, []**state{&s.out}}
}

func compile(src string) (start *state, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = r.(error)
		}
	}()
	c := &compiler{src: []rune(src)}
	f := c.alternation()
	if c.at < len(c.src) {
		return nil, fmt.Errorf("unexpected %q at %d", c.peek(), c.at)
	}
	f.patch(c.state(state{kind: 'm'}))
	return f.start, nil
}

type states map[*state]bool

func (ss states) add(s *state) {
	if s == nil || ss[s] {
		return
	}
	ss[s] = true
	if s.kind == 's' {
		ss.add(s.out)
		ss.add(s.alt)
	}
}
func (ss states) step(r rune) states {
	next := states{}
	for s := range ss {
		if s.kind == '.' || s.kind == 'c' && s.char == r {
			next.add(s.out)
		}
	}
	return next
}
func (ss states) matched() bool {
	for s := range ss {
		if s.kind == 'm' {
			return true
		}
	}
	return false
}
func match(start *state, text string) bool {
	cur := states{}
	cur.add(start)
	for _, r := range text {
		cur = cur.step(r)
	}
	return cur.matched()
}

func main() {
	texts := strings.Fields("a b ab abb aab abab c ac abc é aéc a.c axc aaaa")
	texts = append(texts, "")
	for _, p := range []string{"ab*", "a+b?", "(ab)+", "a(b|c|)", "(a|b)*", "a.c", `a\.c`, "", "é|(a.)+", "((a))", "a**"} {
		start, err := compile(p)
		if err != nil {
			fmt.Println(p, err)
			continue
		}
		std := regexp.MustCompile("^(?:" + strings.ReplaceAll(p, "**", "*") + ")$")
		var hits []string
		same := true
		for _, t := range texts {
			got := match(start, t)
			same = same && got == std.MatchString(t)
			if got {
				hits = append(hits, t)
			}
		}
		sort.Strings(hits)
		fmt.Printf("%-8s %v %q\n", p, same, hits)
	}
	for _, bad := range []string{"(a", "a)", "*a", "a|+"} {
		_, err := compile(bad)
		fmt.Println(bad, err)
	}
	n := 25
	hard, _ := compile(strings.Repeat("a?", n) + strings.Repeat("a", n))
	fmt.Println(match(hard, strings.Repeat("a", n)), match(hard, strings.Repeat("a", n-1)))
}
