package channel

import (
	"context"
	"encoding/binary"
	"errors"
)

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
// name, the value's length and the value. All of it but the clock counts as on
// its way, and bindOverhead for the message.
func appendBindings(dst []byte, raws map[string]Raw) []byte {
	for name, raw := range raws {
		dst = append(binary.AppendUvarint(dst, uint64(len(name))), name...)
		dst = append(binary.AppendUvarint(dst, uint64(len(raw))), raw...)
	}
	return dst
}

func readBindings(body []byte) (clock uint64, raws map[string]Raw, size int, err error) {
	clock, n := binary.Uvarint(body)
	if n <= 0 {
		return 0, nil, 0, errProtocol(errBadBounds)
	}
	body = body[n:]
	size = len(body) + bindOverhead
	raws = map[string]Raw{}
	for len(body) > 0 {
		var name, raw []byte
		var ok bool
		if name, body, ok = cutCounted(body); !ok {
			return 0, nil, 0, errProtocol(errBadBounds)
		}
		if raw, body, ok = cutCounted(body); !ok {
			return 0, nil, 0, errProtocol(errBadBounds)
		}
		raws[string(name)] = raw
	}
	return clock, raws, size, nil
}

func cutCounted(body []byte) (field, rest []byte, ok bool) {
	size, n := binary.Uvarint(body)
	if n <= 0 || size > uint64(len(body)-n) {
		return nil, nil, false
	}
	return body[n : n+int(size)], body[n+int(size):], true
}
