package channel_test

import (
	"errors"
	"io"
	"runtime"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/channel"
)

type letter struct {
	Reply  *channel.Channel
	More   []*channel.Channel
	ByName map[string]*channel.Channel
}

func newChannel(t testing.TB, m *channel.Mux) *channel.Channel {
	t.Helper()
	ch, err := m.New(patiently(t))
	must(t, err)
	return ch
}

// talk checks that two channels are the ends of one.
func talk(t testing.TB, a, b *channel.Channel) {
	t.Helper()
	if a.ID() != b.ID() {
		t.Errorf("channel %d is channel %d on the other side", a.ID(), b.ID())
	}
	sendAll(t, a, "there")
	sendAll(t, b, "back")
	if v, err := b.Receive(patiently(t)); v != "there" || err != nil {
		t.Errorf("channel %d: received %v, %v", a.ID(), v, err)
	}
	if v, err := a.Receive(patiently(t)); v != "back" || err != nil {
		t.Errorf("channel %d: received %v, %v", a.ID(), v, err)
	}
}

// C10, C4
func TestChannelsTravelAnywhereInsideItems(t *testing.T) {
	near, far := muxPair(t)
	for _, dir := range [][2]*channel.Mux{{near, far}, {far, near}} {
		a, b := channelOn(t, dir[0], dir[1])
		x, y, z := newChannel(t, dir[0]), newChannel(t, dir[0]), newChannel(t, dir[1])
		sendAll(t, b, z) // a channel of the other side goes round and home
		zOther, err := channel.Receive[*channel.Channel](patiently(t), a)
		must(t, err)
		sendAll(t, a, letter{Reply: x, More: []*channel.Channel{nil, y}, ByName: map[string]*channel.Channel{"z": zOther, "x": x}})
		got, err := channel.Receive[letter](patiently(t), b)
		must(t, err)
		talk(t, x, got.Reply)
		talk(t, y, got.More[1])
		if got.ByName["z"] != z || got.ByName["x"] != got.Reply || got.More[0] != nil {
			t.Error("a channel is not the same wherever it stands")
		}
		sendAll(t, b, map[string]any{"deep": []any{map[string]any{"x": got.Reply}}})
		home, err := a.Receive(patiently(t))
		must(t, err)
		if home.(map[string]any)["deep"].([]any)[0].(map[string]any)["x"] != x {
			t.Error("a channel that came home is not itself")
		}
	}
}

// C10
func TestChannelOutlivesTheOneThatCarriedIt(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	x := newChannel(t, near)
	sendAll(t, x, "sent before")
	sendAll(t, a, x)
	y, err := channel.Receive[*channel.Channel](patiently(t), b)
	must(t, err)
	a.Close()
	b.Close()
	if v, err := y.Receive(patiently(t)); v != "sent before" || err != nil {
		t.Errorf("received %v, %v", v, err)
	}
	for range 3 { // a chain: each channel carries the next and ends
		next := newChannel(t, near)
		sendAll(t, x, next)
		x.Close()
		got, err := channel.Receive[*channel.Channel](patiently(t), y)
		must(t, err)
		x, y = next, got
		talk(t, x, y)
	}
	x.Close()
	<-y.Done()
	allOver(t, near, far)
}

// The end of a channel may arrive with its last item, and whoever receives that may leave
// it at that.
func TestLastItemEndsTheStayInTheTable(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		a, b := channelOn(t, near, far)
		sendAll(t, a, 1, 2)
		a.Close()
		synctest.Wait() // all has arrived
		for want := 1; want <= 2; want++ {
			if v, err := b.Receive(t.Context()); v != want || err != nil {
				t.Errorf("received %v, %v", v, err)
			}
		}
		synctest.Wait()
		if n := far.Channels(); n != 0 {
			t.Errorf("%d channels are left in the table", n)
		}
		if _, err := b.Receive(t.Context()); err != io.EOF {
			t.Errorf("then it received %v", err)
		}
	})
}

