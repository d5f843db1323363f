package binding

import (
	"context"
	"encoding/binary"
	"errors"

	"github.com/farside-go/farside/internal/protocol"
)

const (
	overhead = 16       // bytes that a set counts for beside its bindings
	window   = 1 << 20  // bytes of bindings on their way before Await waits
	ackAfter = 64 << 10 // bytes taken in before the other side is told
)

// ErrEnded is what Await gives when the channel has ended.
var ErrEnded = errors.New("channel: ended")

// sizeOf is what a set with a body of n bytes counts for while it is on its way.
func sizeOf(n int) int { return n + overhead }

// Await waits for room and takes it for a set with the body given, until ctx ends or the
// channel does, which done tells.
func (t *Table) Await(ctx context.Context, done <-chan struct{}, body []byte) error {
	for {
		select {
		case <-done:
			return ErrEnded
		default:
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		credit := t.take(sizeOf(len(body)))
		if credit == nil {
			return nil
		}
		select {
		case <-credit:
		case <-done:
		case <-ctx.Done():
		}
	}
}

// take takes room, or gives what to wait for.
func (t *Table) take(size int) <-chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.inFlight < window {
		t.inFlight += size
		return nil
	}
	if t.credit == nil {
		t.credit = make(chan struct{})
	}
	return t.credit
}

// Taken notes that so much of what came was dealt with. Now and then it gives the body of
// a message by which the other side is told.
func (t *Table) Taken(size int) (ack []byte) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.taken += size
	if t.taken < ackAfter {
		return nil
	}
	ack = binary.AppendUvarint(nil, uint64(t.taken))
	t.arrived, t.taken = t.arrived-t.taken, 0
	return ack
}

// Acknowledged takes in the other side's word of what it has dealt with.
func (t *Table) Acknowledged(body []byte) error {
	size, n := binary.Uvarint(body)
	t.mu.Lock()
	defer t.mu.Unlock()
	if n <= 0 || size > uint64(t.inFlight) {
		return protocol.Violation("an acknowledgement of bindings that were not sent")
	}
	t.inFlight -= int(size)
	if t.credit != nil {
		close(t.credit)
		t.credit = nil
	}
	return nil
}
