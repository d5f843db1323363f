package channel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
)

type (
	named  string
	octets []byte
	point  struct {
		X, Y int
		Tag  string `json:"tag,omitempty"`
		note string
	}
)

// C4; what a value means is tested where items are encoded, here that a channel
// carries each of its kinds of frame into each kind of target.
func TestValuesKeepTheirMeaning(t *testing.T) {
	a, b := channelPair(t)
	huge, _ := new(big.Int).SetString("123456789012345678901234567890", 10)
	when := time.Date(2024, 2, 29, 12, 30, 0, 123, time.FixedZone("", 3600))
	for _, c := range []struct{ send, want any }{
		{nil, nil}, {true, true}, {-7, -7}, {uint64(math.MaxUint64), uint64(math.MaxUint64)},
		{huge, huge}, {1.0, 1.0}, {float32(0.5), 0.5},
		{"", ""}, {"text", "text"}, {named("text"), "text"}, {string([]byte{0xff, 0xfe}), string([]byte{0xff, 0xfe})},
		{[]byte{}, []byte{}}, {[]byte{1, 2}, []byte{1, 2}}, {octets{1, 2}, []byte{1, 2}}, {[]byte(nil), nil},
		{time.Minute, time.Minute},
		{[]int{1, 2}, []any{1, 2}}, {[2]string{"a", "b"}, []any{"a", "b"}},
		{map[string]int{"a": 1}, map[string]any{"a": 1}}, {map[int]string{1: "a"}, map[any]any{1: "a"}},
		{point{1, 2, "", "secret"}, map[string]any{"X": 1, "Y": 2}},
	} {
		sendAll(t, a, c.send)
		got, err := b.Receive(patiently(t))
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("sent %#v, received %#v, %v, want %#v", c.send, got, err, c.want)
		}
	}
	sendAll(t, a, when)
	if got, err := channel.Receive[time.Time](patiently(t), b); err != nil || !got.Equal(when) {
		t.Errorf("received the time %v, %v", got, err)
	}
}

func TestRawKindsFitNamedTypes(t *testing.T) {
	a, b := channelPair(t)
	ctx := patiently(t)
	for range 5 {
		sendAll(t, a, "text")
	}
	if v, err := channel.Receive[named](ctx, b); v != "text" || err != nil {
		t.Errorf("a named string: %q, %v", v, err)
	}
	if v, err := channel.Receive[any](ctx, b); v != "text" || err != nil {
		t.Errorf("any: %v, %v", v, err)
	}
	if v, err := channel.Receive[*string](ctx, b); err != nil || *v != "text" {
		t.Errorf("a pointer: %v, %v", v, err)
	}
	raw, err := channel.Receive[channel.Raw](ctx, b)
	must(t, err)
	var text string
	if err := b.Decode(raw, &text); text != "text" || err != nil {
		t.Errorf("a Raw: %q, %v", text, err)
	}
	if v, err := channel.Receive[int](ctx, b); !isDecodeError(err) {
		t.Errorf("an int: %d, %v", v, err)
	}
	sendAll(t, a, []byte("bytes"), []byte("bytes"))
	if v, err := channel.Receive[octets](ctx, b); string(v) != "bytes" || err != nil {
		t.Errorf("named bytes: %q, %v", v, err)
	}
	if v, err := channel.Receive[[5]byte](ctx, b); string(v[:]) != "bytes" || err != nil {
		t.Errorf("an array: %q, %v", v, err)
	}
	sendAll(t, a, raw) // a Raw travels verbatim
	if v, err := b.Receive(ctx); v != "text" || err != nil {
		t.Errorf("a Raw sent on: %v, %v", v, err)
	}
}

// Bytes received must not be the memory of the next item.
func TestReceivedBytesAreTheReceivers(t *testing.T) {
	a, b := channelPair(t)
	for _, size := range []int{1, 500, 60_000, 70_000, 2 << 20} {
		go sendAll(t, a, strings.Repeat("x", size), []byte(strings.Repeat("y", size)), []byte(strings.Repeat("z", size)),
			[]byte(strings.Repeat("!", size)))
		x, err := channel.Receive[string](patiently(t), b)
		must(t, err)
		y, err := channel.Receive[[]byte](patiently(t), b)
		must(t, err)
		z, err := b.Receive(patiently(t))
		must(t, err)
		_, err = b.Receive(patiently(t))
		must(t, err)
		if strings.Trim(x, "x") != "" || strings.Trim(string(y), "y") != "" || len(x) != size || len(y) != size ||
			strings.Trim(string(z.([]byte)), "z") != "" {
			t.Errorf("an item of %d bytes changed after it was received", size)
		}
	}
}

