package channel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/channel"
)

// a journal is what callbacks have seen, in order.
type journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *journal) note(format string, args ...any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, fmt.Sprintf(format, args...))
}

func (j *journal) all() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return slices.Clone(j.lines)
}

func (j *journal) want(t *testing.T, want ...string) {
	t.Helper()
	if got := j.all(); !reflect.DeepEqual(got, want) {
		t.Errorf("the callbacks saw %q, want %q", got, want)
	}
}

// callbacks note everything under a name.
func (j *journal) callbacks(name string) *channel.Callbacks {
	return &channel.Callbacks{
		Item:     func(item any) { j.note("%s %v", name, item) },
		Bindings: func(values map[string]any) { j.note("%s %v", name, values) },
		End:      func(err error) { j.note("%s end %v", name, err) },
	}
}

func subscribe(t *testing.T, ch *channel.Channel, cb *channel.Callbacks) *channel.Subscription {
	t.Helper()
	s, err := ch.Subscribe(cb)
	must(t, err)
	return s
}

// C9
func TestSubscriptionsAreCalledInOrderFromTheQueueOn(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		sendAll(t, a, 1, 2)
		synctest.Wait()
		var j journal
		first := make(chan struct{})
		subscribe(t, b, &channel.Callbacks{Item: func(item any) { <-first; j.note("first %v", item) }})
		subscribe(t, b, &channel.Callbacks{Item: func(item any) { j.note("second %v", item) }})
		close(first)
		sendAll(t, a, 3)
		synctest.Wait()
		j.want(t, "first 1", "second 1", "first 2", "second 2", "first 3", "second 3")
	})
}

// C9: callbacks of a channel never run at once.
func TestCallbacksRunOneAtATime(t *testing.T) {
	a, b := channelPair(t)
	running, ends := 0, make(chan struct{}, 4)
	enter := func() {
		if running++; running != 1 {
			t.Error("two callbacks run at once")
		}
		running--
	}
	for range 4 {
		subscribe(t, b, &channel.Callbacks{
			Item:     func(any) { enter() },
			Bindings: func(map[string]any) { enter() },
			End:      func(error) { enter(); ends <- struct{}{} },
		})
	}
	for i := range 300 {
		sendAll(t, a, i)
		set(t, a, "n", i)
	}
	a.Close()
	for range 4 {
		<-ends
	}
}

// C9
func TestSlowCallbackDelaysNoOtherChannel(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		slow, slowFar := channelOn(t, near, far)
		a, b := channelOn(t, near, far)
		release := make(chan struct{})
		subscribe(t, slowFar, &channel.Callbacks{Item: func(any) { <-release }, Bindings: func(map[string]any) { <-release }})
		for i := range 20 {
			sendAll(t, slow, i)
			set(t, slow, "n", i)
		}
		var j journal
		subscribe(t, b, j.callbacks("b"))
		sendAll(t, a, 1)
		synctest.Wait()
		set(t, a, "n", 2)
		synctest.Wait()
		j.want(t, "b 1", "b map[n:2]")
		close(release)
	})
}

// C9
func TestPanicInCallbackClosesBothSides(t *testing.T) {
	for _, kind := range []string{"item", "bindings"} {
		t.Run(kind, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				near, far := stillPair(t, nil)
				a, b := channelOn(t, near, far)
				var j journal
				subscribe(t, b, &channel.Callbacks{
					Item:     func(any) { panic("burst") },
					Bindings: func(map[string]any) { panic("burst") },
					End:      func(err error) { j.note("items end %v", err) },
				})
				subscribe(t, b, &channel.Callbacks{End: func(err error) { j.note("end %v", err) }})
				subscribe(t, a, &channel.Callbacks{End: func(err error) { j.note("far end %v", err) }})
				if kind == "item" {
					sendAll(t, a, 1)
				} else {
					set(t, a, "n", 1)
				}
				synctest.Wait()
				const text = "channel: a callback panicked: burst"
				lines := j.all()
				slices.Sort(lines)
				if !reflect.DeepEqual(lines, []string{"end " + text, "far end " + text, "items end " + text}) {
					t.Errorf("the ends are %q", lines)
				}
				var remote *channel.RemoteError
				if !errors.As(a.Err(), &remote) || remote.Name != "panic" || !strings.Contains(remote.Stack, "subscribe_test.go") {
					t.Errorf("the other side has %#v", a.Err())
				}
				if _, err := b.Receive(t.Context()); err == nil || err.Error() != text {
					t.Errorf("Receive gives %v", err)
				}
				allOver(t, near, far)
			})
		})
	}
}

// C9
func TestPanicInEndLeavesOthersTheirEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		var j journal
		subscribe(t, b, &channel.Callbacks{End: func(error) { panic("burst") }})
		subscribe(t, b, &channel.Callbacks{End: j.callbacks("second").End})
		a.Close()
		synctest.Wait()
		j.want(t, "second end EOF")
	})
}

