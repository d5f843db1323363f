package framed

import (
	"context"
	"fmt"

	"github.com/farside-go/farside/internal/protocol"
	"github.com/farside-go/farside/internal/wire"
)

// New makes a channel whose other end the other side gets when it receives the
// channel inside an item. It can be used at once.
func (m *Mux) New(ctx context.Context) (*Channel, error) { return m.open(ctx, "") }

// Open makes a channel whose other end the other side gets from Accept, with
// label, which must not be empty. It can be used at once.
func (m *Mux) Open(ctx context.Context, label string) (*Channel, error) {
	if label == "" || len(label) > protocol.MaxLabel {
		return nil, fmt.Errorf("channel: open: a label has 1 to %d bytes, not %d", protocol.MaxLabel, len(label))
	}
	ch, err := m.open(ctx, label)
	if err != nil {
		return nil, err
	}
	err = m.control.send(protocol.ControlOpen, ch.id, []byte(label))
	if err != nil {
		return nil, err
	}
	return ch, nil
}

// open opens a stream with a ctx, which yamux lacks: it waits when the other side
// does not take streams in or the wire is stuck.
func (m *Mux) open(ctx context.Context, label string) (*Channel, error) {
	if ctx.Done() == nil {
		return m.openNow(label)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	type opened struct {
		ch  *Channel
		err error
	}
	result := make(chan opened, 1)
	m.goroutines.Go(func() { // ends with openNow, at the latest with the session
		ch, err := m.openNow(label)
		result <- opened{ch, err}
	})
	select {
	case r := <-result:
		return r.ch, r.err
	case <-ctx.Done():
		go func() { // likewise
			if r := <-result; r.err == nil {
				r.ch.Close(ErrClosed, nil)
			}
		}()
		return nil, ctx.Err()
	}
}

// openNow opens one stream at a time, since the other side takes an id that it
// has skipped for one that is over.
func (m *Mux) openNow(label string) (*Channel, error) {
	m.opening <- struct{}{}
	defer m.opening.release()
	stream, err := m.session.Open()
	if err != nil {
		return nil, m.openFailed(err)
	}
	ch := newChannel(m, stream, label)
	ch.held.Store(true)
	m.enter(ch.id, ch)
	if err := m.Err(); err != nil {
		ch.lost(err)
		return nil, err
	}
	return ch, nil
}

func (m *Mux) openFailed(err error) error {
	if wire.Stuck(err) {
		m.fail(err)
	}
	if lost := m.closedError(); lost != nil {
		return lost
	}
	return fmt.Errorf("channel: open: %w", err)
}

// Accept waits for a channel that the other side opened with a label.
func (m *Mux) Accept(ctx context.Context) (*Channel, error) {
	select {
	case ch := <-m.waiting:
		ch.hold()
		return ch, nil
	case <-m.done:
		return nil, m.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// announced hands a labelled channel to Accept.
func (m *Mux) announced(ch *Channel, label []byte) error {
	if m.ours(ch.id) || len(label) == 0 || len(label) > protocol.MaxLabel || !ch.setLabel(string(label)) {
		return protocol.Violation(fmt.Sprintf("a second or bad label for channel %d", ch.id))
	}
	select {
	case m.waiting <- ch:
	default:
		ch.refuse(fmt.Errorf("channel: more than %d channels wait to be accepted", maxWaiting))
	}
	return nil
}

// setLabel reports whether the channel had no label.
func (ch *Channel) setLabel(label string) bool {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	if ch.label != "" {
		return false
	}
	ch.label = label
	return true
}
