package channel

import (
	"context"
	"io"
	"sync"

	"github.com/farside-go/farside/internal/warm"
)

// outbox sends what has piled up in one write and a lone frame at once: a
// goroutine runs only while there is something to write, and takes all that is
// there each time.
type outbox struct {
	limit int       // above it put waits
	w     io.Writer // its error is what later puts get
	by    *warm.Goroutines

	mu      sync.Mutex
	queue   []byte
	running bool          // a goroutine is in flush
	space   chan struct{} // closed when the queue was taken; nil if nobody waits
	sealed  error         // set: no more frames
	last    func()        // called once when sealed and drained
}

// keepBuffer is the largest buffer that an idle outbox keeps.
const keepBuffer = 1 << 10

// put queues head and body as one frame, or nothing. It waits while the queue is
// full, until ctx ends or the outbox is sealed.
func (o *outbox) put(ctx context.Context, head, body []byte) error {
	o.mu.Lock()
	for o.sealed == nil && len(o.queue) >= o.limit {
		space := o.waitForSpace()
		o.mu.Unlock()
		select {
		case <-space:
		case <-ctx.Done():
			return ctx.Err()
		}
		o.mu.Lock()
	}
	defer o.mu.Unlock()
	if o.sealed != nil {
		return o.sealed
	}
	o.append(head, body)
	return nil
}

// putNow queues a frame without waiting, for what must not wait and is bounded
// by other means.
func (o *outbox) putNow(frame []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sealed != nil {
		return o.sealed
	}
	o.append(frame, nil)
	return nil
}

// seal ends the outbox after final: later puts get err, and last is called when
// all is written. Only the first seal counts.
func (o *outbox) seal(err error, final []byte, last func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sealed != nil {
		return
	}
	o.sealed, o.last = err, last
	o.wakePutters()
	o.append(final, nil)
}

// discard seals the outbox with err and drops what is queued. A write under way
// is the caller's to interrupt.
func (o *outbox) discard(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.sealed == nil {
		o.sealed = err
	}
	o.queue = nil
	o.wakePutters()
}

// append is called with mu held.
func (o *outbox) append(head, body []byte) {
	o.queue = append(append(o.queue, head...), body...)
	if !o.running {
		o.running = true
		o.by.Go(o.flush)
	}
}

// flush writes until nothing is queued. The writer's close ends a write that is
// stuck.
func (o *outbox) flush() {
	var batch []byte
	for {
		batch = o.take(batch)
		if len(batch) == 0 {
			return
		}
		if _, err := o.w.Write(batch); err != nil {
			o.discard(err)
		}
	}
}

// take gives back the written batch and returns the next one, or nil when the
// outbox is idle.
func (o *outbox) take(written []byte) []byte {
	o.mu.Lock()
	if len(o.queue) > 0 {
		batch := o.queue
		o.queue = written[:0]
		o.wakePutters()
		o.mu.Unlock()
		return batch
	}
	o.running = false
	o.queue = nil
	if cap(written) <= keepBuffer {
		o.queue = written[:0]
	}
	last := o.last
	o.last = nil
	o.mu.Unlock()
	if last != nil {
		last()
	}
	return nil
}

// waitForSpace is called with mu held.
func (o *outbox) waitForSpace() <-chan struct{} {
	if o.space == nil {
		o.space = make(chan struct{})
	}
	return o.space
}

// wakePutters is called with mu held.
func (o *outbox) wakePutters() {
	if o.space != nil {
		close(o.space)
		o.space = nil
	}
}
