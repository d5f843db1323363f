package channel

import (
	"fmt"
	"runtime/debug"

	"github.com/farside-go/farside/internal/callback"
	"github.com/farside-go/farside/internal/protocol"
)

// Callbacks are what a subscription calls. Those that are nil are left out.
//
// All callbacks of a channel run one at a time, on a goroutine of the channel,
// in the order of subscription. A callback that takes long delays no other
// channel. One that panics closes the channel, with the panic as the error, on
// both sides.
type Callbacks struct {
	// Item is called with each item, beginning with those that had arrived
	// before. While a subscription with Item stands, Receive is refused.
	Item func(item any)

	// Bindings is called with each set of names that the other side binds.
	Bindings func(values map[string]any)

	// End is called once, after all else: with Item set when the items have
	// ended, otherwise when the channel has. The error is io.EOF for an orderly
	// end and else what [Channel.Err] says.
	End func(err error)
}

// A Subscription stands until it is cancelled or the channel has ended.
type Subscription struct{ sub *callback.Subscription }

// Cancel ends the subscription: no callback of it is called any more, though one
// may be under way on the channel's goroutine. It is idempotent.
func (s *Subscription) Cancel() { s.sub.Cancel() }

// Subscribe calls back for what arrives on the channel. The subscription is in
// force when Subscribe returns.
func (ch *Channel) Subscribe(callbacks *Callbacks) (*Subscription, error) {
	select {
	case <-ch.frames.Dropped():
		return nil, ErrClosed
	default:
	}
	calls := callback.Callbacks(*callbacks)
	return &Subscription{ch.subs.Subscribe(&calls)}, nil
}

// host is a Channel as its subscriptions know it.
type host struct{ ch *Channel }

func (h host) Item(f protocol.Frame) (item any, ok bool) {
	if err := h.ch.decodeFrame(f, &item); err != nil {
		h.ch.closeUndecoded(err)
		return nil, false
	}
	return item, true
}

func (h host) Values(raws map[string][]byte) (map[string]any, bool) {
	values := make(map[string]any, len(raws))
	for name, raw := range raws {
		var v any
		if err := h.ch.Decode(raw, &v); err != nil {
			h.ch.closeUndecoded(bindingError(name, err))
			return nil, false
		}
		values[name] = v
	}
	return values, true
}

func (h host) Taken(size int) { h.ch.takenIn(size) }

func (h host) Panicked(p any) {
	h.ch.m.opts.Logger.Error("a callback panicked", "channel", h.ch.ID(), "panic", p)
	fault := &Fault{Name: "panic", Stack: string(debug.Stack()),
		Text: fmt.Sprintf("channel: a callback panicked: %v", p)}
	h.ch.frames.Close(fault, fault)
}

// closeUndecoded ends the channel for what nobody is there to be told of. The
// reason is no [DecodeError], since that would leave the channel usable.
func (ch *Channel) closeUndecoded(err error) {
	fault := &Fault{Name: fmt.Sprintf("%T", err), Text: err.Error()}
	ch.frames.Close(fault, fault)
}