// C4, C5
func TestErrorsInsideItemsArriveAsRemoteErrors(t *testing.T) {
	a, b := channelPair(t)
	cause := fmt.Errorf("open the door: %w", fs.ErrNotExist)
	sendAll(t, a, map[string]any{"errs": []error{cause, io.EOF, nil}}, cause)
	item, err := b.Receive(patiently(t))
	must(t, err)
	errs := item.(map[string]any)["errs"].([]any)
	var remote *channel.RemoteError
	if !errors.As(errs[0].(error), &remote) || remote.Text != cause.Error() || remote.Name == "" {
		t.Errorf("the error arrived as %#v", errs[0])
	}
	if first := errs[0].(error); !errors.Is(first, fs.ErrNotExist) || errors.Is(first, io.EOF) {
		t.Error("the sentinels of the error are not the far error's")
	}
	if !errors.Is(errs[1].(error), io.EOF) || errs[2] != nil {
		t.Errorf("io.EOF and nil arrived as %v", errs[1:])
	}
	got, err := channel.Receive[error](patiently(t), b)
	if err != nil || !errors.Is(got, fs.ErrNotExist) {
		t.Errorf("received %v, %v", got, err)
	}
}

// C5
func TestUnsendableValueKeepsChannelUsable(t *testing.T) {
	fromEitherSide(t, nil, func(t *testing.T, a, b *channel.Channel) {
		loop := map[string]any{}
		loop["self"] = loop
		for want, v := range map[string]any{
			"item":                 func() {},
			"item[1]":              []any{1, make(chan int)},
			`item["self"]`:         loop,
			"item.Servers[3].Conn": struct{ Servers []struct{ Conn any } }{append(make([]struct{ Conn any }, 3), struct{ Conn any }{func() {}})},
		} {
			err := a.Send(patiently(t), v)
			var enc *channel.EncodeError
			if !errors.As(err, &enc) || !strings.HasPrefix(enc.Path, want) {
				t.Errorf("Send gives %v, want an EncodeError at %s", err, want)
			}
		}
		sendAll(t, a, "still here")
		if v, err := b.Receive(patiently(t)); v != "still here" || err != nil {
			t.Errorf("received %v, %v", v, err)
		}
	})
}

// fromEitherSide runs test with the two ends of a channel, once with the near side's end
// first and once with the far side's. The first end has the options given.
func fromEitherSide(t *testing.T, opts *channel.Options, test func(t *testing.T, a, b *channel.Channel)) {
	t.Run("near", func(t *testing.T) {
		near, far := muxPairWith(t, opts, nil)
		a, b := channelOn(t, near, far)
		test(t, a, b)
	})
	t.Run("far", func(t *testing.T) {
		near, far := muxPairWith(t, nil, opts)
		a, b := channelOn(t, far, near)
		test(t, a, b)
	})
}

// C4
func TestMismatchKeepsChannelUsable(t *testing.T) {
	a, b := channelPair(t)
	sendAll(t, a, map[string]any{"X": 1, "Y": "no number"}, 5)
	_, err := channel.Receive[point](patiently(t), b)
	var dec *channel.DecodeError
	if !errors.As(err, &dec) || !strings.Contains(dec.Path, "Y") {
		t.Errorf("a mismatch gives %v", err)
	}
	if v, err := channel.Receive[int](patiently(t), b); v != 5 || err != nil {
		t.Errorf("then received %v, %v", v, err)
	}
}

// C6
func TestSenderRefusesItemOverLimit(t *testing.T) {
	fromEitherSide(t, &channel.Options{MaxItem: 1000}, func(t *testing.T, a, b *channel.Channel) {
		for _, v := range []any{make([]byte, 1001), strings.Repeat("x", 1001), make([]int, 1001)} {
			var enc *channel.EncodeError
			if err := a.Send(patiently(t), v); !errors.As(err, &enc) {
				t.Errorf("Send of %T gives %v", v, err)
			}
		}
		sendAll(t, a, make([]byte, 1000))
		if v, err := channel.Receive[[]byte](patiently(t), b); len(v) != 1000 || err != nil {
			t.Errorf("received %d bytes, %v", len(v), err)
		}
	})
}

// C6: the other side's limit is higher than ours.
func TestReceiverRefusesItemOverLimit(t *testing.T) {
	fromEitherSide(t, &channel.Options{MaxItem: 1000}, func(t *testing.T, b, a *channel.Channel) {
		other, otherFar := channelOn(t, a.Mux(), b.Mux())
		sendAll(t, a, make([]byte, 1001), 1, make([]byte, 5<<20), 2, make([]int, 5000), 3)
		sendAll(t, other, "beside")
		for want := 1; want <= 3; want++ {
			if v, err := b.Receive(patiently(t)); !isDecodeError(err) {
				t.Errorf("received %T, %v, want a DecodeError", v, err)
			}
			if v, err := b.Receive(patiently(t)); v != want || err != nil {
				t.Errorf("received %v, %v, want %d", v, err, want)
			}
		}
		if v, err := otherFar.Receive(patiently(t)); v != "beside" || err != nil {
			t.Errorf("the other channel: %v, %v", v, err)
		}
	})
}

