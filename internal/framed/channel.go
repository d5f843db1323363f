package framed

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/farside-go/farside/internal/batch"
	"github.com/farside-go/farside/internal/protocol"
	"github.com/farside-go/farside/internal/wire"
)

// A Channel is a pair of queues of frames, one in each direction. All methods may be
// called concurrently, except those that say who may.
type Channel struct {
	m      *Mux
	id     uint32
	stream stream
	owner  Owner

	out     batch.Writer
	done    chan struct{} // closed at the end
	dropped chan struct{} // closed when no items will be received any more
	held    atomic.Bool   // somebody on this side may have it

	recv    lock // held by whoever reads in
	in      protocol.Reader
	watched watch
	claim   claim

	mu      sync.Mutex
	label   string
	err     error // why it ended; set before done is closed
	ctx     context.Context
	cancel  context.CancelCauseFunc
	inEnded bool // the last frame of the other side was read
}

func newChannel(m *Mux, s wire.Stream, label string) *Channel {
	ch := &Channel{
		m: m, id: s.ID(), stream: stream{s, m}, label: label,
		done:    make(chan struct{}),
		dropped: make(chan struct{}),
		recv:    newLock(),
	}
	ch.in = protocol.NewReader(ch.stream, m.cfg.MaxItem)
	ch.out = batch.New(ch.stream, m.cfg.Queue, m.goroutines)
	ch.owner = m.cfg.Own(ch)
	return ch
}

// ID is the number of the channel, the same on both sides.
func (ch *Channel) ID() uint32 { return ch.id }

// Owner is what Config.Own made for the channel.
func (ch *Channel) Owner() Owner { return ch.owner }

// Label is what the side that opened the channel called it; empty if it has none.
func (ch *Channel) Label() string {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.label
}

// Done is closed when the channel has ended.
func (ch *Channel) Done() <-chan struct{} { return ch.done }

// Err is nil until the channel has ended, and then why.
func (ch *Channel) Err() error {
	select {
	case <-ch.done:
		return ch.err
	default:
		return nil
	}
}

// Context gives a context that ends with the channel, or when the other side cancels it.
func (ch *Channel) Context() context.Context {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.context()
}

// context is called with mu held.
func (ch *Channel) context() context.Context {
	if ch.ctx == nil {
		ch.ctx, ch.cancel = context.WithCancelCause(context.Background())
		if ch.err != nil {
			ch.cancel(ch.err)
		}
	}
	return ch.ctx
}

// cancelled handles the other side's Cancel.
func (ch *Channel) cancelled(cause error) {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	ch.context()
	ch.cancel(cause)
}

// Cancel ends the context of the other side's end with cause.
func (ch *Channel) Cancel(cause error) error {
	if err := ch.Err(); err != nil {
		return err
	}
	return ch.Tell(protocol.ControlCancel, ch.m.cfg.EncodeFault(cause))
}

// Tell queues a message about the channel on the control stream, without waiting.
func (ch *Channel) Tell(kind byte, body []byte) error {
	return ch.m.control.send(kind, ch.id, body)
}

// Send queues one frame, or nothing. It waits while the queue is full, until ctx ends or
// the channel does.
func (ch *Channel) Send(ctx context.Context, kind byte, body []byte) error {
	var head [protocol.MaxHead]byte
	return ch.out.Put(ctx, protocol.AppendHead(head[:0], kind, len(body)), body)
}
