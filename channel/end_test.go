package channel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/channel"
)

// C7
func TestItemsComeBeforeTheError(t *testing.T) {
	onEachPipe(t, func(t *testing.T, near, far *channel.Mux) {
		a, b := channelOn(t, near, far)
		big := make([]byte, 3<<20) // far more than window and queue
		go func() {
			sendAll(t, a, 1, big, 3)
			a.CloseWithError(fmt.Errorf("worn out: %w", fs.ErrPermission))
		}()
		eventually(t, "the far side sees the end", func() bool { return b.Err() != nil })
		items, err := receiveAll(t, b)
		if len(items) != 3 {
			t.Errorf("%d items arrived before %v", len(items), err)
		}
		var remote *channel.RemoteError
		if !errors.As(err, &remote) || remote.Text != "worn out: permission denied" || !errors.Is(err, fs.ErrPermission) {
			t.Errorf("the end is %v", err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, again := b.Receive(patiently(t)); again != err {
					t.Errorf("a later Receive gives %v, not the same error", again)
				}
			})
		}
		wg.Wait()
		if b.Err() != err || a.Err() != channel.ErrClosed {
			t.Errorf("Err is %v there and %v here", b.Err(), a.Err())
		}
		allOver(t, near, far)
	})
}

// C7
func TestCloseEndsEveryBlockedReceiver(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(a, b *channel.Channel)
		want error
	}{
		"far close":   {func(a, b *channel.Channel) { a.Close() }, io.EOF},
		"local close": {func(a, b *channel.Channel) { b.Close() }, channel.ErrClosed},
		"far end":     {func(a, b *channel.Channel) { a.CloseSend() }, io.EOF},
		"far mux":     {func(a, b *channel.Channel) { a.Mux().Close() }, channel.ErrLost},
		"local mux":   {func(a, b *channel.Channel) { b.Mux().Close() }, channel.ErrClosed},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				near, far, _ := doomedPair(t, nil)
				a, b := channelOn(t, near, far)
				var waits []<-chan error
				for range 5 {
					waits = append(waits, async(func() error { _, err := b.Receive(context.Background()); return err }))
				}
				synctest.Wait()
				c.end(a, b)
				synctest.Wait()
				for _, w := range waits {
					if err := outcome(t, w); !errors.Is(err, c.want) {
						t.Errorf("a blocked Receive gives %v, want %v", err, c.want)
					}
				}
				if _, err := b.Receive(context.Background()); !errors.Is(err, c.want) {
					t.Errorf("a later Receive gives %v, want %v", err, c.want)
				}
			})
		})
	}
}

// Close must not depend on the other side: a silent one never answers it.
func TestCloseUnblocksReceiveWithoutAnswer(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawFar(t, nil)
		ch, err := p.m.New(t.Context())
		must(t, err)
		waits := []<-chan error{}
		for range 3 {
			waits = append(waits, async(func() error { _, err := ch.Receive(context.Background()); return err }))
		}
		synctest.Wait()
		must(t, ch.Close())
		for _, w := range append(waits, async(func() error { _, err := ch.Receive(context.Background()); return err })) {
			if err := outcome(t, w); err != channel.ErrClosed {
				t.Errorf("Receive gives %v", err)
			}
		}
	})
}

// C7
func TestCloseUnblocksSend(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(a, b *channel.Channel)
		want error
	}{
		"far close":   {func(a, b *channel.Channel) { b.CloseWithError(errors.New("no more")) }, channel.ErrClosed},
		"local close": {func(a, b *channel.Channel) { a.Close() }, channel.ErrClosed},
		"local end":   {func(a, b *channel.Channel) { a.CloseSend() }, channel.ErrClosed},
		"far mux":     {func(a, b *channel.Channel) { b.Mux().Close() }, channel.ErrLost},
		"local mux":   {func(a, b *channel.Channel) { a.Mux().Close() }, channel.ErrClosed},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				near, far, _ := doomedPair(t, nil)
				a, b := channelOn(t, near, far)
				var floods []<-chan error
				for range 3 {
					floods = append(floods, async(func() error {
						for {
							if err := a.Send(context.Background(), make([]byte, 100_000)); err != nil {
								return err
							}
						}
					}))
				}
				for _, f := range floods {
					stillBlocked(t, "the flood", f)
				}
				c.end(a, b)
				for _, f := range floods {
					if err := outcome(t, f); !errors.Is(err, c.want) {
						t.Errorf("a blocked Send gives %v, want %v", err, c.want)
					}
				}
				if err := a.Send(context.Background(), 1); !errors.Is(err, c.want) {
					t.Errorf("a later Send gives %v, want %v", err, c.want)
				}
			})
		})
	}
}

