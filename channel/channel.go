package channel

import (
	"context"
	"io"
	"sync"
	"sync/atomic"

	"github.com/hashicorp/yamux"
)

// A Channel is an ordered, reliable, flow-controlled pair of item queues, one in
// each direction, with named bindings beside them.
//
// All methods may be called concurrently. Each item goes to exactly one of
// several concurrent receivers. Whoever holds a channel closes it; a channel
// that the other side closed needs no Close unless items are left unreceived. An
// error of one item (an [EncodeError], a [DecodeError], a ctx that ended) leaves
// the channel as it was; every other error is its end.
type Channel struct {
	m      *Mux
	id     uint32
	stream wire

	out     outbox
	done    chan struct{} // closed at the end
	dropped chan struct{} // closed when no items will be received any more
	held    atomic.Bool   // somebody on this side may have it

	recv    lock // held by whoever reads in
	in      inbox
	watched watch

	binds bindings
	subs  subscriptions

	mu      sync.Mutex
	label   string
	err     error // why it ended; set before done is closed
	ctx     context.Context
	cancel  context.CancelCauseFunc
	inEnded bool // the last frame of the other side was read
}

func newChannel(m *Mux, stream *yamux.Stream, label string) *Channel {
	ch := &Channel{
		m: m, id: stream.StreamID(), stream: wire{stream, m}, label: label,
		done:    make(chan struct{}),
		dropped: make(chan struct{}),
		recv:    newLock(),
	}
	ch.in = inbox{stream: ch.stream, limit: m.opts.MaxItem}
	ch.out.limit, ch.out.w, ch.out.by = m.opts.Queue, ch.stream, m.goroutines
	return ch
}

// ID is the number of the channel, the same on both sides.
func (ch *Channel) ID() uint32 { return ch.id }

// Label is what the side that opened the channel called it; empty for channels
// made by New.
func (ch *Channel) Label() string {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	return ch.label
}

// Mux gives the mux that the channel belongs to.
func (ch *Channel) Mux() *Mux { return ch.m }

// Done is closed when the channel has ended: either side closed it, or the other
// side was lost. Items that had arrived can still be received.
func (ch *Channel) Done() <-chan struct{} { return ch.done }

// Err is nil until the channel has ended. Then it is [ErrClosed] if this side
// closed it, io.EOF if the other side ended it without an error, the other
// side's error as a *[RemoteError], or a *[LostError].
func (ch *Channel) Err() error {
	select {
	case <-ch.done:
		return ch.err
	default:
		return nil
	}
}

// Context gives a context that ends with the channel, or earlier when the other
// side calls Cancel. context.Cause tells which.
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

// Cancel asks the other side to stop what serves this channel: the context that
// its Context method gives ends with cause. The channel itself stays open.
func (ch *Channel) Cancel(cause error) error {
	if cause == nil {
		cause = context.Canceled
	}
	if err := ch.Err(); err != nil {
		return err
	}
	return ch.m.control.send(controlMessage{kind: controlCancel, id: ch.id, body: ch.m.encodeFault(cause)})
}

// Close ends the channel for both sides. Items already sent are delivered, then
// the other side gets io.EOF; items that nobody received here are dropped.
// Close does not wait for the other side. It is idempotent.
func (ch *Channel) Close() error { return ch.CloseWithError(nil) }

// CloseWithError is Close with a reason: the other side receives it as a
// *[RemoteError] after the items. A *[Fault] carries details.
func (ch *Channel) CloseWithError(err error) error {
	ch.closeWith(ErrClosed, err)
	return nil
}

// closeWith ends the channel, with one reason for this side and one for the
// other. If the mux has ended nobody has to be told.
func (ch *Channel) closeWith(here, there error) {
	if ch.end(here) {
		ch.sealOutput(ErrClosed, frameEnd)
		ch.m.control.send(controlMessage{kind: controlClose, id: ch.id, body: ch.m.encodeFault(there)})
	}
	ch.dropInput()
}

