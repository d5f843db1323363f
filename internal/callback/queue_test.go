package callback_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/farside-go/farside/internal/callback"
	"github.com/farside-go/farside/internal/framed"
	"github.com/farside-go/farside/internal/protocol"
)

// A host is a channel whose items are strings and whose bindings are their names.
type host struct {
	frames *framed.Channel
	calls  callback.Queue

	mu    sync.Mutex
	taken int
	seen  []string // what callbacks saw, and panics
}

func (h *host) Message(byte, []byte) error { return nil }

func (h *host) Item(f protocol.Frame) (any, bool) {
	if string(f.Body) == "garbled" {
		h.frames.Close(errors.New("garbled"), nil)
		return nil, false
	}
	return string(f.Body), true
}

func (h *host) Values(raws map[string][]byte) (map[string]any, bool) {
	values := map[string]any{}
	for name, raw := range raws {
		values[name] = string(raw)
	}
	return values, true
}

func (h *host) Taken(size int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.taken += size
}

func (h *host) Panicked(p any) { h.note("panic %v", p) }

func (h *host) note(format string, args ...any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen = append(h.seen, fmt.Sprintf(format, args...))
}

func (h *host) want(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !slices.Equal(h.seen, want) {
		t.Errorf("the callbacks saw %q, want %q", h.seen, want)
	}
}

// subscribe notes everything under a name.
func (h *host) subscribe(name string) *callback.Subscription {
	return h.calls.Subscribe(&callback.Callbacks{
		Item:     func(item any) { h.note("%s %v", name, item) },
		Bindings: func(values map[string]any) { h.note("%s %v", name, values) },
		End:      func(err error) { h.note("%s end %v", name, err) },
	})
}

// connected runs test in a bubble with a channel's one end, and the host of the other.
// yamux keeps timers in a pool, and those of one bubble must not be used in another; and
// the race detector crashes when two goroutines of a bubble run expired timers at once.
func connected(t *testing.T, test func(t *testing.T, ch *framed.Channel, h *host)) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for range 2 {
		runtime.GC() // empties the pools
	}
	synctest.Test(t, func(t *testing.T) {
		a, b := net.Pipe()
		far := start(t, b, false) // first, since the near side says something at once
		near := start(t, a, true)
		ch, err := near.Open(t.Context(), "x")
		if err != nil {
			t.Fatal(err)
		}
		other, err := far.Accept(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		test(t, ch, other.Owner().(*host))
	})
}

func start(t *testing.T, conn net.Conn, near bool) *framed.Mux {
	t.Helper()
	m, err := framed.NewMux(conn, &framed.Config{
		Near: near, MaxItem: 1000, Queue: 1000, Window: 512 << 10, KeepAlive: time.Hour,
		Logger:      slog.New(slog.DiscardHandler),
		Lost:        func(cause error) error { return cause },
		EncodeFault: func(error) []byte { return nil },
		DecodeFault: func([]byte) (error, error) { return nil, nil },
		Own: func(ch *framed.Channel) framed.Owner {
			h := &host{frames: ch}
			h.calls = callback.New(ch, h)
			return h
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { m.Close() })
	return m
}

func send(t *testing.T, ch *framed.Channel, items ...string) {
	t.Helper()
	for _, item := range items {
		if err := ch.Send(t.Context(), protocol.FrameString, []byte(item)); err != nil {
			t.Fatal(err)
		}
	}
}

// C9
func TestCalledInTheOrderOfSubscription(t *testing.T) {
	connected(t, func(t *testing.T, ch *framed.Channel, h *host) {
		send(t, ch, "queued")
		synctest.Wait()
		both := make(chan struct{}) // subscribed
		h.calls.Subscribe(&callback.Callbacks{Item: func(item any) { <-both; h.note("a %v", item) }})
		h.subscribe("b")
		close(both)
		send(t, ch, "later")
		ch.CloseSend()
		h.want(t, "a queued", "b queued", "a later", "b later", "b end EOF")
	})
}

// C9: bindings that came before the end are told before it, and their size is given back.
func TestBindingsComeBeforeTheEnd(t *testing.T) {
	connected(t, func(t *testing.T, ch *framed.Channel, h *host) {
		if h.calls.Bound(map[string][]byte{"early": nil}, 10) {
			t.Error("nobody is subscribed, but bindings are queued")
		}
		h.subscribe("a")
		h.calls.Bound(map[string][]byte{"n": []byte("1")}, 20)
		h.calls.Bound(map[string][]byte{"n": []byte("2")}, 30)
		h.calls.Bound(nil, 40) // of which nothing stands
		ch.Close(io.EOF, nil)
		h.want(t, "a map[n:1]", "a map[n:2]", "a end EOF")
		if h.taken != 90 {
			t.Errorf("%d bytes are given back", h.taken)
		}
	})
}

// C9
func TestPanicIsToldToTheHost(t *testing.T) {
	connected(t, func(t *testing.T, ch *framed.Channel, h *host) {
		s := h.calls.Subscribe(&callback.Callbacks{Item: func(item any) { panic(item) }})
		send(t, ch, "burst")
		h.want(t, "panic burst")
		s.Cancel()
	})
}

func TestItemThatCannotBeDecodedIsTheEnd(t *testing.T) {
	connected(t, func(t *testing.T, ch *framed.Channel, h *host) {
		h.subscribe("a")
		send(t, ch, "good", "garbled", "never")
		h.want(t, "a good", "a end garbled")
	})
}

// C9: what is cancelled is not called, and leaves the items to who receives.
func TestCancelLeavesItemsToReceivers(t *testing.T) {
	connected(t, func(t *testing.T, ch *framed.Channel, h *host) {
		a, b := h.subscribe("a"), h.subscribe("b")
		a.Cancel()
		send(t, ch, "one")
		h.want(t, "b one")
		b.Cancel()
		b.Cancel()
		send(t, ch, "two")
		synctest.Wait()
		if err := h.frames.Acquire(t.Context(), false); err != nil {
			t.Fatal(err)
		}
		defer h.frames.Release()
		if f, err := h.frames.Next(t.Context(), false); string(f.Body) != "two" || err != nil {
			t.Errorf("received %q, %v", f.Body, err)
		}
		h.want(t, "b one")
	})
}

// C9: the last who wanted items is gone when the dispatcher gets one. It must go back to
// the pump, for whoever receives next.
func TestItemThatNobodyWantsIsNotTaken(t *testing.T) {
	connected(t, func(t *testing.T, ch *framed.Channel, h *host) {
		h.subscribe("a").Cancel()
		s := h.calls.Subscribe(&callback.Callbacks{Bindings: func(map[string]any) {}})
		defer s.Cancel()
		if h.calls.Offer(t.Context(), protocol.Frame{Kind: protocol.FrameString, Body: []byte("x")}) {
			t.Error("an item is taken that nobody is called with")
		}
		h.want(t)
	})
}