// C7: the half that is closed ends, the other goes on.
func TestCloseSendLeavesTheOtherWayOpen(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	sendAll(t, a, 1)
	must(t, a.CloseSend())
	must(t, a.CloseSend())
	if err := a.Send(patiently(t), 2); err != channel.ErrClosed {
		t.Errorf("Send after CloseSend gives %v", err)
	}
	items, err := receiveAll(t, b)
	if !reflect.DeepEqual(items, []any{1}) || err != io.EOF || b.Err() != nil {
		t.Errorf("received %v, %v; Err is %v", items, err, b.Err())
	}
	sendAll(t, b, "answer")
	if v, err := a.Receive(patiently(t)); v != "answer" || err != nil {
		t.Errorf("the answer is %v, %v", v, err)
	}
	must(t, b.Set(patiently(t), map[string]any{"bound": 1}))
	if v, err := a.Get(patiently(t), "bound"); v != 1 || err != nil {
		t.Errorf("the binding is %v, %v", v, err)
	}
	b.CloseWithError(errors.New("after all"))
	if _, err := a.Receive(patiently(t)); err == nil || err.Error() != "after all" {
		t.Errorf("then Receive gives %v", err)
	}
	allOver(t, near, far)
}

// C7
func TestErrorAfterCloseSendIsTheEnd(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	a.CloseSend()
	if _, err := b.Receive(patiently(t)); err != io.EOF {
		t.Errorf("the end of the items is %v", err)
	}
	a.CloseWithError(errors.New("and broken"))
	<-b.Done()
	for range 2 {
		if _, err := b.Receive(patiently(t)); err == nil || err.Error() != "and broken" {
			t.Errorf("after the error Receive gives %v", err)
		}
	}
	if err := b.Send(patiently(t), 1); err != channel.ErrClosed {
		t.Errorf("after the error Send gives %v", err)
	}
	allOver(t, near, far)
}

// The table must not keep a channel that the other side closed after its items
// had already ended.
func TestCloseAfterCloseSendLeavesNoChannel(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	a.CloseSend()
	if _, err := b.Receive(patiently(t)); err != io.EOF {
		t.Fatal(err)
	}
	a.Close()
	<-b.Done()
	allOver(t, near, far)
}

// "A channel that the other side closed needs no Close unless items are left".
func TestChannelClosedByPeerNeedsNoClose(t *testing.T) {
	near, far := muxPair(t)
	for range 20 {
		a, b := channelOn(t, near, far)
		c, err := far.New(patiently(t))
		must(t, err)
		sendAll(t, b, c)
		got, err := channel.Receive[*channel.Channel](patiently(t), a)
		must(t, err)
		c.CloseWithError(errors.New("x"))
		<-got.Done()
		b.Close()
		<-a.Done()
	}
	allOver(t, near, far)
}

// Items that are left keep the channel until somebody takes or drops them.
func TestUnreadItemsOutliveTheClose(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	sendAll(t, a, 1, 2)
	a.Close()
	<-b.Done()
	if items, err := receiveAll(t, b); len(items) != 2 || err != io.EOF {
		t.Errorf("received %v, %v", items, err)
	}
	c, d := channelOn(t, near, far)
	sendAll(t, c, 1, make([]byte, 100_000))
	c.Close()
	<-d.Done()
	d.Close()
	allOver(t, near, far)
}