// C6: an item of just the limit is received as any type that it fits.
func TestItemOfTheLimitFitsEveryType(t *testing.T) {
	opts := &channel.Options{MaxItem: 70_000}
	near, far := muxPairWith(t, opts, opts)
	a, b := channelOn(t, near, far)
	sendAll(t, a, make([]byte, 70_000), strings.Repeat("x", 70_000))
	if v, err := channel.Receive[octets](patiently(t), b); len(v) != 70_000 || err != nil {
		t.Errorf("received %d bytes, %v", len(v), err)
	}
	if v, err := channel.Receive[named](patiently(t), b); len(v) != 70_000 || err != nil {
		t.Errorf("received %d letters, %v", len(v), err)
	}
}

func isDecodeError(err error) bool {
	var dec *channel.DecodeError
	return errors.As(err, &dec)
}

// C11
func TestTypedChannelTakesBothWays(t *testing.T) {
	a, b := channelPair(t)
	pa, pb := channel.Of[point](a), channel.Of[point](b)
	must(t, pa.Send(patiently(t), point{X: 1, Y: 2}))
	got, err := pb.Receive(patiently(t))
	if err != nil || got.X != 1 || got.Y != 2 || pb.Channel() != b {
		t.Errorf("received %+v, %v", got, err)
	}
}

// C11
func TestBreakingOutOfAllLosesNothing(t *testing.T) {
	a, b := channelPair(t)
	sendAll(t, a, 0, 1, "no number", 3, 4)
	a.CloseSend()
	for item, err := range channel.Of[int](b).All(patiently(t)) {
		if err != nil {
			t.Fatal(err)
		}
		if item == 1 {
			break
		}
	}
	var got []int
	var bad int
	for item, err := range channel.Of[int](b).All(patiently(t)) {
		if isDecodeError(err) {
			bad++
			continue
		}
		must(t, err)
		got = append(got, item)
	}
	if !reflect.DeepEqual(got, []int{3, 4}) || bad != 1 {
		t.Errorf("after the break came %v and %d bad items", got, bad)
	}
}

// C11
func TestAllTellsWhyItEnds(t *testing.T) {
	a, b := channelPair(t)
	sendAll(t, a, 1)
	a.CloseWithError(errors.New("broken there"))
	var got []string
	for item, err := range b.All(patiently(t)) {
		got = append(got, fmt.Sprintf("%v %v", item, err))
	}
	if !reflect.DeepEqual(got, []string{"1 <nil>", "<nil> broken there"}) {
		t.Errorf("All gave %q", got)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c, d := channelPair(t)
	defer c.Close()
	rounds := 0
	for _, err := range d.All(ctx) {
		rounds++
		if !errors.Is(err, context.Canceled) {
			t.Errorf("All with an ended ctx gives %v", err)
		}
	}
	if rounds != 1 {
		t.Errorf("All with an ended ctx took %d rounds", rounds)
	}
}

// C11
func TestLeavingItemsLosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		sendAll(t, a, 0, 1, 2, 3, 4)
		a.CloseSend()
		ctx, cancel := context.WithCancel(t.Context())
		for item := range b.Items(ctx) {
			if item == 2 {
				break
			}
		}
		time.Sleep(time.Second) // in the bubble: the next item is on offer by now
		cancel()
		items, err := receiveAll(t, b)
		if !reflect.DeepEqual(items, []any{3, 4}) || err != io.EOF {
			t.Errorf("after Items came %v, %v", items, err)
		}
	})
}

// C11: nobody reads the Go channel any more; its goroutine must not stay.
func TestItemsEndWithoutTheirReader(t *testing.T) {
	for name, end := range map[string]func(b *channel.Channel){
		"channel closed": func(b *channel.Channel) { b.Close() },
		"mux closed":     func(b *channel.Channel) { b.Mux().Close() },
		"subscribed":     func(b *channel.Channel) { b.Subscribe(&channel.Callbacks{Item: func(any) {}}) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				near, far, _ := doomedPair(t, nil)
				a, b := channelOn(t, near, far)
				sendAll(t, a, 1, 2, 3)
				items := b.Items(context.Background())
				time.Sleep(time.Second)
				end(b)
				time.Sleep(time.Second)
				if item, more := <-items; more {
					t.Errorf("Items still gives %v", item)
				}
			})
		})
	}
}

// C7, C11: what had arrived before the loss comes out of Items too.
func TestItemsGiveWhatHadArrivedBeforeTheLoss(t *testing.T) {
	bubble(t, func(t *testing.T) {
		near, far, cut := doomedPair(t, nil)
		a, b := channelOn(t, near, far)
		sendAll(t, a, 1, 2, 3, 4)
		items := b.Items(t.Context())
		time.Sleep(time.Second)
		cut()
		time.Sleep(time.Second)
		var got []any
		for item := range items {
			got = append(got, item)
		}
		if !reflect.DeepEqual(got, []any{1, 2, 3, 4}) {
			t.Errorf("Items gave %v", got)
		}
		if !errors.Is(b.Err(), channel.ErrLost) {
			t.Errorf("then Err is %v", b.Err())
		}
	})
}
