package channel_test

import (
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/farside-go/farside/channel"
)

// C2: 1 GiB through one channel whose receiver stops again and again. What both sides
// hold while everybody waits is the queue, the window and an item or two.
func TestGigabyteTakesBoundedMemory(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const (
			item, part, all = 256 << 10, 64 << 20, 1 << 30
			most            = 3 << 20
		)
		a, b := stillChannels(t)
		before := heap()
		sent := 0
		sender := async(func() error {
			data := make([]byte, item)
			for ; sent < all; sent += item {
				if err := a.Send(t.Context(), data); err != nil {
					return err
				}
			}
			return a.CloseSend()
		})
		for received := 0; received < all; {
			synctest.Wait() // the sender waits, or is through
			if ahead := sent - received; ahead > most {
				t.Fatalf("%d bytes are taken in that nobody has received", ahead)
			}
			if held := heap() - before; held > most {
				t.Fatalf("after %d MiB both sides hold %d bytes", received>>20, held)
			}
			for end := received + part; received < end; received += item {
				if v, err := channel.Receive[[]byte](t.Context(), b); err != nil || len(v) != item {
					t.Fatalf("received %d bytes, %v", len(v), err)
				}
			}
		}
		must(t, outcome(t, sender))
	})
}

// heap is what is allocated and still in use.
func heap() int {
	runtime.GC()
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	return int(s.HeapAlloc)
}

// C12, C2: a reader that takes an item a second beside one that takes all it gets. In the
// bubble no time passes while anybody can go on, so it must not pass for the fast one.
func TestSlowReaderDelaysNoFastOne(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const item, slowItems, fastItems = 100_000, 60, 600
		near, far := stillPair(t, nil)
		slow, slowFar := channelOn(t, near, far)
		fast, fastFar := channelOn(t, near, far)
		flood := func(ch *channel.Channel, items int) <-chan error {
			return async(func() error {
				for range items {
					if err := ch.Send(t.Context(), make([]byte, item)); err != nil {
						return err
					}
				}
				return ch.CloseSend()
			})
		}
		read := func(ch *channel.Channel, pause time.Duration) (took time.Duration, items int) {
			began := time.Now()
			for range ch.All(t.Context()) {
				items++
				time.Sleep(pause)
			}
			return time.Since(began), items
		}
		slowSent, fastSent := flood(slow, slowItems), flood(fast, fastItems)
		slowRead := async(func() error {
			if took, items := read(slowFar, time.Second); items != slowItems || took < slowItems*time.Second {
				t.Errorf("the slow reader got %d items in %v", items, took)
			}
			return nil
		})
		if took, items := read(fastFar, 0); items != fastItems || took > 0 {
			t.Errorf("the fast reader got %d items in %v", items, took)
		}
		for _, call := range []<-chan error{fastSent, slowSent, slowRead} {
			must(t, <-call)
		}
	})
}