func TestCloseFromManyGoroutinesAtOnce(t *testing.T) {
	onEachPipe(t, func(t *testing.T, near, far *channel.Mux) {
		for range 30 {
			a, b := channelOn(t, near, far)
			var wg sync.WaitGroup
			for _, ch := range []*channel.Channel{a, b} {
				for range 3 {
					wg.Go(func() {
						if err := ch.Close(); err != nil {
							t.Error(err)
						}
					})
					wg.Go(func() { ch.CloseWithError(errors.New("x")) })
					wg.Go(func() { ch.CloseSend() })
					wg.Go(func() { ch.Send(patiently(t), 1) })
					wg.Go(func() { ch.Receive(patiently(t)) })
				}
			}
			wg.Wait()
			if a.Err() == nil || b.Err() == nil {
				t.Fatal("a closed channel has no Err")
			}
		}
		allOver(t, near, far)
	})
}

func TestCloseIsTheFirstReason(t *testing.T) {
	a, b := channelPair(t)
	a.Close()
	a.CloseWithError(errors.New("too late"))
	<-b.Done()
	b.CloseWithError(errors.New("too late as well"))
	if b.Err() != io.EOF || a.Err() != channel.ErrClosed {
		t.Errorf("Err is %v there and %v here", b.Err(), a.Err())
	}
}

// C7: everything that can block, blocked, when the byte stream is cut.
func TestLossEndsEveryBlockedCall(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far, cut := doomedPair(t, nil)
		a, b := channelOn(t, near, far)
		quiet, _ := channelOn(t, near, far)
		slow, slowFar := channelOn(t, near, far)
		release := make(chan struct{})
		_, err := slowFar.Subscribe(&channel.Callbacks{Bindings: func(map[string]any) { <-release }})
		must(t, err)
		ends := make(chan error, 10)
		for _, cb := range []*channel.Callbacks{
			{Item: func(any) {}}, {Bindings: func(map[string]any) {}}, {Item: func(any) {}, Bindings: func(map[string]any) {}},
		} {
			cb.End = func(err error) { ends <- err }
			_, err := b.Subscribe(cb)
			must(t, err)
		}
		ctx := context.Background()
		calls := map[string]<-chan error{
			"Receive":    async(func() error { _, err := quiet.Receive(ctx); return err }),
			"Receive 2":  async(func() error { _, err := quiet.Receive(ctx); return err }),
			"Get":        async(func() error { _, err := quiet.Get(ctx, "never"); return err }),
			"GetChanged": async(func() error { _, err := a.GetChanged(ctx, "never", 1); return err }),
			"Accept":     async(func() error { _, err := near.Accept(ctx); return err }),
			"Send": async(func() error {
				for {
					if err := quiet.Send(ctx, make([]byte, 200_000)); err != nil {
						return err
					}
				}
			}),
			"Set": async(func() error {
				for {
					if err := slow.Set(ctx, map[string]any{"n": make([]byte, 100_000)}); err != nil {
						return err
					}
				}
			}),
			"Read":    async(func() error { _, err := slow.Stream().Read(make([]byte, 1)); return err }),
			"Context": async(func() error { <-a.Context().Done(); return context.Cause(a.Context()) }),
		}
		for name, call := range calls {
			stillBlocked(t, name, call)
		}
		cut()
		for name, call := range calls {
			if err := outcome(t, call); !errors.Is(err, channel.ErrLost) {
				t.Errorf("%s gives %v", name, err)
			}
		}
		close(release)
		synctest.Wait()
		close(ends)
		n := 0
		for err := range ends {
			if n++; !errors.Is(err, channel.ErrLost) {
				t.Errorf("a subscription ended with %v", err)
			}
		}
		if n != 3 {
			t.Errorf("3 subscriptions ended %d times", n)
		}
		for name, call := range map[string]func() error{
			"Send": func() error { return a.Send(ctx, 1) },
			"Set":  func() error { return a.Set(ctx, map[string]any{"x": 1}) },
			"Open": func() error { _, err := near.Open(ctx, "x"); return err },
			"New":  func() error { _, err := near.New(t.Context()); return err },
		} {
			if err := call(); !errors.Is(err, channel.ErrLost) {
				t.Errorf("a later %s gives %v", name, err)
			}
		}
	})
}

