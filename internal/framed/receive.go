package framed

import (
	"context"
	"io"

	"github.com/farside-go/farside/internal/protocol"
	"github.com/farside-go/farside/internal/wire"
)

// Acquire makes the caller the one who receives, until Release. Who it is now may be it
// for long, so that what ends a wait for frames ends this one. The claimant says so.
func (ch *Channel) Acquire(ctx context.Context, claimant bool) error {
	if ch.recv.tryAcquire() {
		return nil
	}
	var refused <-chan struct{}
	if !claimant {
		refused = ch.Claimed()
	}
	select {
	case ch.recv <- struct{}{}:
		return nil
	case <-refused:
		return ErrClaimed
	case <-ch.dropped:
		return ch.closedReason()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Release lets the next one receive. If the other side has closed the channel, what was
// received may have been the last item, behind which nobody may look for the end.
func (ch *Channel) Release() {
	mayBeLast := isClosed(ch.done) && !ch.in.Ahead()
	ch.recv.release()
	if mayBeLast {
		ch.m.goroutines.Go(ch.settle) // ends when the last frame is next, or with the mux
	}
}

// Next waits for a frame that carries an item. It is for whoever has acquired the
// channel; the frame's body is good until the next call. An end of ctx leaves what has
// arrived for the next call.
func (ch *Channel) Next(ctx context.Context, claimant bool) (protocol.Frame, error) {
	ch.watch(ctx)
	for {
		if err := ch.mayReceive(ctx, claimant); err != nil {
			return protocol.Frame{}, err
		}
		f, err := ch.in.Next()
		switch {
		case err == nil && f.Kind < protocol.FrameEOF:
			return f, nil
		case err == nil:
			return protocol.Frame{}, ch.lastFrame(ctx, f)
		case wire.Interrupted(err):
			ch.stream.Resume()
		default:
			return protocol.Frame{}, ch.readFailed(ctx, err)
		}
	}
}

// PutBack makes f, which owns its body, the next frame again. It is for whoever has
// acquired the channel.
func (ch *Channel) PutBack(f protocol.Frame) { ch.in.PutBack(f) }

// Dropped is closed when no more frames are received because this side has closed the
// channel.
func (ch *Channel) Dropped() <-chan struct{} { return ch.dropped }

// mayReceive says why a receiver must not wait.
func (ch *Channel) mayReceive(ctx context.Context, claimant bool) error {
	switch {
	case isClosed(ch.dropped):
		ch.unwatch()
		return ch.closedReason()
	case !claimant && ch.claim.taken.Load():
		return ErrClaimed
	}
	return ctx.Err()
}

// closedReason is why this side receives no more: ErrClosed, unless it was for an
// error found here.
func (ch *Channel) closedReason() error {
	if err := ch.Err(); err != nil && err != io.EOF {
		return err
	}
	return ErrClosed
}

// lastFrame handles the frame after which no item comes, and keeps it for later
// receivers.
func (ch *Channel) lastFrame(ctx context.Context, f protocol.Frame) error {
	ch.in.PutBack(f)
	ch.unwatch()
	ch.inputEnded()
	if f.Kind == protocol.FrameEnd {
		return ch.reason(ctx)
	}
	if err := ch.Err(); err != nil {
		return err
	}
	return io.EOF
}

// reason waits for the reason of the end, which comes on the control stream.
func (ch *Channel) reason(ctx context.Context) error {
	select {
	case <-ch.done:
		return ch.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// readFailed turns the end of a stream that did not end by a last frame into
// the reason: the mux was lost, or the other side broke the protocol.
func (ch *Channel) readFailed(ctx context.Context, err error) error {
	ch.unwatch()
	if wire.Ended(err) {
		switch {
		case ch.m.session.Ends(), isClosed(ch.m.done):
			return ch.cutShort(ctx)
		case isClosed(ch.done):
			return ch.err
		}
		err = protocol.Violation("the end of a stream without a last frame")
	}
	ch.Close(err, err)
	return err
}

// cutShort is the reason when the mux has ended and not all came that the other side had
// sent: also if that had closed the channel in good order, it is not a good end.
func (ch *Channel) cutShort(ctx context.Context) error {
	err := ch.reason(ctx)
	if err == io.EOF {
		return ch.m.closedError()
	}
	return err
}

// A watch is the standing order to interrupt a read when a ctx ends. It is kept
// from one Next to the next, since most use one ctx for many.
type watch struct {
	done <-chan struct{}
	stop func() bool
}

// watch is called with the receive lock held.
func (ch *Channel) watch(ctx context.Context) {
	if ctx.Done() == ch.watched.done {
		return
	}
	if ch.watched.stop != nil {
		ch.watched.stop()
	}
	ch.watched = watch{}
	if ctx.Done() != nil {
		ch.watched = watch{ctx.Done(), context.AfterFunc(ctx, ch.Interrupt)}
	}
}

// unwatch is called with the receive lock held, when there is nothing left to read.
func (ch *Channel) unwatch() {
	if ch.watched.stop != nil {
		ch.watched.stop()
	}
	ch.watched = watch{}
}

// Interrupt makes a blocked Next look at what has changed.
func (ch *Channel) Interrupt() { ch.stream.Interrupt() }
