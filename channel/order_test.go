package channel_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/channel"
)

type numbered struct {
	From, No int
	Load     []byte
}

// C1
func TestItemsOfEachSenderArriveInOrder(t *testing.T) {
	onEachPipe(t, func(t *testing.T, near, far *channel.Mux) {
		a, b := channelOn(t, near, far)
		const senders, each = 8, 200
		sendNumbered(t, a, senders, each)
		var next [senders]int
		for range senders * each {
			item, err := channel.Receive[numbered](patiently(t), b)
			must(t, err)
			if item.No != next[item.From] || len(item.Load) != loadOf(item.From, item.No) {
				t.Fatalf("sender %d: got item %d with %d bytes, want item %d with %d",
					item.From, item.No, len(item.Load), next[item.From], loadOf(item.From, item.No))
			}
			next[item.From]++
		}
	})
}

// C1
func TestConcurrentReceiversGetEachItemOnce(t *testing.T) {
	onEachPipe(t, func(t *testing.T, near, far *channel.Mux) {
		a, b := channelOn(t, near, far)
		const senders, each = 4, 300
		done := sendNumbered(t, a, senders, each)
		go func() { done.Wait(); a.CloseSend() }()
		var mu sync.Mutex
		seen := map[[2]int]int{}
		var receivers sync.WaitGroup
		for range 4 {
			receivers.Go(func() {
				last := [senders]int{-1, -1, -1, -1}
				for item, err := range channel.Of[numbered](b).All(patiently(t)) {
					if err != nil || item.No <= last[item.From] {
						t.Errorf("item %d of %d after %v: %v", item.No, item.From, last, err)
						return
					}
					last[item.From] = item.No
					mu.Lock()
					seen[[2]int{item.From, item.No}]++
					mu.Unlock()
				}
			})
		}
		receivers.Wait()
		for key, n := range seen {
			if n != 1 {
				t.Errorf("item %v arrived %d times", key, n)
			}
		}
		if len(seen) != senders*each {
			t.Errorf("%d items arrived, want %d", len(seen), senders*each)
		}
	})
}

func sendNumbered(t *testing.T, ch *channel.Channel, senders, each int) *sync.WaitGroup {
	var done sync.WaitGroup
	for from := range senders {
		done.Go(func() {
			for no := range each {
				item := numbered{from, no, make([]byte, loadOf(from, no))}
				if err := ch.Send(patiently(t), item); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	return &done
}

// loadOf gives each item a size of its own, now and then above every buffer.
func loadOf(from, no int) int {
	if no%50 == 49 {
		return 300_000 + from
	}
	return (from*31 + no*97) % 1500
}

// C2
func TestSendBlocksWhenNobodyReceives(t *testing.T) {
	bubble(t, func(t *testing.T) {
		const item, queue, window = 32 << 10, 128 << 10, 256 << 10
		near, far := stillPair(t, &channel.Options{Queue: queue, Window: window})
		a, b := channelOn(t, near, far)
		sent := 0
		ctx, cancel := context.WithCancel(t.Context())
		flood := async(func() error {
			for {
				if err := a.Send(ctx, make([]byte, item)); err != nil {
					return err
				}
				sent++
			}
		})
		stillBlocked(t, "a Send that nobody receives", flood)
		if most := window + 2*(queue+item); sent*item > most || sent*item < queue {
			t.Errorf("%d bytes were taken, want at most %d and at least the queue", sent*item, most)
		}
		cancel()
		if err := <-flood; !errors.Is(err, context.Canceled) {
			t.Errorf("the blocked Send gives %v", err)
		}
		a.CloseSend()
		items, _ := receiveAll(t, b)
		if len(items) != sent {
			t.Errorf("%d items arrived, but %d Sends returned nil", len(items), sent)
		}
	})
}

// C2
func TestFullChannelDelaysNoOther(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		full, _ := channelOn(t, near, far)
		a, b := channelOn(t, near, far)
		ctx, cancel := context.WithCancel(t.Context())
		flood := async(func() error {
			for {
				if err := full.Send(ctx, make([]byte, 100_000)); err != nil {
					return err
				}
			}
		})
		stillBlocked(t, "the flood", flood)
		sendAll(t, a, 1, make([]byte, 200_000), 3)
		a.CloseSend()
		if items, _ := receiveAll(t, b); len(items) != 3 {
			t.Errorf("%d items arrived beside a full channel", len(items))
		}
		stillBlocked(t, "the flood", flood)
		cancel()
		<-flood
	})
}

// C2: of Sends that end in the middle of a struggle for space, what arrives is
// exactly what was reported as sent.
func TestCancelledSendQueuesNothing(t *testing.T) {
	near, far := muxPairWith(t, &channel.Options{Queue: 10_000}, nil)
	a, b := channelOn(t, near, far)
	var mu sync.Mutex
	sent := map[string]bool{}
	var senders sync.WaitGroup
	for from := range 6 {
		senders.Go(func() {
			for no := range 150 {
				ctx, cancel := context.WithCancel(context.Background())
				go func() {
					for range rand.IntN(200) {
						runtime.Gosched()
					}
					cancel()
				}()
				name := fmt.Sprintf("%d/%d", from, no)
				err := a.Send(ctx, map[string]any{"name": name, "load": make([]byte, 9000)})
				switch {
				case err == nil:
					mu.Lock()
					sent[name] = true
					mu.Unlock()
				case !errors.Is(err, context.Canceled):
					t.Error(err)
				}
			}
		})
	}
	go func() { senders.Wait(); a.CloseSend() }()
	items, _ := receiveAll(t, b)
	for _, item := range items {
		name := item.(map[string]any)["name"].(string)
		if !sent[name] {
			t.Errorf("%s arrived, but its Send gave an error or it came twice", name)
		}
		delete(sent, name)
	}
	if len(sent) > 0 {
		t.Errorf("%d items were sent but did not arrive", len(sent))
	}
}

func TestSendWithEndedContextSendsNothing(t *testing.T) {
	a, b := channelPair(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := a.Send(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Send gives %v", err)
	}
	sendAll(t, a, 2)
	if v, err := b.Receive(patiently(t)); v != 2 || err != nil {
		t.Errorf("received %v, %v", v, err)
	}
}

// Send returns before the item is on the wire, so the caller's memory must be free.
func TestSentMemoryMayBeChanged(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		data := make([]byte, 1<<20)
		must(t, a.Send(t.Context(), data)) // stays in the queue: the window is full
		must(t, a.Send(t.Context(), data[:10]))
		for i := range data {
			data[i] = 'x'
		}
		synctest.Wait()
		for range 2 {
			got, err := channel.Receive[[]byte](t.Context(), b)
			must(t, err)
			for i := range got {
				if got[i] != 0 {
					t.Fatal("an item changed after Send")
				}
			}
		}
	})
}
