// Package batch writes frames in batches: a lone one at once, and what has piled up
// behind a write under way in one write.
package batch

import (
	"context"
	"io"
	"sync"

	"github.com/farside-go/farside/internal/warm"
)

// A Writer sends what has piled up in one write and a lone frame at once: a
// goroutine runs only while there is something to write, and takes all that is
// there each time.
type Writer struct {
	limit int              // above it Put waits
	to    io.Writer        // its error is what later Puts get
	by    *warm.Goroutines // flush runs on them

	mu      sync.Mutex
	queue   []byte
	running bool          // a goroutine is in flush
	space   chan struct{} // closed when the queue was taken; nil if nobody waits
	idle    chan struct{} // closed when all is written; nil if nobody waits
	sealed  error         // set: no more frames
	last    func()        // called once when sealed and drained
}

// New gives a Writer to the stream to, whose Put waits while limit bytes are queued.
func New(to io.Writer, limit int, by *warm.Goroutines) Writer {
	return Writer{to: to, limit: limit, by: by}
}

// keepBuffer is the largest buffer that an idle Writer keeps.
const keepBuffer = 1 << 10

// Put queues head and body as one frame, or nothing. It waits while the queue is
// full, until ctx ends or the Writer is sealed.
func (w *Writer) Put(ctx context.Context, head, body []byte) error {
	w.mu.Lock()
	for w.sealed == nil && len(w.queue) >= w.limit {
		space := w.waitForSpace()
		w.mu.Unlock()
		select {
		case <-space:
		case <-ctx.Done():
			return ctx.Err()
		}
		w.mu.Lock()
	}
	defer w.mu.Unlock()
	if w.sealed != nil {
		return w.sealed
	}
	w.append(head, body)
	return nil
}

// PutNow queues a frame without waiting, for what must not wait and is bounded
// by other means.
func (w *Writer) PutNow(frame []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sealed != nil {
		return w.sealed
	}
	w.append(frame, nil)
	return nil
}

// Flush waits until nothing is queued or being written, or ctx ends.
func (w *Writer) Flush(ctx context.Context) error {
	w.mu.Lock()
	if !w.running {
		w.mu.Unlock()
		return nil
	}
	if w.idle == nil {
		w.idle = make(chan struct{})
	}
	idle := w.idle
	w.mu.Unlock()
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Idle reports whether nothing is queued or being written.
func (w *Writer) Idle() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.running
}

// Seal ends the Writer after final: later Puts get err, and last is called when
// all is written. Only the first seal counts.
func (w *Writer) Seal(err error, final []byte, last func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sealed != nil {
		return
	}
	w.sealed, w.last = err, last
	w.wakePutters()
	w.append(final, nil)
}

// Discard seals the Writer with err and drops what is queued. A write under way
// is the caller's to interrupt.
func (w *Writer) Discard(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sealed == nil {
		w.sealed = err
	}
	w.queue = nil
	w.wakePutters()
}

// append is called with mu held.
func (w *Writer) append(head, body []byte) {
	w.queue = append(append(w.queue, head...), body...)
	if !w.running {
		w.running = true
		w.by.Go(w.flush)
	}
}

// flush writes until nothing is queued. The writer's close ends a write that is
// stuck.
func (w *Writer) flush() {
	var batch []byte
	for {
		batch = w.take(batch)
		if len(batch) == 0 {
			return
		}
		if _, err := w.to.Write(batch); err != nil {
			w.Discard(err)
		}
	}
}

// take gives back the written batch and returns the next one, or nil when the
// Writer is idle.
func (w *Writer) take(written []byte) []byte {
	w.mu.Lock()
	if len(w.queue) > 0 {
		batch := w.queue
		w.queue = written[:0]
		w.wakePutters()
		w.mu.Unlock()
		return batch
	}
	w.running = false
	if w.idle != nil {
		close(w.idle)
		w.idle = nil
	}
	w.queue = nil
	if cap(written) <= keepBuffer {
		w.queue = written[:0]
	}
	last := w.last
	w.last = nil
	w.mu.Unlock()
	if last != nil {
		last()
	}
	return nil
}

// waitForSpace is called with mu held.
func (w *Writer) waitForSpace() <-chan struct{} {
	if w.space == nil {
		w.space = make(chan struct{})
	}
	return w.space
}

// wakePutters is called with mu held.
func (w *Writer) wakePutters() {
	if w.space != nil {
		close(w.space)
		w.space = nil
	}
}
