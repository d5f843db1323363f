// Package channel has the generic part of farside's package of that name.
package channel

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp/internal/generic/native"
)

// Channel is channel.Channel.
type Channel = channel.Channel

// A Typed is a channel.Typed.
type Typed[T any] struct{ ch *Channel }

// Of is channel.Of.
func Of[T any](ch *Channel) Typed[T] { return Typed[T]{ch} }

// Channel gives the channel itself.
func (t Typed[T]) Channel() *Channel { return t.ch }

// Send queues one item.
func (t Typed[T]) Send(ctx context.Context, item T) error { return t.ch.Send(ctx, item) }

// Receive gives the next item.
func (t Typed[T]) Receive(ctx context.Context) (T, error) { return Receive[T](ctx, t.ch) }

// All gives the items one by one.
func (t Typed[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for {
			item, err := t.Receive(ctx)
			if err == io.EOF {
				return
			}
			var dec *channel.DecodeError
			if !yield(item, err) || err != nil && !errors.As(err, &dec) {
				return
			}
		}
	}
}

// Receive is channel.Receive.
func Receive[T any](ctx context.Context, ch *Channel) (T, error) {
	var v T
	err := ch.ReceiveInto(ctx, &v)
	return v, err
}

// Get is channel.Get.
func Get[T any](ctx context.Context, ch *Channel, name string) (T, error) {
	var v T
	err := native.GetBinding(ctx, ch, name, &v)
	return v, err
}
