package channel

import (
	"context"
	"errors"
	"io"
	"iter"
)

// All gives the items one by one until the channel ends. An orderly end ends the
// loop; any other error comes in a last round. An item that cannot be decoded
// comes as a [DecodeError], after which the loop goes on.
func (ch *Channel) All(ctx context.Context) iter.Seq2[any, error] {
	return Of[any](ch).All(ctx)
}

// Items is a bridge to a Go channel: it gives the items until ctx ends, the items
// do, a subscription takes them or this side closes the channel or the mux; then
// it is closed. [Channel.Err] tells why the channel ended. An item that nobody
// took is left to the next receiver.
func (ch *Channel) Items(ctx context.Context) <-chan any {
	items := make(chan any)
	go func() { // ends with ctx, with the items or with Close
		defer close(items)
		for ch.passItem(ctx, items) {
		}
	}()
	return items
}

// passItem moves one item, and reports whether there may be another.
func (ch *Channel) passItem(ctx context.Context, to chan<- any) bool {
	if ch.frames.Acquire(ctx, false) != nil {
		return false
	}
	defer ch.frames.Release()
	f, err := ch.frames.Next(ctx, false)
	if err != nil {
		return false
	}
	f.Body, f.Owned = f.Own(), true
	var item any
	if err := ch.decodeFrame(f, &item); err != nil {
		ch.closeUndecoded(err)
		return false
	}
	select {
	case to <- item:
		return true
	case <-ctx.Done():
	case <-ch.frames.Dropped():
	case <-ch.frames.Claimed():
	case <-ch.m.frames.Closing():
	}
	ch.frames.PutBack(f)
	return false
}

// A Typed is a channel whose items are all of one type on this side.
type Typed[T any] struct{ ch *Channel }

// Of gives ch as a channel of Ts. Both can be used side by side.
func Of[T any](ch *Channel) Typed[T] { return Typed[T]{ch} }

// Channel gives the channel itself.
func (t Typed[T]) Channel() *Channel { return t.ch }

// Send queues one item. See [Channel.Send].
func (t Typed[T]) Send(ctx context.Context, item T) error { return t.ch.Send(ctx, item) }

// Receive gives the next item. See [Channel.Receive].
func (t Typed[T]) Receive(ctx context.Context) (T, error) { return Receive[T](ctx, t.ch) }

// All gives the items one by one. See [Channel.All].
func (t Typed[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			item, err := t.Receive(ctx)
			switch {
			case err == io.EOF:
				return
			case err == nil || isDecodeError(err):
				if !yield(item, err) {
					return
				}
			default:
				yield(item, err)
				return
			}
		}
	}
}

// isDecodeError reports whether err is one that leaves the channel usable.
func isDecodeError(err error) bool {
	var dec *DecodeError
	return errors.As(err, &dec)
}
