package channel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
)

// FuzzOperations decodes bytes to a program of operations on both ends of some
// channels. Whatever the program, what one end receives is what the other has
// sent, from the first on and in order; nothing hangs; and the ends agree.
func FuzzOperations(f *testing.F) {
	random := rand.New(rand.NewPCG(7, 7))
	for range 20 {
		program := make([]byte, 20+random.IntN(200))
		for i := range program {
			program[i] = byte(random.Uint32())
		}
		f.Add(program)
	}
	f.Fuzz(func(t *testing.T, program []byte) { runProgram(t, program[:min(len(program), 1000)]) })
}

// An end is one end of a channel, with what happened to it.
type end struct {
	ch    *channel.Channel
	other *end

	mu     sync.Mutex
	sent   []string // by successful Sends, in order
	got    []string // by Receives and callbacks, in order
	subs   []*channel.Subscription
	live   int  // subscriptions that must still be told the end
	mixed  bool // a Receive may have overtaken a cancelled callback under way
	closed bool // by this side
}

type machine struct {
	t         *testing.T
	near, far *channel.Mux
	ends      []*end
	passed    int
	ctx       context.Context
}

func runProgram(t *testing.T, program []byte) {
	a, b := bufferless(t)
	ctx, stop := context.WithTimeout(context.Background(), patience)
	defer stop()
	opts := &channel.Options{Queue: 2000, MaxItem: 1 << 20}
	m := &machine{t: t, ctx: ctx}
	m.near, m.far = muxes(t, a, b, opts, opts)
	defer finish(t, m.near, m.far)
	x, y := channelOn(t, m.near, m.far)
	m.add(x, y)
	for i := 0; i+1 < len(program) && !t.Failed(); i += 2 {
		m.step(program[i], m.ends[int(program[i+1])%len(m.ends)], program[i+1])
	}
	m.wrapUp()
}

func (m *machine) add(x, y *channel.Channel) {
	ex, ey := &end{ch: x}, &end{ch: y}
	ex.other, ey.other = ey, ex
	m.ends = append(m.ends, ex, ey)
}

// step does one operation. Those that may block have a ctx that ends soon.
func (m *machine) step(op byte, e *end, arg byte) {
	soon, cancel := context.WithTimeout(m.ctx, time.Duration(arg%3)*time.Millisecond)
	defer cancel()
	switch op % 12 {
	case 0, 1:
		e.send(soon, int(arg))
	case 2:
		e.send(soon, 400*int(arg)) // up to 100 kB
	case 3, 4, 5:
		e.receive(m, soon)
	case 6:
		m.set(soon, e, arg)
	case 7:
		e.ch.Get(soon, fmt.Sprint(arg%4))
	case 8:
		e.subscribe(m)
	case 9:
		e.cancelSubscriptions()
	case 10:
		m.pass(e)
	case 11:
		m.close(e, arg)
	}
}

func (e *end) send(ctx context.Context, size int) {
	item := fmt.Sprintf("%d %0*d", len(e.sent), size, 0)
	if err := e.ch.Send(ctx, item); err == nil {
		e.sent = append(e.sent, item)
	}
}

func (e *end) receive(m *machine, ctx context.Context) {
	v, err := channel.Receive[string](ctx, e.ch)
	if err == nil {
		e.took(m, v)
	}
}

func (e *end) took(m *machine, item string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.got = append(e.got, item)
}

func (m *machine) set(ctx context.Context, e *end, arg byte) {
	if err := e.ch.Set(ctx, map[string]any{fmt.Sprint(arg % 4): int(arg)}); err == nil {
		if v, err := e.ch.Get(m.ctx, fmt.Sprint(arg%4)); err != nil {
			m.t.Errorf("what was set is %v, %v", v, err)
		}
	}
}

func (e *end) subscribe(m *machine) {
	if len(e.subs) > 0 {
		return
	}
	ended := 0
	s, err := e.ch.Subscribe(&channel.Callbacks{
		Item:     func(item any) { e.took(m, item.(string)) },
		Bindings: func(map[string]any) {},
		End: func(error) {
			e.mu.Lock()
			defer e.mu.Unlock()
			e.live--
			if ended++; ended > 1 {
				m.t.Error("an end is told twice")
			}
		},
	})
	if err == nil {
		e.mu.Lock()
		e.live++
		e.mu.Unlock()
		e.subs = append(e.subs, s)
	}
}

