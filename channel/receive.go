package channel

import (
	"context"
	"fmt"
	"io"

	"github.com/farside-go/farside/internal/item"
)

// Raw is an item in its encoded form. Sent, it travels as it is; received, it
// has not been decoded yet: see [Channel.Decode].
type Raw = item.Raw

// Receive gives the next item, decoded into its general form. It blocks until
// there is one, ctx ends, or the channel has ended and nothing is left: then the
// error is io.EOF, a *[RemoteError], a *[LostError], or [ErrClosed] if this side
// closed the channel.
func (ch *Channel) Receive(ctx context.Context) (any, error) {
	var v any
	err := ch.ReceiveInto(ctx, &v)
	return v, err
}

// ReceiveInto is Receive into the value that dst points to.
func (ch *Channel) ReceiveInto(ctx context.Context, dst any) error {
	if err := ch.acquireReceive(ctx, false); err != nil {
		return err
	}
	defer ch.recv.release()
	f, err := ch.nextFrame(ctx, false)
	if err != nil {
		return err
	}
	return ch.decodeFrame(f, dst)
}

// Receive gives the next item of ch as a T. See [Channel.Receive].
func Receive[T any](ctx context.Context, ch *Channel) (T, error) {
	var v T
	err := ch.ReceiveInto(ctx, &v)
	return v, err
}

// Decode decodes raw, which came over this channel's gateway, into the value
// that dst points to.
func (ch *Channel) Decode(raw Raw, dst any) error {
	if err := ch.m.codec.Decode(raw, dst); err != nil {
		return decodeError(err)
	}
	return nil
}

// acquireReceive takes the receive lock for a subscription or for a receiver. Who
// holds it may do so for long, so that what ends a wait for items ends this one.
func (ch *Channel) acquireReceive(ctx context.Context, subscription bool) error {
	if ch.recv.tryAcquire() {
		return nil
	}
	var refused <-chan struct{}
	if !subscription {
		refused = ch.subs.itemsTaken()
	}
	select {
	case ch.recv <- struct{}{}:
		return nil
	case <-refused:
		return ErrSubscribed
	case <-ch.dropped:
		return ch.closedReason()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// nextFrame reads one frame that carries an item. It is called with the receive
// lock held, by a subscription or by a receiver.
func (ch *Channel) nextFrame(ctx context.Context, subscription bool) (frame, error) {
	ch.watch(ctx)
	for {
		if err := ch.mayReceive(ctx, subscription); err != nil {
			return frame{}, err
		}
		f, err := ch.in.next()
		switch {
		case err == nil && f.kind < frameEOF:
			return f, nil
		case err == nil:
			return frame{}, ch.lastFrame(ctx, f)
		case interrupted(err):
			ch.stream.resume()
		default:
			return frame{}, ch.readFailed(ctx, err)
		}
	}
}

// mayReceive says why a receiver must not wait.
func (ch *Channel) mayReceive(ctx context.Context, subscription bool) error {
	switch {
	case isClosed(ch.dropped):
		ch.unwatch()
		return ch.closedReason()
	case !subscription && ch.subs.takeItems.Load():
		return ErrSubscribed
	}
	return ctx.Err()
}

// closedReason is why this side receives no more: ErrClosed, unless it was for an
// error found here.
func (ch *Channel) closedReason() error {
	if err := ch.Err(); err != nil && err != io.EOF {
		return err
	}
	return ErrClosed
}

// lastFrame handles the frame after which no item comes, and keeps it for later
// receivers.
func (ch *Channel) lastFrame(ctx context.Context, f frame) error {
	ch.in.putBack(f)
	ch.unwatch()
	ch.inputEnded()
	if f.kind == frameEnd {
		return ch.reason(ctx)
	}
	if err := ch.Err(); err != nil {
		return err
	}
	return io.EOF
}

// reason waits for the reason of the end, which comes on the control stream.
func (ch *Channel) reason(ctx context.Context) error {
	select {
	case <-ch.done:
		return ch.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// readFailed turns the end of a stream that did not end by a last frame into
// the reason: the mux was lost, or the other side broke the protocol.
func (ch *Channel) readFailed(ctx context.Context, err error) error {
	ch.unwatch()
	if streamEnded(err) {
		switch {
		case ch.m.ends(), isClosed(ch.m.done):
			return ch.reason(ctx)
		case isClosed(ch.done):
			return ch.err
		}
		err = errProtocol("the end of a stream without a last frame")
	}
	ch.closeWith(err, err)
	return err
}

func (ch *Channel) decodeFrame(f frame, dst any) error {
	if f.size > uint64(ch.m.opts.MaxItem) {
		return &DecodeError{Path: "item", Reason: fmt.Sprintf(
			"%d bytes are over the limit of %d; use Stream for what has no size", f.size, ch.m.opts.MaxItem)}
	}
	if f.kind != frameItem && assignRaw(f, dst) {
		return nil
	}
	codec, body := &ch.m.codec, f.body
	if f.kind != frameItem {
		codec, body = &unlimited, f.asItem()
	}
	if err := codec.Decode(body, dst); err != nil {
		return decodeError(err)
	}
	return nil
}

// unlimited converts raw frames, whose size was checked and which hold no
// references.
var unlimited item.Codec

// assignRaw stores a raw frame where its type needs no conversion.
func assignRaw(f frame, dst any) bool {
	switch dst := dst.(type) {
	case *any:
		if f.kind == frameString {
			*dst = string(f.body)
		} else {
			*dst = f.own()
		}
		return true
	case *string:
		if f.kind == frameString {
			*dst = string(f.body)
			return true
		}
	case *[]byte:
		if f.kind == frameBytes {
			*dst = f.own()
			return true
		}
	}
	return false
}

// asItem gives a raw frame's body as an encoded item.
func (f frame) asItem() []byte {
	var v any = f.body
	if f.kind == frameString {
		v = string(f.body)
	}
	body, _ := unlimited.Append(nil, v) // bytes and text can always be encoded
	return body
}

// A watch is the standing order to interrupt a read when a ctx ends. It is kept
// from one Receive to the next, since most use one ctx for many.
type watch struct {
	done <-chan struct{}
	stop func() bool
}

// watch is called with the receive lock held.
func (ch *Channel) watch(ctx context.Context) {
	if ctx.Done() == ch.watched.done {
		return
	}
	if ch.watched.stop != nil {
		ch.watched.stop()
	}
	ch.watched = watch{}
	if ctx.Done() != nil {
		ch.watched = watch{ctx.Done(), context.AfterFunc(ctx, ch.interruptReceive)}
	}
}

// unwatch is called with the receive lock held, when there is nothing left to read.
func (ch *Channel) unwatch() {
	if ch.watched.stop != nil {
		ch.watched.stop()
	}
	ch.watched = watch{}
}

// interruptReceive makes a blocked read look at what has changed.
func (ch *Channel) interruptReceive() { ch.stream.interrupt() }

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