// C7: a blocked Open; the other side takes no streams in.
func TestLossEndsBlockedOpen(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawFar(t, nil)
		opens := async(func() error {
			for {
				if _, err := p.m.New(context.Background()); err != nil {
					return err
				}
			}
		})
		stillBlocked(t, "Open", opens)
		ctx, cancel := context.WithCancel(t.Context())
		bounded := async(func() error { _, err := p.m.Open(ctx, "x"); return err })
		stillBlocked(t, "Open", bounded)
		cancel()
		if err := outcome(t, bounded); !errors.Is(err, context.Canceled) {
			t.Errorf("an Open whose ctx ends gives %v", err)
		}
		p.conn.Close()
		if err := outcome(t, opens); !errors.Is(err, channel.ErrLost) {
			t.Errorf("a blocked Open gives %v", err)
		}
	})
}

// C7
func TestItemsThatHadArrivedOutliveTheLoss(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far, cut := doomedPair(t, nil)
		a, b := channelOn(t, near, far)
		sendAll(t, a, 1, make([]byte, 150_000), "three")
		synctest.Wait()
		cut()
		synctest.Wait()
		items, err := receiveAll(t, b)
		if len(items) != 3 || !errors.Is(err, channel.ErrLost) {
			t.Errorf("received %d items, %v", len(items), err)
		}
		if _, again := b.Receive(t.Context()); again != err {
			t.Errorf("a later Receive gives %v, not the same error", again)
		}
	})
}

// C7: the other side ended the channel in good order, bound a name and went at
// once. All of it had arrived, so none of it is lost.
func TestGoodEndRightBeforeTheLossIsNoLoss(t *testing.T) {
	for range 50 {
		p := rawNear(t, nil)
		s, ch := p.channel()
		end := append(rawFrame(frameItem, []byte{7}), rawFrame(frameEnd, nil)...)
		p.write(s, end)
		var messages []byte
		for clock := range 50 {
			messages = append(messages, message(controlBind, ch.ID(), bind(uint64(clock+1), "n", []byte{byte(clock % 20)}))...)
		}
		p.write(p.control, append(messages, message(controlClose, ch.ID(), nil)...))
		p.conn.Close()
		<-p.m.Done()
		if items, err := receiveAll(t, ch); !reflect.DeepEqual(items, []any{7}) || err != io.EOF {
			t.Fatalf("received %v, %v", items, err)
		}
		if v, err := ch.Get(patiently(t), "n"); v != 49%20 || err != nil {
			t.Fatalf("the binding is %v, %v", v, err)
		}
	}
}

// The reason of the loss is asked for once and given to everybody.
func TestLostIsAskedOnceForTheCause(t *testing.T) {
	a, b := bufferless(t)
	died := errors.New("exit status 3")
	asked := 0
	near, far := muxes(t, a, b, &channel.Options{Lost: func(error) error { asked++; return died }}, nil)
	ch, err := near.New(context.Background())
	must(t, err)
	waiting := async(func() error { _, err := ch.Receive(context.Background()); return err })
	far.Close()
	for _, err := range []error{outcome(t, waiting), near.Err(), ch.Err(), ch.Send(patiently(t), 1)} {
		if !errors.Is(err, died) || !errors.Is(err, channel.ErrLost) {
			t.Errorf("a call gives %v", err)
		}
	}
	if far.Err() != channel.ErrClosed || asked != 1 {
		t.Errorf("the closing side has %v; Lost was asked %d times", far.Err(), asked)
	}
	must(t, near.Close())
}

