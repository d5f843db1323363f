// Package binding keeps the named values of a channel: which of two concurrent ones
// stands, who waits for one, and how much of them may be on its way (P7).
package binding

import (
	"encoding/binary"
	"fmt"
	"sync"

	"github.com/farside-go/farside/internal/protocol"
)

const (
	// MaxSet is how many bytes one set of bindings may have.
	MaxSet = 1 << 20

	maxNames = 1 << 16 // names bound on one channel
)

// ErrTooMany is why a channel with too many bindings ends.
var ErrTooMany = fmt.Errorf("channel: more than %d names are bound", maxNames)

// A value is a named one as it stands. Of two concurrent ones the later by
// Lamport clock wins on both sides, and the near side's if the clocks are equal.
type value struct {
	raw   []byte
	clock uint64
	near  bool
}

// A Table is what one side of a channel knows of its bindings. Values are kept as
// encoded. All methods may be called concurrently. The zero Table is empty.
type Table struct {
	mu      sync.Mutex
	values  map[string]value
	clock   uint64
	changed chan struct{} // closed on a change; nil if nobody waits

	inFlight int           // bytes sent and not acknowledged
	credit   chan struct{} // closed when inFlight fell; nil if nobody waits
	arrived  int           // bytes that came and are not yet acknowledged
	taken    int           // of those, what was dealt with
}

// Put binds names on this side, which is the near one or not, and sends the message that
// binds them on the other, in one step: what is sent goes out in the order of the clocks.
// The room for it must have been taken by Await; body is what AppendBindings made of raws.
func (t *Table) Put(raws map[string][]byte, body []byte, near bool, send func(msg []byte) error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	clock := t.clock + 1
	if err := send(append(binary.AppendUvarint(nil, clock), body...)); err != nil {
		t.inFlight -= sizeOf(len(body))
		return err
	}
	t.apply(clock, near, raws)
	return nil
}

// TakeIn takes in the other side's message, near being that side, and gives those of its
// bindings that stand. Its size is to be given to Taken when they have been dealt with.
func (t *Table) TakeIn(msg []byte, near bool) (won map[string][]byte, size int, err error) {
	clock, raws, n, err := protocol.ReadBindings(msg)
	if err != nil {
		return nil, 0, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if n > MaxSet || t.arrived >= window {
		return nil, 0, protocol.Violation(fmt.Sprintf(
			"bindings of %d bytes while %d are not acknowledged", n, t.arrived))
	}
	t.arrived += sizeOf(n)
	won = t.apply(clock, near, raws)
	if len(t.values) > maxNames {
		return nil, 0, ErrTooMany
	}
	return won, sizeOf(n), nil
}

// apply stores what wins and gives it. It is called with mu held.
func (t *Table) apply(clock uint64, near bool, raws map[string][]byte) map[string][]byte {
	t.clock = max(t.clock, clock)
	if t.values == nil {
		t.values = map[string]value{}
	}
	won := make(map[string][]byte, len(raws))
	for name, raw := range raws {
		old, ok := t.values[name]
		if ok && (old.clock > clock || (old.clock == clock && old.near && !near)) {
			continue
		}
		t.values[name] = value{raw, clock, near}
		won[name] = raw
	}
	if t.changed != nil {
		close(t.changed)
		t.changed = nil
	}
	return won
}

// Look gives the value bound to name, and a Go channel that is closed on the next change.
func (t *Table) Look(name string) (raw []byte, ok bool, changed <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changed == nil {
		t.changed = make(chan struct{})
	}
	bound, ok := t.values[name]
	return bound.raw, ok, t.changed
}
