package callback

import (
	"context"

	"github.com/farside-go/farside/internal/protocol"
)

// startPump is called with mu held.
func (q *Queue) startPump() {
	if q.stop != nil || q.inEnd != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	q.stop = stop
	go q.pump(ctx) // ends with the items, or by stop when nobody wants them
}

// pump reads items for the dispatcher until they end or nobody wants them.
func (q *Queue) pump(ctx context.Context) {
	err := q.pumpItems(ctx)
	q.mu.Lock()
	defer q.mu.Unlock()
	q.stop()
	q.stop = nil
	switch {
	case err != nil:
		q.inEnd = err
	case q.claimed: // somebody subscribed again in the meantime
		q.startPump()
	}
	q.poke()
}

// pumpItems gives nil when ctx ended it. A frame that the dispatcher did not take
// goes back for the next receiver.
func (q *Queue) pumpItems(ctx context.Context) error {
	if err := q.ch.Acquire(ctx, true); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	defer q.ch.Release()
	for {
		f, err := q.ch.Next(ctx, true)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		f.Body, f.Owned = f.Own(), true
		if !q.offer(ctx, f) {
			q.ch.PutBack(f)
		}
	}
}

// offer waits until the dispatcher has taken a frame and reports whether somebody
// is called with it. Otherwise it is the next receiver's.
func (q *Queue) offer(ctx context.Context, f protocol.Frame) bool {
	select {
	case q.items <- f:
		return <-q.mine
	case <-ctx.Done():
		return false
	case <-q.ch.Dropped():
		return false
	}
}