// A long error is cut, not the connection.
func TestLongErrorTravelsCut(t *testing.T) {
	a, b := channelPair(t)
	long := strings.Repeat("ü", 3<<20)
	a.CloseWithError(&channel.Fault{Name: long, Text: long, Stack: long, File: long})
	<-b.Done()
	var remote *channel.RemoteError
	if !errors.As(b.Err(), &remote) || len(remote.Text) > 300<<10 || !strings.HasPrefix(remote.Text, "üü") {
		t.Errorf("the error has become a %T", b.Err())
	}
}

// Cancel ends the other side's context and nothing else.
func TestCancelEndsOnlyTheContext(t *testing.T) {
	a, b := channelPair(t)
	ctx := b.Context()
	must(t, a.Cancel(context.DeadlineExceeded))
	<-ctx.Done()
	if cause := context.Cause(ctx); !errors.Is(cause, context.DeadlineExceeded) {
		t.Errorf("the cause is %v", cause)
	}
	sendAll(t, b, "still here")
	if v, err := a.Receive(patiently(t)); v != "still here" || err != nil {
		t.Errorf("received %v, %v", v, err)
	}
	a.Close()
	<-b.Done()
	if err := b.Cancel(nil); err != io.EOF {
		t.Errorf("Cancel after the end gives %v", err)
	}
	if ctx := a.Context(); ctx.Err() == nil || context.Cause(ctx) != channel.ErrClosed {
		t.Error("the context of a closed channel goes on")
	}
}

func TestMuxCloseFromManyGoroutinesWithEverythingInFlight(t *testing.T) {
	for range 5 {
		a, b := pipe(t)
		near, far := muxes(t, a, b, nil, nil)
		var xs []*channel.Channel
		for range 8 {
			x, y := channelOn(t, near, far)
			_, err := y.Subscribe(&channel.Callbacks{Item: func(any) {}, Bindings: func(map[string]any) {}})
			must(t, err)
			xs = append(xs, x)
		}
		var busy sync.WaitGroup
		for _, x := range xs {
			busy.Go(func() {
				for x.Send(context.Background(), make([]byte, 10_000)) == nil {
				}
			})
			busy.Go(func() {
				for x.Set(context.Background(), map[string]any{"n": 1}) == nil {
				}
			})
			busy.Go(func() {
				for {
					ch, err := near.Open(context.Background(), "y")
					if err != nil {
						return
					}
					ch.Close()
				}
			})
			busy.Go(func() {
				for {
					ch, err := far.Accept(context.Background())
					if err != nil {
						return
					}
					ch.Receive(context.Background())
				}
			})
		}
		var closers sync.WaitGroup
		for range 4 {
			closers.Go(func() { near.Close() })
			closers.Go(func() { far.Close() })
		}
		closers.Wait()
		busy.Wait()
	}
}

func TestMuxCloseFromCallbackReturns(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far, _ := doomedPair(t, nil)
		a, b := channelOn(t, near, far)
		closed, ended := make(chan error, 1), make(chan error, 1)
		_, err := b.Subscribe(&channel.Callbacks{
			Item: func(any) { closed <- far.Close() },
			End:  func(err error) { ended <- err },
		})
		must(t, err)
		sendAll(t, a, 1)
		must(t, <-closed)
		if err := <-ended; err != channel.ErrClosed {
			t.Errorf("the subscription ended with %v", err)
		}
	})
}

// C7, P6: the reason of an end is no item: the limit of items does not concern it.
func TestReasonOverTheItemLimitArrives(t *testing.T) {
	near, far := muxPairWith(t, &channel.Options{MaxItem: 100}, nil)
	a, b := channelOn(t, near, far)
	long := strings.Repeat("why ", 1000)
	b.CloseWithError(errors.New(long))
	var remote *channel.RemoteError
	if _, err := a.Receive(patiently(t)); !errors.As(err, &remote) || remote.Text != long {
		t.Errorf("Receive gives %.100v", err)
	}
	c, d := channelOn(t, near, far)
	ctx := c.Context()
	must(t, d.Cancel(errors.New(long)))
	<-ctx.Done()
	if cause := context.Cause(ctx); !errors.As(cause, &remote) {
		t.Errorf("the cause is %.100v", cause)
	}
}