// C9
func TestEndIsToldOnceAndLast(t *testing.T) {
	ends := map[string]func(a, b *channel.Channel, cut func()){
		"EOF":              func(a, b *channel.Channel, cut func()) { a.Close() },
		"why":              func(a, b *channel.Channel, cut func()) { a.CloseWithError(errors.New("why")) },
		"channel: closed":  func(a, b *channel.Channel, cut func()) { b.Close() },
		"channel: closed ": func(a, b *channel.Channel, cut func()) { b.Mux().Close() },
		"channel: far side lost: EOF": func(a, b *channel.Channel, cut func()) {
			cut()
		},
	}
	for want, end := range ends {
		t.Run(want, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				near, far, cut := doomedPair(t, nil)
				a, b := channelOn(t, near, far)
				var items, bindings, late journal
				subscribe(t, b, &channel.Callbacks{Item: func(any) { items.note("item") }, End: items.callbacks("").End})
				subscribe(t, b, &channel.Callbacks{Bindings: func(map[string]any) { bindings.note("set") }, End: bindings.callbacks("").End})
				sendAll(t, a, 1)
				set(t, a, "n", 1)
				synctest.Wait()
				end(a, b, cut)
				synctest.Wait()
				b.Close()
				synctest.Wait()
				if want := " end " + strings.TrimSpace(want); !strings.HasPrefix(want, " end channel: far") {
					items.want(t, "item", want)
					bindings.want(t, "set", want)
				} else if lines := items.all(); len(lines) != 2 || !strings.HasPrefix(lines[1], " end channel: far side lost") {
					t.Errorf("the end is %q", lines)
				}
				if _, err := b.Subscribe(late.callbacks("late")); err != channel.ErrClosed {
					t.Errorf("Subscribe after Close gives %v", err)
				}
			})
		})
	}
}

// C9
func TestSubscribeAfterTheEndGetsWhatIsLeft(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		a, b := channelOn(t, near, far)
		sendAll(t, a, 1, 2)
		a.CloseWithError(errors.New("over"))
		synctest.Wait()
		var items, plain, again journal
		subscribe(t, b, items.callbacks("items"))
		subscribe(t, b, &channel.Callbacks{End: plain.callbacks("plain").End})
		synctest.Wait()
		items.want(t, "items 1", "items 2", "items end over")
		plain.want(t, "plain end over")
		subscribe(t, b, again.callbacks("again"))
		synctest.Wait()
		again.want(t, "again end over")
		allOver(t, near, far)
	})
}

// C9: the items end before the channel does.
func TestEndOfItemsIsNotTheEndOfBindings(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		var j journal
		subscribe(t, b, &channel.Callbacks{Item: j.callbacks("items").Item, End: j.callbacks("items").End})
		subscribe(t, b, &channel.Callbacks{Bindings: j.callbacks("names").Bindings, End: j.callbacks("names").End})
		a.CloseSend()
		synctest.Wait()
		set(t, a, "n", 1)
		synctest.Wait()
		a.Close()
		synctest.Wait()
		j.want(t, "items end EOF", "names map[n:1]", "names end EOF")
	})
}

// C9
func TestReceiveIsRefusedWhileSubscribed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		var waits []<-chan error
		for range 3 {
			waits = append(waits, async(func() error { _, err := b.Receive(context.Background()); return err }))
		}
		synctest.Wait()
		var j journal
		s := subscribe(t, b, &channel.Callbacks{Item: func(item any) {
			_, err := b.Receive(context.Background())
			j.note("%v %v", item, err == channel.ErrSubscribed)
		}})
		for _, w := range waits {
			if err := outcome(t, w); err != channel.ErrSubscribed {
				t.Errorf("a Receive that was waiting gives %v", err)
			}
		}
		sendAll(t, a, 1)
		synctest.Wait()
		if _, err := b.Receive(context.Background()); err != channel.ErrSubscribed {
			t.Errorf("Receive gives %v", err)
		}
		j.want(t, "1 true")
		s.Cancel()
		s.Cancel()
		sendAll(t, a, 2)
		if v, err := b.Receive(t.Context()); v != 2 || err != nil {
			t.Errorf("after Cancel received %v, %v", v, err)
		}
	})
}

