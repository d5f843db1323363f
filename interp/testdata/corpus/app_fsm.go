//go:build ignore

package main

import (
	"errors"
	"fmt"
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

type door int

const (
	closed door = iota
	opened
	locked
)

func (d door) String() string { return [...]string{"closed", "opened", "locked"}[d] }

func main() {
	type ctx struct {
		pin   string
		tries int
		log   []string
	}
	log := func(s string) action[ctx] { return func(c *ctx) error { c.log = append(c.log, s); return nil } }
	m := New[door, string](closed, ctx{pin: "42"}).
		On(closed, "open", opened, nil, log("creak")).
		On(opened, "close", closed, nil, log("bang")).
		On(closed, "lock", locked, nil, log("click"), func(c *ctx) error { c.tries = 0; return nil }).
		On(locked, "unlock", closed, func(c *ctx) bool { return c.pin == "42" }, log("clack")).
		On(locked, "unlock", locked, func(c *ctx) bool { return c.tries < 2 }, func(c *ctx) error { c.tries++; return nil }).
		On(locked, "unlock", locked, nil, func(*ctx) error { return errors.New("alarm") }).
		Enter(closed, log("in the frame"))
	for _, ev := range []string{"open", "lock", "close", "lock", "open"} {
		fmt.Println(ev, m.Fire(ev), m.state)
	}
	m.ctx.pin = "0"
	for range 3 {
		fmt.Print(m.Fire("unlock"), m.ctx.tries, "; ")
	}
	m.ctx.pin = "42"
	fmt.Println(m.Fire("unlock"), m.state, m.history, m.ctx.log)
	fmt.Println(errors.Is(m.Fire("nothing"), ErrNoTransition))

}