// CloseSend says that no more items come from this side; the other side receives
// io.EOF after those already sent. Receiving and bindings go on.
func (ch *Channel) CloseSend() error {
	ch.sealOutput(ErrClosed, frameEOF)
	return nil
}

// sealOutput ends the items of this side with a frame of the kind given, then
// closes the stream's sending half.
func (ch *Channel) sealOutput(why error, kind byte) {
	ch.out.seal(why, []byte{kind, 0}, func() { ch.stream.Close() })
}

// closedByPeer handles the other side's close: what it had sent can still be
// received, what we have queued is for nobody.
func (ch *Channel) closedByPeer(reason error) {
	if reason == nil {
		reason = io.EOF
	}
	if !ch.end(reason) {
		return
	}
	ch.out.discard(ErrClosed)
	ch.m.goroutines.Go(func() { // ends when the last frame is next, or with the mux
		ch.stream.Close() // waits: it writes a frame
		ch.settle()
	})
}

// settle ends the channel's stay in the table once the other side has closed it
// and left no items, if nobody is to get it here any more.
func (ch *Channel) settle() {
	if !ch.held.Load() || ch.acquireReceive(context.Background(), true) != nil {
		return
	}
	defer ch.recv.release()
	for !isClosed(ch.dropped) {
		over, err := ch.in.endIsNext()
		switch {
		case over:
			ch.unwatch()
			ch.inputEnded()
			return
		case err == nil:
			return // whoever receives the items finds the end
		case interrupted(err):
			ch.stream.resume()
		default:
			ch.readFailed(context.Background(), err)
			return
		}
	}
}

// hold notes that somebody on this side gets the channel.
func (ch *Channel) hold() {
	if !ch.held.Swap(true) && ch.Err() != nil {
		go ch.settle() // ends when the last frame is next, or with the mux
	}
}

// lost handles the end of the mux. What had arrived can still be received.
func (ch *Channel) lost(err error) {
	ch.end(err)
	ch.out.discard(err)
	if ch.recv.tryAcquire() { // else whoever receives does it
		ch.unwatch()
		ch.recv.release()
	}
}

// end records why the channel ended; only the first reason counts.
func (ch *Channel) end(err error) bool {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	if ch.err != nil {
		return false
	}
	ch.err = err
	close(ch.done)
	if ch.cancel != nil {
		ch.cancel(err)
	}
	return true
}

// cancelled handles the other side's Cancel.
func (ch *Channel) cancelled(cause error) {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	ch.context()
	ch.cancel(cause)
}

// dropInput passes over what still arrives, so that the other side's writes come
// to an end, until its last frame. It is started once.
func (ch *Channel) dropInput() {
	if !ch.stopReceiving() {
		return
	}
	ch.interruptReceive()
	ch.m.goroutines.Go(func() { // ends with the other side's half of the stream or with the mux
		ch.recv <- struct{}{}
		defer ch.recv.release()
		ch.unwatch()
		ch.in = inbox{}
		scrap := make([]byte, firstBuffer)
		for {
			ch.stream.resume()
			if _, err := ch.stream.Read(scrap); err != nil && !interrupted(err) {
				break
			}
		}
		ch.inputEnded()
	})
}

// stopReceiving makes the channel give no more items. It reports whether it was
// the first to do so.
func (ch *Channel) stopReceiving() bool {
	ch.mu.Lock()
	defer ch.mu.Unlock()
	if isClosed(ch.dropped) {
		return false
	}
	close(ch.dropped)
	return true
}

// inputEnded notes that nothing more comes in.
func (ch *Channel) inputEnded() {
	ch.mu.Lock()
	ch.inEnded = true
	ch.mu.Unlock()
	ch.forgetIfOver()
}

// forgetIfOver takes the channel out of the mux's table when neither side can
// refer to it any more.
func (ch *Channel) forgetIfOver() {
	ch.mu.Lock()
	over := ch.inEnded && ch.err != nil
	ch.mu.Unlock()
	if over {
		ch.m.forget(ch)
	}
}
