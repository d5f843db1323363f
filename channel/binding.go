package channel

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/farside-go/farside/internal/binding"
	"github.com/farside-go/farside/internal/protocol"
)

// Set binds names to values on both sides of the channel, all at once. It
// returns when the bindings are on their way; it waits, until ctx ends, only
// while the other side's subscriptions are far behind. Values are encoded like
// items, 1 MiB for one Set at the most.
//
// Bindings never wait behind unreceived items, so no order is promised between
// a binding and an item; bindings of one side are seen in the order they were
// made.
func (ch *Channel) Set(ctx context.Context, values map[string]any) error {
	raws, body, err := ch.encodeBindings(values)
	if err != nil {
		return err
	}
	err = ch.binds.Await(ctx, ch.Done(), body)
	switch {
	case err == binding.ErrEnded:
		return endedForSend(ch.Err())
	case err != nil:
		return err
	}
	return ch.binds.Put(raws, body, ch.m.side == Near, func(msg []byte) error {
		return ch.frames.Tell(protocol.ControlBind, msg)
	})
}

func (ch *Channel) encodeBindings(values map[string]any) (map[string][]byte, []byte, error) {
	raws := make(map[string][]byte, len(values))
	for name, v := range values {
		raw, err := ch.m.codec.Append(nil, v)
		if err != nil {
			return nil, nil, bindingError(name, encodeError(err))
		}
		raws[name] = raw
	}
	body := protocol.AppendBindings(nil, raws)
	if len(body) > binding.MaxSet {
		return nil, nil, &EncodeError{Path: "bindings",
			Reason: fmt.Sprintf("%d bytes are over the limit of %d for one Set; send an item", len(body), binding.MaxSet)}
	}
	return raws, body, nil
}

// bindingError makes an item's error one of the binding called name.
func bindingError(name string, err error) error {
	at := fmt.Sprintf("bindings[%q]", name)
	var enc *EncodeError
	if errors.As(err, &enc) {
		return &EncodeError{Path: at + enc.Path[len("item"):], Reason: enc.Reason, err: enc.err}
	}
	var dec *DecodeError
	if errors.As(err, &dec) {
		return &DecodeError{Path: at + dec.Path[len("item"):], Reason: dec.Reason, err: dec.err}
	}
	return err
}

// Get gives the value bound to name, by either side. It blocks until there is
// one, ctx ends or the channel has ended; then the error is the reason, but
// what was bound before can still be got.
func (ch *Channel) Get(ctx context.Context, name string) (any, error) {
	return Get[any](ctx, ch, name)
}

// GetChanged is Get, but waits until the value differs from ignore.
func (ch *Channel) GetChanged(ctx context.Context, name string, ignore any) (any, error) {
	known, err := ch.m.codec.Append(nil, ignore)
	if err != nil {
		return nil, encodeError(err)
	}
	return getBinding[any](ctx, ch, name, func(raw Raw) bool { return !ch.sameValue(raw, known) })
}

// Get gives the value bound to name on ch as a T. See [Channel.Get].
func Get[T any](ctx context.Context, ch *Channel, name string) (T, error) {
	return getBinding[T](ctx, ch, name, func(Raw) bool { return true })
}

func getBinding[T any](ctx context.Context, ch *Channel, name string, wanted func(Raw) bool) (T, error) {
	var v T
	raw, err := ch.awaitBinding(ctx, name, wanted)
	if err != nil {
		return v, err
	}
	if err := ch.Decode(raw, &v); err != nil {
		return v, bindingError(name, err)
	}
	return v, nil
}

func (ch *Channel) awaitBinding(ctx context.Context, name string, wanted func(Raw) bool) (Raw, error) {
	for {
		ended := ch.Err() // looked at before the value, since bindings come before the end
		raw, ok, changed := ch.binds.Look(name)
		switch {
		case ok && wanted(raw):
			return raw, nil
		case ended != nil:
			return nil, ended
		}
		select {
		case <-changed:
		case <-ch.Done():
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// sameValue compares decoded values where the bytes differ, since the order of a
// map's keys is not fixed.
func (ch *Channel) sameValue(a, b Raw) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var va, vb any
	if ch.Decode(a, &va) != nil || ch.Decode(b, &vb) != nil {
		return false
	}
	return reflect.DeepEqual(va, vb)
}

// bound takes in the other side's Set.
func (ch *Channel) bound(msg []byte) error {
	won, size, err := ch.binds.TakeIn(msg, ch.m.side == Far)
	switch {
	case err == binding.ErrTooMany:
		return ch.CloseWithError(err)
	case err != nil:
		return err
	case !ch.subs.Bound(won, size):
		ch.takenIn(size)
	}
	return nil
}

// takenIn tells the other side, now and then, how much was taken in.
func (ch *Channel) takenIn(size int) {
	if ack := ch.binds.Taken(size); ack != nil {
		ch.frames.Tell(protocol.ControlBound, ack) // if the mux has ended nobody has to be told
	}
}
