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
	raws, size, err := ch.encodeBindings(values)
	if err != nil {
		return err
	}
	if err := ch.awaitCredit(ctx, size); err != nil {
		return err
	}
	b := &ch.binds
	b.mu.Lock()
	defer b.mu.Unlock()
	clock := b.clock + 1
	msg := controlMessage{kind: controlBind, id: ch.id, body: appendBindings(nil, clock, raws)}
	if err := ch.m.control.send(msg); err != nil {
		b.inFlight -= size
		return err
	}
	b.apply(clock, ch.m.side == Near, raws)
	return nil
}

func (ch *Channel) encodeBindings(values map[string]any) (map[string]Raw, int, error) {
	raws, size := make(map[string]Raw, len(values)), 0
	for name, v := range values {
		raw, err := ch.m.codec.Append(nil, v)
		if err != nil {
			return nil, 0, bindingError(name, encodeError(err))
		}
		raws[name] = raw
		size += len(name) + len(raw)
	}
	if size > maxBinding {
		return nil, 0, &EncodeError{Path: "bindings",
			Reason: fmt.Sprintf("%d bytes are over the limit of %d for one Set; send an item", size, maxBinding)}
	}
	return raws, size, nil
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
	clock, raws, err := readBindings(body)
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
	if !ch.subs.bindingsArrived(won, bindingSize(raws)) {
		ch.takenIn(bindingSize(raws))
	}
	return nil
}

// takenIn tells the other side, now and then, how much was taken in.
func (ch *Channel) takenIn(size int) {
	b := &ch.binds
	b.mu.Lock()
	defer b.mu.Unlock()
	b.taken += size
	if b.taken < ackAfter {
		return
	}
	body := binary.AppendUvarint(nil, uint64(b.taken))
	b.taken = 0
	ch.m.control.send(controlMessage{kind: controlBound, id: ch.id, body: body})
}

// acknowledged handles the other side's word of what it took in.
func (ch *Channel) acknowledged(body []byte) error {
	size, n := binary.Uvarint(body)
	b := &ch.binds
	b.mu.Lock()
	defer b.mu.Unlock()
	if n <= 0 || size > uint64(b.inFlight) {
		return errProtocol("an acknowledgement of bindings that were not sent")
	}
	b.inFlight -= int(size)
	if b.credit != nil {
		close(b.credit)
		b.credit = nil
	}
	return nil
}

// awaitCredit takes size bytes of what may be on its way.
func (ch *Channel) awaitCredit(ctx context.Context, size int) error {
	b := &ch.binds
	for {
		if err := ch.Err(); err != nil {
			return endedForSend(err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b.mu.Lock()
		if b.inFlight < bindWindow {
			b.inFlight += size
			b.mu.Unlock()
			return nil
		}
		if b.credit == nil {
			b.credit = make(chan struct{})
		}
		credit := b.credit
		b.mu.Unlock()
		select {
		case <-credit:
		case <-ch.done:
		case <-ctx.Done():
		}
	}
}

// endedForSend is the error of sending on a channel that ended with err.
func endedForSend(err error) error {
	if errors.Is(err, ErrLost) {
		return err
	}
	return ErrClosed
}

// The body of controlBind (P7): the clock, then for each name its length, the
// name, the value's length and the value.
func appendBindings(dst []byte, clock uint64, raws map[string]Raw) []byte {
	dst = binary.AppendUvarint(dst, clock)
	for name, raw := range raws {
		dst = append(binary.AppendUvarint(dst, uint64(len(name))), name...)
		dst = append(binary.AppendUvarint(dst, uint64(len(raw))), raw...)
	}
	return dst
}

func readBindings(body []byte) (uint64, map[string]Raw, error) {
	clock, n := binary.Uvarint(body)
	if n <= 0 {
		return 0, nil, errProtocol(errBadBounds)
	}
	body = body[n:]
	raws := map[string]Raw{}
	for len(body) > 0 {
		var name, raw []byte
		var ok bool
		if name, body, ok = cutCounted(body); !ok {
			return 0, nil, errProtocol(errBadBounds)
		}
		if raw, body, ok = cutCounted(body); !ok {
			return 0, nil, errProtocol(errBadBounds)
		}
		raws[string(name)] = raw
	}
	return clock, raws, nil
}

func cutCounted(body []byte) (field, rest []byte, ok bool) {
	size, n := binary.Uvarint(body)
	if n <= 0 || size > uint64(len(body)-n) {
		return nil, nil, false
	}
	return body[n : n+int(size)], body[n+int(size):], true
}

func bindingSize(raws map[string]Raw) int {
	size := 0
	for name, raw := range raws {
		size += len(name) + len(raw)
	}
	return size
}
