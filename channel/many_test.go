package channel_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/channel"
)

// C12
func TestTenThousandChannelsAtOnce(t *testing.T) {
	near, far := muxPair(t)
	const many = 10_000
	before := memory()
	ctx := patiently(t)
	ends := make([][2]*channel.Channel, many)
	for i := range ends {
		var err error
		ends[i][0], err = near.Open(context.Background(), "one")
		must(t, err)
		ends[i][1], err = far.Accept(ctx)
		must(t, err)
	}
	if each := (memory() - before) / many; each > 16<<10 {
		t.Errorf("an idle channel takes %d bytes on both sides together, want at most 16 KiB", each)
	}
	if near.Channels() != many || far.Channels() != many {
		t.Errorf("%d and %d channels are open", near.Channels(), far.Channels())
	}
	for i, e := range ends {
		must(t, e[0].Send(ctx, i))
	}
	for i, e := range ends {
		if v, err := channel.Receive[int](ctx, e[1]); v != i || err != nil {
			t.Fatalf("channel %d: received %v, %v", i, v, err)
		}
	}
	for _, e := range ends {
		e[0].Close()
	}
	allOver(t, near, far)
}

// memory is what the heap and the stacks hold after a collection.
func memory() int {
	runtime.GC()
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return int(s.HeapAlloc + s.StackInuse)
}

// Ten thousand blocked calls must not keep each other from ending.
func TestLossReleasesTenThousandReceivers(t *testing.T) {
	a, b := pipe(t)
	near, far := muxes(t, a, b, nil, nil)
	defer far.Close()
	defer near.Close()
	var waits []<-chan error
	for range 10_000 {
		ch, err := near.New(context.Background())
		must(t, err)
		waits = append(waits, async(func() error { _, err := ch.Receive(context.Background()); return err }))
	}
	eventually(t, "they all wait", func() bool { return far.Channels() == 10_000 })
	a.Close()
	for _, w := range waits {
		if err := outcome(t, w); !errors.Is(err, channel.ErrLost) {
			t.Fatal(err)
		}
	}
}

func TestIdleChannelHasNoGoroutine(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		talk2 := func() (*channel.Channel, *channel.Channel) {
			a, b := channelOn(t, near, far)
			talk(t, a, b)
			return a, b
		}
		talk2()
		synctest.Wait()
		before := runtime.NumGoroutine()
		for range 100 {
			talk2()
		}
		synctest.Wait()
		const kept = 4 // by the muxes, for the next flush
		if now := runtime.NumGoroutine(); now > before+kept {
			t.Errorf("100 idle channels have %d goroutines", now-before)
		}
	})
}

// C12: opening costs no round trip; the other side need not even have noticed.
func TestOpenWaitsForNobody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawFar(t, nil)
		for range 100 { // yamux lets 256 go without an answer
			ch, err := p.m.Open(t.Context(), "x")
			must(t, err)
			sendAll(t, ch, "used at once")
		}
	})
}

// A New whose ctx ends at any moment leaves nothing behind on either side that
// Close of the mux does not end, and the next one works.
func TestOpenWithEndingContextsLeavesMuxUsable(t *testing.T) {
	near, far := muxPair(t)
	for range 200 {
		ctx, cancel := context.WithCancel(context.Background())
		go func() { runtime.Gosched(); cancel() }()
		if ch, err := near.New(ctx); err == nil {
			ch.Close()
		} else if err != context.Canceled {
			t.Fatal(err)
		}
		cancel()
	}
	a, b := channelOn(t, near, far)
	talk(t, a, b)
}

func TestBadLabelsAreRefused(t *testing.T) {
	near, far := muxPair(t)
	for _, label := range []string{"", string(make([]byte, 257))} {
		if _, err := near.Open(patiently(t), label); err == nil {
			t.Errorf("a label of %d bytes is taken", len(label))
		}
	}
	ch, err := far.Open(patiently(t), "from far")
	must(t, err)
	got, err := near.Accept(patiently(t))
	must(t, err)
	if got.Label() != "from far" || ch.Label() != "from far" || got.Mux() != near {
		t.Errorf("the labels are %q and %q", ch.Label(), got.Label())
	}
}