// cancelSubscriptions makes Receive possible again.
func (e *end) cancelSubscriptions() {
	for _, s := range e.subs {
		s.Cancel()
	}
	e.mu.Lock()
	e.live, e.mixed = 0, e.mixed || len(e.subs) > 0
	e.mu.Unlock()
	e.subs = nil
}

// pass makes a channel and sends it through a binding, which is sure to arrive
// while the channel that carries it is open.
func (m *machine) pass(e *end) {
	m.passed++
	mux, name := e.ch.Mux(), fmt.Sprintf("channel %d", m.passed)
	if len(m.ends) > 20 || e.ch.Err() != nil {
		return
	}
	x, err := mux.New(m.ctx)
	must(m.t, err)
	if e.ch.Set(m.ctx, map[string]any{name: x}) != nil {
		x.Close()
		return
	}
	y, err := channel.Get[*channel.Channel](m.ctx, e.other.ch, name)
	switch {
	case err == nil && y.ID() == x.ID() && y.Mux() != mux:
		m.add(x, y)
	case err == nil || e.other.ch.Err() == nil:
		m.t.Errorf("channel %d was passed as %v, %v", x.ID(), y, err)
	}
}

func (m *machine) close(e *end, arg byte) {
	switch arg % 8 {
	case 0:
		e.ch.Close()
		e.closed = true
	case 1:
		e.ch.CloseWithError(errors.New("broken"))
		e.closed = true
	case 2:
		e.ch.CloseSend()
	}
}

// wrapUp closes one end of each channel, takes what is left at the other, and
// checks what must be true now.
func (m *machine) wrapUp() {
	for _, e := range m.ends {
		e.cancelLater(m)
	}
	for i, e := range m.ends {
		if i%2 == 0 && !e.closed && !e.other.closed {
			e.ch.CloseSend() // in good order: the other gets all
			e.other.drain(m)
			e.other.isWhole(m)
			e.ch.Close()
			e.closed = true
		}
	}
	for _, e := range m.ends {
		select {
		case <-e.ch.Done():
		case <-m.ctx.Done():
			m.t.Fatal("an end of a closed channel is open")
		}
		if !e.closed {
			e.drain(m)
		}
		e.isPrefix(m)
		e.agrees(m)
		e.ch.Close()
	}
	for _, e := range m.ends {
		eventually(m.t, "every subscription is told the end", func() bool {
			e.mu.Lock()
			defer e.mu.Unlock()
			return e.live <= 0
		})
	}
}

// cancelLater leaves the subscriptions of some ends to the end of the channel.
func (e *end) cancelLater(m *machine) {
	if !e.closed && !e.other.closed {
		e.cancelSubscriptions()
	}
}

func (e *end) drain(m *machine) {
	for {
		v, err := channel.Receive[string](m.ctx, e.ch)
		switch {
		case err == nil:
			e.took(m, v)
		case m.ctx.Err() != nil:
			m.t.Fatal("Receive hangs")
		default:
			return
		}
	}
}

func (e *end) isPrefix(m *machine) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.got) > len(e.other.sent) {
		m.t.Fatalf("%d items came of %d", len(e.got), len(e.other.sent))
	}
	if e.mixed {
		slices.SortFunc(e.got, func(a, b string) int { return number(a) - number(b) })
	}
	for i, item := range e.got {
		if item != e.other.sent[i] {
			m.t.Fatalf("item %d is %.20q, was sent as %.20q", i, item, e.other.sent[i])
		}
	}
}

func number(item string) int {
	var n int
	fmt.Sscan(item, &n)
	return n
}

func (e *end) isWhole(m *machine) {
	e.isPrefix(m)
	if len(e.got) != len(e.other.sent) {
		m.t.Errorf("%d items came of %d", len(e.got), len(e.other.sent))
	}
}

// agrees: one end was closed here, or the other side says why it is over.
func (e *end) agrees(m *machine) {
	err, other := e.ch.Err(), e.other.ch.Err()
	var remote *channel.RemoteError
	switch {
	case err == channel.ErrClosed && e.closed:
	case e.other.closed && (err == io.EOF || errors.As(err, &remote)) && other == channel.ErrClosed:
	default:
		m.t.Errorf("the ends are %v and %v", err, other)
	}
}
