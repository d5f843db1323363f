package channel

import (
	"context"
	"errors"

	"github.com/farside-go/farside/internal/binding"
	"github.com/farside-go/farside/internal/callback"
	"github.com/farside-go/farside/internal/framed"
	"github.com/farside-go/farside/internal/protocol"
)

// A Channel is an ordered, reliable, flow-controlled pair of item queues, one in
// each direction, with named bindings beside them.
//
// All methods may be called concurrently. Each item goes to exactly one of
// several concurrent receivers. Whoever holds a channel closes it; a channel
// that the other side closed needs no Close unless items are left unreceived. An
// error of one item (an [EncodeError], a [DecodeError], a ctx that ended) leaves
// the channel as it was; every other error is its end.
type Channel struct {
	m      *Mux
	frames *framed.Channel
	binds  binding.Table
	subs   callback.Queue
}

// owner is a Channel as the layer below knows it.
type owner struct{ ch *Channel }

func (m *Mux) own(frames *framed.Channel) framed.Owner {
	ch := &Channel{m: m, frames: frames}
	ch.subs = callback.New(frames, host{ch})
	return owner{ch}
}

func owned(frames *framed.Channel, err error) (*Channel, error) {
	if err != nil {
		return nil, err
	}
	return frames.Owner().(owner).ch, nil
}

// Message takes in a control message about bindings.
func (o owner) Message(kind byte, body []byte) error {
	if kind == protocol.ControlBound {
		return o.ch.binds.Acknowledged(body)
	}
	return o.ch.bound(body)
}

// ID is the number of the channel, the same on both sides.
func (ch *Channel) ID() uint32 { return ch.frames.ID() }

// Label is what the side that opened the channel called it; empty for channels
// made by New.
func (ch *Channel) Label() string { return ch.frames.Label() }

// Mux gives the mux that the channel belongs to.
func (ch *Channel) Mux() *Mux { return ch.m }

// Done is closed when the channel has ended: either side closed it, or the other
// side was lost. Items that had arrived can still be received.
func (ch *Channel) Done() <-chan struct{} { return ch.frames.Done() }

// Err is nil until the channel has ended. Then it is [ErrClosed] if this side
// closed it, io.EOF if the other side ended it without an error, the other
// side's error as a *[RemoteError], or a *[LostError].
func (ch *Channel) Err() error { return ch.frames.Err() }

// Context gives a context that ends with the channel, or earlier when the other
// side calls Cancel. context.Cause tells which.
func (ch *Channel) Context() context.Context { return ch.frames.Context() }

// Cancel asks the other side to stop what serves this channel: the context that
// its Context method gives ends with cause. The channel itself stays open.
func (ch *Channel) Cancel(cause error) error {
	if cause == nil {
		cause = context.Canceled
	}
	return ch.frames.Cancel(cause)
}

// Close ends the channel for both sides. Items already sent are delivered, then
// the other side gets io.EOF; items that nobody received here are dropped.
// Close does not wait for the other side. It is idempotent.
func (ch *Channel) Close() error { return ch.CloseWithError(nil) }

// CloseWithError is Close with a reason: the other side receives it as a
// *[RemoteError] after the items. A *[Fault] carries details.
func (ch *Channel) CloseWithError(err error) error {
	ch.frames.Close(ErrClosed, err)
	return nil
}

// CloseSend says that no more items come from this side; the other side receives
// io.EOF after those already sent. Receiving and bindings go on.
func (ch *Channel) CloseSend() error {
	ch.frames.CloseSend()
	return nil
}

// endedForSend is the error of sending on a channel that ended with err.
func endedForSend(err error) error {
	if errors.Is(err, ErrLost) {
		return err
	}
	return ErrClosed
}
