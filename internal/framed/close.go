package framed

import (
	"context"
	"io"

	"github.com/farside-go/farside/internal/protocol"
	"github.com/farside-go/farside/internal/wire"
)

// Close ends the channel for both sides, with one reason for this side and one for the
// other, which nil means an orderly end to. What was sent is delivered first; what nobody
// received here is dropped. Only the first end counts. It does not wait.
func (ch *Channel) Close(here, there error) {
	if ch.end(here) {
		ch.sealOutput(ErrClosed, protocol.FrameEnd)
		ch.Tell(protocol.ControlClose, ch.m.cfg.EncodeFault(there)) // if the mux has ended nobody has to be told
	}
	ch.dropInput()
}

// Flush waits until what this side has queued is on its way, or ctx ends.
func (ch *Channel) Flush(ctx context.Context) error { return ch.out.Flush(ctx) }

// refuse ends a channel of the other side that is one too many.
func (ch *Channel) refuse(why error) { ch.Close(ErrClosed, why) }

// CloseSend says that no more frames come from this side. Receiving goes on.
func (ch *Channel) CloseSend() { ch.sealOutput(ErrClosed, protocol.FrameEOF) }

// sealOutput ends the items of this side with a frame of the kind given, then
// closes the stream's sending half.
func (ch *Channel) sealOutput(why error, kind byte) {
	ch.out.Seal(why, []byte{kind, 0}, func() { ch.stream.Close() })
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
	ch.out.Discard(ErrClosed)
	ch.m.goroutines.Go(func() { // ends when the last frame is next, or with the mux
		ch.stream.Close() // waits: it writes a frame
		ch.settle()
	})
}

// settle ends the channel's stay in the table once the other side has closed it
// and left no items, if nobody is to get it here any more.
func (ch *Channel) settle() {
	if !ch.held.Load() || ch.Acquire(context.Background(), true) != nil {
		return
	}
	defer ch.recv.release()
	for !isClosed(ch.dropped) {
		over, err := ch.in.EndIsNext()
		switch {
		case over:
			ch.unwatch()
			ch.inputEnded()
			return
		case err == nil:
			return // whoever receives the items finds the end
		case wire.Interrupted(err):
			ch.stream.Resume()
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
	ch.out.Discard(err)
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

// dropInput passes over what still arrives, so that the other side's writes come
// to an end, until its last frame. It is started once.
func (ch *Channel) dropInput() {
	if !ch.stopReceiving() {
		return
	}
	ch.Interrupt()
	ch.m.goroutines.Go(func() { // ends with the other side's half of the stream or with the mux
		ch.recv <- struct{}{}
		defer ch.recv.release()
		ch.unwatch()
		ch.in = protocol.Reader{}
		scrap := make([]byte, 512)
		for {
			ch.stream.Resume()
			if _, err := ch.stream.Read(scrap); err != nil && !wire.Interrupted(err) {
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
