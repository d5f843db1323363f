package channel_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/farside-go/farside/channel"
)

// C3
func TestReceiveTimeoutKeepsItem(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		if _, err := b.Receive(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Receive gives %v", err)
		}
		sendAll(t, a, "first", "second")
		synctest.Wait()
		if _, err := b.Receive(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Receive with an ended ctx gives %v, though an item is there", err)
		}
		for _, want := range []string{"first", "second"} {
			if v, err := b.Receive(t.Context()); v != want || err != nil {
				t.Errorf("received %v, %v, want %q", v, err, want)
			}
		}
	})
}

// C3: the bytes that a Receive had read are there for the next one.
func TestReceiveTimeoutInsideItemKeepsIt(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		data := bytes.Repeat([]byte("0123456789abcdef"), 300_000/16)
		wire := rawFrame(frameBytes, data)
		for _, part := range [][]byte{wire[:1], wire[1:2], wire[2:5], wire[5:100_000], wire[100_000 : len(wire)-1]} {
			ready := async(func() error { p.write(s, part); return nil })
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			if _, err := ch.Receive(ctx); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("Receive of a part gives %v", err)
			}
			cancel()
			<-ready
		}
		p.write(s, append(wire[len(wire)-1:], rawFrame(frameString, []byte("next"))...))
		got, err := channel.Receive[[]byte](t.Context(), ch)
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("received %d bytes, %v", len(got), err)
		}
		if v, err := ch.Receive(t.Context()); v != "next" || err != nil {
			t.Errorf("then received %v, %v", v, err)
		}
	})
}

// C3, C6: likewise while the rest of an item that is over the limit is passed over.
func TestReceiveTimeoutWhileSkippingItem(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, &channel.Options{MaxItem: 1000})
		s, ch := p.channel()
		wire := rawFrame(frameBytes, make([]byte, 100_000))
		p.write(s, wire[:50_000])
		var dec *channel.DecodeError
		if _, err := ch.Receive(t.Context()); !errors.As(err, &dec) {
			t.Fatalf("Receive gives %v", err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := ch.Receive(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatalf("Receive gives %v", err)
		}
		p.write(s, append(wire[50_000:], rawFrame(frameString, []byte("next"))...))
		if v, err := ch.Receive(t.Context()); v != "next" || err != nil {
			t.Errorf("then received %v, %v", v, err)
		}
	})
}

// C3: a ctx that ends at any moment, also just after its Receive, disturbs no
// later Receive with another ctx.
func TestReceiveWithManyContextsLosesNothing(t *testing.T) {
	onEachPipe(t, func(t *testing.T, near, far *channel.Mux) {
		a, b := channelOn(t, near, far)
		const items = 2000
		go func() {
			for i := range items {
				var load []byte
				if i%100 == 0 {
					load = make([]byte, 200_000)
				}
				if a.Send(context.Background(), numbered{No: i, Load: load}) != nil {
					return
				}
				if i%7 == 0 {
					runtime.Gosched()
				}
			}
		}()
		kept, cancelKept := context.WithCancel(patiently(t))
		defer cancelKept()
		for want := 0; want < items; {
			ctx, cancel := kept, context.CancelFunc(func() {})
			switch rand.IntN(4) {
			case 0:
				ctx = context.Background()
			case 1, 2:
				ctx, cancel = context.WithCancel(kept)
				go func() { runtime.Gosched(); cancel() }()
			}
			item, err := channel.Receive[numbered](ctx, b)
			switch {
			case err == nil && item.No == want:
				want++
			case err == nil || !errors.Is(err, context.Canceled):
				t.Fatalf("received item %d, %v, want %d", item.No, err, want)
			}
			cancel()
		}
	})
}

// Many wait with different ctxs; each of them gets an item or its ctx's end.
func TestWaitingReceiversEndWithTheirContexts(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		var waits []<-chan error
		var cancels []context.CancelFunc
		for range 10 {
			ctx, cancel := context.WithCancel(t.Context())
			cancels = append(cancels, cancel)
			waits = append(waits, async(func() error { _, err := b.Receive(ctx); return err }))
		}
		synctest.Wait()
		for i := 0; i < 10; i += 2 {
			cancels[i]()
			synctest.Wait()
			if err := outcome(t, waits[i]); !errors.Is(err, context.Canceled) {
				t.Errorf("receiver %d: %v", i, err)
			}
		}
		sendAll(t, a, 1, 2, 3, 4, 5)
		for i := 1; i < 10; i += 2 {
			must(t, outcome(t, waits[i]))
			cancels[i]()
		}
	})
}

// countingContext counts who waits for its end.
type countingContext struct {
	context.Context
	done       chan struct{}
	registered int
}

func (c *countingContext) Done() <-chan struct{} { return c.done }
func (c *countingContext) Value(any) any         { return nil }
func (c *countingContext) AfterFunc(func()) func() bool {
	c.registered++
	return func() bool { c.registered--; return true }
}

// A channel that is over must not be kept by a ctx that lives on.
func TestEndedChannelLeavesContextAlone(t *testing.T) {
	ends := map[string]func(a, b *channel.Channel, cut func()){
		"far close":    func(a, b *channel.Channel, cut func()) { a.Close() },
		"local close":  func(a, b *channel.Channel, cut func()) { b.Close() },
		"far error":    func(a, b *channel.Channel, cut func()) { a.CloseWithError(errors.New("x")) },
		"loss":         func(a, b *channel.Channel, cut func()) { cut() },
		"local mux":    func(a, b *channel.Channel, cut func()) { b.Mux().Close() },
		"end of items": func(a, b *channel.Channel, cut func()) { a.CloseSend() },
	}
	for name, end := range ends {
		for _, again := range []bool{false, true} {
			if name == "end of items" && !again {
				continue // nobody has looked yet: the channel goes on
			}
			t.Run(name, func(t *testing.T) {
				bubble(t, func(t *testing.T) {
					near, far, cut := doomedPair(t, nil)
					a, b := channelOn(t, near, far)
					ctx := &countingContext{Context: t.Context(), done: make(chan struct{})}
					sendAll(t, a, 1)
					_, err := b.Receive(ctx)
					must(t, err)
					end(a, b, cut)
					synctest.Wait()
					if again {
						if _, err := b.Receive(ctx); err == nil {
							t.Error("Receive after the end gives an item")
						}
					}
					if ctx.registered != 0 {
						t.Errorf("%d registrations are left on the ctx", ctx.registered)
					}
				})
			})
		}
	}
}