// C10: the reference is late; the channel, with what was sent on it, is not gone.
func TestChannelClosedBeforeItsReferenceArrives(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far := stillPair(t, nil)
		a, b := channelOn(t, near, far)
		x, empty := newChannel(t, near), newChannel(t, near)
		sendAll(t, a, x, empty)
		sendAll(t, x, 1, 2)
		x.CloseWithError(errors.New("over"))
		empty.Close()
		synctest.Wait() // the closes have arrived
		runtime.GC()    // what nobody holds is gone
		y, err := channel.Receive[*channel.Channel](t.Context(), b)
		must(t, err)
		if items, err := receiveAll(t, y); len(items) != 2 || err.Error() != "over" {
			t.Errorf("received %v, %v", items, err)
		}
		other, err := channel.Receive[*channel.Channel](t.Context(), b)
		must(t, err)
		if _, err := other.Receive(t.Context()); err != io.EOF {
			t.Errorf("the empty channel ends with %v", err)
		}
		a.Close()
		b.Close()
		allOver(t, near, far)
	})
}

// C10: two references are on their way when the channel ends. Whoever still has
// it from the first gets the same channel from the second.
func TestSecondReferenceToEndedChannelIsTheSame(t *testing.T) {
	near, far := muxPair(t)
	a, b := channelOn(t, near, far)
	x := newChannel(t, near)
	sendAll(t, a, x, x)
	y, err := channel.Receive[*channel.Channel](patiently(t), b)
	must(t, err)
	x.Close()
	if _, err := y.Receive(patiently(t)); err != io.EOF {
		t.Fatal(err)
	}
	eventually(t, "the channel is over", func() bool { return far.Channels() == 1 })
	if again, err := channel.Receive[*channel.Channel](patiently(t), b); again != y || err != nil {
		t.Errorf("the second reference is %v, %v", again, err)
	}
	runtime.KeepAlive(y)
	var enc *channel.EncodeError
	for _, ended := range []*channel.Channel{x, y} {
		if err := a.Send(patiently(t), ended); !errors.As(err, &enc) {
			t.Errorf("sending an ended channel gives %v", err)
		}
	}
}

// What the table no longer holds and nobody else does is collected.
func TestEndedChannelsAreCollected(t *testing.T) {
	near, far := muxPair(t)
	collected := make(chan struct{}, 1)
	func() {
		a, b := channelOn(t, near, far)
		runtime.AddCleanup(b, func(int) { collected <- struct{}{} }, 0)
		sendAll(t, a, 1)
		_, err := b.Receive(patiently(t))
		must(t, err)
		a.Close()
		<-b.Done()
	}()
	allOver(t, near, far)
	eventually(t, "the channel is collected", func() bool {
		runtime.GC()
		return len(collected) > 0
	})
}

// C10
func TestChannelOfAnotherMuxCannotTravel(t *testing.T) {
	a, b := channelPair(t)
	stranger, _ := channelPair(t)
	var enc *channel.EncodeError
	if err := a.Send(patiently(t), []any{1, stranger}); !errors.As(err, &enc) || enc.Path != "item[1]" {
		t.Errorf("Send gives %v", err)
	}
	if err := a.Set(patiently(t), map[string]any{"s": stranger}); !errors.As(err, &enc) {
		t.Errorf("Set gives %v", err)
	}
	talk(t, a, b)
}

// Channels pass both ways while their muxes are busy opening others.
func TestChannelsOpenedAtOnceAreAllFound(t *testing.T) {
	onEachPipe(t, func(t *testing.T, near, far *channel.Mux) {
		const openers, each = 8, 40
		accepted := make(chan *channel.Channel, openers*each)
		for range openers {
			go func() {
				for range each {
					ch, err := near.Open(patiently(t), "one")
					if err != nil {
						t.Error(err)
						return
					}
					inner := newChannel(t, near)
					sendAll(t, ch, inner)
					inner.Close()
					ch.Close()
				}
			}()
		}
		for range openers * each {
			ch, err := far.Accept(patiently(t))
			must(t, err)
			accepted <- ch
			inner, err := channel.Receive[*channel.Channel](patiently(t), ch)
			must(t, err)
			if _, err := inner.Receive(patiently(t)); err != io.EOF {
				t.Errorf("the inner channel ends with %v", err)
			}
			ch.Close()
		}
		allOver(t, near, far)
	})
}
