package channel

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"sync"
)

const (
	maxBinding   = 1 << 20  // bytes of one Set, encoded
	bindOverhead = 16       // bytes that a Set counts for beside its bindings
	bindWindow   = 1 << 20  // bytes of bindings on their way before Set waits
	ackAfter     = 64 << 10 // bytes taken in before the other side is told
	maxNames     = 1 << 16  // names bound on one channel
	errBadBounds = "bindings that cannot be read"
)

// A binding is a named value as it stands. Of two concurrent ones the later by
// Lamport clock wins on both sides, and the near side's if the clocks are equal.
type binding struct {
	raw   Raw
	clock uint64
	near  bool
}

// bindings are the named values of a channel.
type bindings struct {
	mu      sync.Mutex
	values  map[string]binding
	clock   uint64
	changed chan struct{} // closed on a change; nil if nobody waits

	inFlight int           // bytes sent and not acknowledged
	credit   chan struct{} // closed when inFlight fell; nil if nobody waits
	taken    int           // bytes taken in and not yet acknowledged
}

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
	size := len(body) + bindOverhead
	if err := ch.awaitCredit(ctx, size); err != nil {
		return err
	}
	b := &ch.binds
	b.mu.Lock()
	defer b.mu.Unlock()
	clock := b.clock + 1
	msg := controlMessage{kind: controlBind, id: ch.id, body: append(binary.AppendUvarint(nil, clock), body...)}
	if err := ch.m.control.send(msg); err != nil {
		b.inFlight -= size
		return err
	}
	b.apply(clock, ch.m.side == Near, raws)
	return nil
}

func (ch *Channel) encodeBindings(values map[string]any) (map[string]Raw, []byte, error) {
	raws := make(map[string]Raw, len(values))
	for name, v := range values {
		raw, err := ch.m.codec.Append(nil, v)
		if err != nil {
			return nil, nil, bindingError(name, encodeError(err))
		}
		raws[name] = raw
	}
	body := appendBindings(nil, raws)
	if len(body) > maxBinding {
		return nil, nil, &EncodeError{Path: "bindings",
			Reason: fmt.Sprintf("%d bytes are over the limit of %d for one Set; send an item", len(body), maxBinding)}
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
		raw, ok, changed := ch.binds.look(name)
		switch {
		case ok && wanted(raw):
			return raw, nil
		case ended != nil:
			return nil, ended
		}
		select {
		case <-changed:
		case <-ch.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// look gives the value bound to name, and what is closed on the next change.
func (b *bindings) look(name string) (Raw, bool, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.changed == nil {
		b.changed = make(chan struct{})
	}
	bound, ok := b.values[name]
	return bound.raw, ok, b.changed
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

// apply stores what wins and gives it. It is called with mu held.
func (b *bindings) apply(clock uint64, near bool, raws map[string]Raw) map[string]Raw {
	b.clock = max(b.clock, clock)
	if b.values == nil {
		b.values = map[string]binding{}
	}
	won := make(map[string]Raw, len(raws))
	for name, raw := range raws {
		old, ok := b.values[name]
		if ok && (old.clock > clock || (old.clock == clock && old.near && !near)) {
			continue
		}
		b.values[name] = binding{raw, clock, near}
		won[name] = raw
	}
	if b.changed != nil {
		close(b.changed)
		b.changed = nil
	}
	return won
}

// bound takes in the other side's Set.
func (ch *Channel) bound(body []byte) error {
	clock, raws, size, err := readBindings(body)
	if err != nil {
		return err
	}
	b := &ch.binds
	b.mu.Lock()
	won := b.apply(clock, ch.m.side == Far, raws)
	tooMany := len(b.values) > maxNames
	b.mu.Unlock()
	if tooMany {
		ch.CloseWithError(fmt.Errorf("channel: more than %d names are bound", maxNames))
		return nil
	}
	if !ch.subs.bindingsArrived(won, size) {
		ch.takenIn(size)
	}
	return nil
}