// C9: subscriptions that come and go between receivers, in a hurry.
func TestCancelLosesNoItem(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	// A subscription to the bindings keeps the dispatcher running, and tells when its last
	// callback has returned.
	over := make(chan struct{})
	subscribe(t, b, &channel.Callbacks{Bindings: func(map[string]any) {}, End: func(error) { close(over) }})
	enough, sent := make(chan struct{}), make(chan int, 1)
	go func() { // ends with enough
		defer a.CloseSend()
		for i := 0; ; i++ {
			select {
			case <-enough:
				sent <- i
				return
			default:
				a.Send(context.Background(), i)
			}
		}
	}()
	var mu sync.Mutex
	seen := map[int]int{}
	take := func(item int) {
		mu.Lock()
		defer mu.Unlock()
		seen[item]++
	}
	for range 300 {
		called := make(chan struct{}, 1)
		s, err := b.Subscribe(&channel.Callbacks{Item: func(item any) {
			take(item.(int))
			select {
			case called <- struct{}{}:
			default:
			}
		}})
		must(t, err)
		<-called
		s.Cancel()
		item, err := channel.Receive[int](patiently(t), b)
		must(t, err)
		take(item)
	}
	close(enough)
	for item, err := range channel.Of[int](b).All(patiently(t)) {
		must(t, err)
		take(item)
	}
	b.Close()
	<-over
	all := <-sent
	for item := range all {
		if seen[item] != 1 {
			t.Errorf("item %d came %d times", item, seen[item])
		}
	}
	if len(seen) != all {
		t.Errorf("%d items came of %d", len(seen), all)
	}
}

// C9
func TestCancelInsideTheCallback(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		var j journal
		var first, second *channel.Subscription
		first = subscribe(t, b, &channel.Callbacks{
			Item: func(item any) {
				j.note("first %v", item)
				if item == 2 {
					first.Cancel()
					second.Cancel()
					next, err := b.Receive(t.Context())
					j.note("received %v %v", next, err)
				}
			},
			End: func(error) { j.note("first end") },
		})
		second = subscribe(t, b, &channel.Callbacks{
			Item: func(item any) { j.note("second %v", item) },
			End:  func(error) { j.note("second end") },
		})
		sendAll(t, a, 1, 2, 3, 4)
		a.CloseSend()
		synctest.Wait()
		j.want(t, "first 1", "second 1", "first 2", "received 3 <nil>")
		if items, err := receiveAll(t, b); !reflect.DeepEqual(items, []any{4}) || err != io.EOF {
			t.Errorf("after Cancel received %v, %v", items, err)
		}
	})
}

// A callback takes what comes as it is, so what cannot be decoded is the end, and
// no DecodeError, after which a loop over the items would go on for ever.
func TestUndecodableItemEndsSubscribedChannel(t *testing.T) {
	for name, take := range map[string]func(ch *channel.Channel, j *journal){
		"subscribed": func(ch *channel.Channel, j *journal) { ch.Subscribe(j.callbacks("")) },
		"Items": func(ch *channel.Channel, j *journal) {
			for item := range ch.Items(context.Background()) {
				j.note(" %v", item)
			}
			j.note(" end")
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				a, b := bufferless(t)
				near, far := muxes(t, a, b, nil, &channel.Options{MaxItem: 1000})
				t.Cleanup(func() { finish(t, near, far) })
				x, y := channelOn(t, near, far)
				var j journal
				sendAll(t, x, 1, make([]byte, 2000), 3)
				take(y, &j)
				synctest.Wait()
				if lines := j.all(); len(lines) != 2 || lines[0] != " 1" || !strings.HasPrefix(lines[1], " end") {
					t.Errorf("the callbacks saw %q", lines)
				}
				rounds := 0
				for range y.All(t.Context()) {
					if rounds++; rounds > 3 {
						t.Fatal("the loop over a closed channel goes on")
					}
				}
				var remote *channel.RemoteError
				if _, err := x.Receive(t.Context()); !errors.As(err, &remote) || !strings.Contains(remote.Text, "over the limit") {
					t.Errorf("the other side gets %v", err)
				}
			})
		})
	}
}

func TestCloseInsideTheCallback(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		a, b := channelOn(t, near, far)
		var j journal
		subscribe(t, b, &channel.Callbacks{
			Item: func(item any) { j.note("%v", item); b.CloseWithError(errors.New("enough")) },
			End:  func(err error) { j.note("end %v", err) },
		})
		sendAll(t, a, 1, 2, 3)
		if _, err := a.Receive(t.Context()); err == nil || err.Error() != "enough" {
			t.Errorf("the other side gets %v", err)
		}
		synctest.Wait()
		j.want(t, "1", "end channel: closed")
		allOver(t, near, far)
	})
}

// A slow callback must not hold up the close: the other side would wait for room.
func TestCloseDuringSlowCallbackDropsTheRest(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		release := make(chan struct{})
		var j journal
		subscribe(t, b, &channel.Callbacks{Item: func(item any) { j.note("item"); <-release }, End: j.callbacks("").End})
		sendAll(t, a, 1, 2)
		flood := async(func() error {
			for {
				if err := a.Send(context.Background(), make([]byte, 100_000)); err != nil {
					return err
				}
			}
		})
		stillBlocked(t, "the flood", flood)
		b.Close()
		if err := outcome(t, flood); err != channel.ErrClosed {
			t.Errorf("the flood ends with %v", err)
		}
		close(release)
		synctest.Wait()
		j.want(t, "item", " end channel: closed")
	})
}
