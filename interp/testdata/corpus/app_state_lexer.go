//go:build ignore

package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

type State interface {
	comparable
	fmt.Stringer
}

type transition[S State, E comparable] struct {
	from  S
	event E
}
type action[C any] func(ctx *C) error
type edge[S State, C any] struct {
	to    S
	guard func(*C) bool
	do    []action[C]
}

type Machine[S State, E comparable, C any] struct {
	state   S
	ctx     C
	edges   map[transition[S, E]][]edge[S, C]
	enter   map[S]action[C]
	history []S
}

var ErrNoTransition = errors.New("no transition")

func New[S State, E comparable, C any](start S, ctx C) *Machine[S, E, C] {
	return &Machine[S, E, C]{state: start, ctx: ctx, edges: map[transition[S, E]][]edge[S, C]{}, enter: map[S]action[C]{}}
}
func (m *Machine[S, E, C]) On(from S, ev E, to S, guard func(*C) bool, do ...action[C]) *Machine[S, E, C] {
	k := transition[S, E]{from, ev}
	m.edges[k] = append(m.edges[k], edge[S, C]{to, guard, do})
	return m
}
func (m *Machine[S, E, C]) Enter(s S, a action[C]) *Machine[S, E, C] { m.enter[s] = a; return m }
func (m *Machine[S, E, C]) Fire(ev E) error {
	for _, e := range m.edges[transition[S, E]{m.state, ev}] {
		if e.guard != nil && !e.guard(&m.ctx) {
			continue
		}
		for i, a := range e.do {
			if err := a(&m.ctx); err != nil {
				return fmt.Errorf("action %d of %v: %w", i+1, m.state, err)
			}
		}
		m.history = append(m.history, m.state)
		m.state = e.to
		if a := m.enter[e.to]; a != nil {
			return a(&m.ctx)
		}
		return nil
	}
	return fmt.Errorf("%v in %v: %w", ev, m.state, ErrNoTransition)
}

type token struct {
	kind rune
	text string
}
type lexState struct{ name string }

func (s lexState) String() string { return s.name }

type stateFn func(*lexer) stateFn
type lexer struct {
	in     string
	at     int
	tokens []token
}

func (l *lexer) emit(kind rune, n int) {
	l.tokens = append(l.tokens, token{kind, l.in[l.at : l.at+n]})
	l.at += n
}
func text(l *lexer) stateFn {
	rest := l.in[l.at:]
	switch i := strings.Index(rest, "{{"); {
	case i < 0 && rest != "":
		l.emit('t', len(rest))
		fallthrough
	case rest == "":
		return nil
	case i > 0:
		l.emit('t', i)
	}
	l.at += 2
	return inside
}
func inside(l *lexer) stateFn {
	i := strings.Index(l.in[l.at:], "}}")
	if i < 0 {
		return fail("not closed")
	}
	l.emit('e', i)
	l.at += 2
	return text
}
func fail(msg string) stateFn {
	return func(l *lexer) stateFn {
		l.tokens = append(l.tokens, token{'!', fmt.Sprint(msg, " at ", l.at)})
		return nil
	}
}

func main() {
	for _, in := range []string{"hi {{name}}, {{x}}{{y}}!", "plain", "", "{{only}}", "bad {{open"} {
		l := &lexer{in: in}
		for f := stateFn(text); f != nil; {
			f = f(l)
		}
		var parts []string
		for _, t := range l.tokens {
			parts = append(parts, fmt.Sprintf("%c:%q", t.kind, t.text))
		}
		fmt.Println(parts)
	}
	traffic := New[lexState, int](lexState{"red"}, struct{}{})
	states := []lexState{{"red"}, {"green"}, {"amber"}}
	for i, s := range states {
		traffic.On(s, 1, states[(i+1)%3], nil)
	}
	for range 4 {
		traffic.Fire(1)
	}
	fmt.Println(traffic.state, traffic.history, slices.Index(states, traffic.state))
}
