package channel

import (
	"errors"
	"io"
	"time"

	"github.com/hashicorp/yamux"
)

// A wire is one yamux stream of the mux. It adds what yamux leaves to its user: a
// write that timed out is the end of the mux, since nobody knows what of it will
// arrive, and nothing waits any more when the byte stream has ended, even if its
// Read never returns.
type wire struct {
	*yamux.Stream
	m *Mux
}

// Read reads what has arrived. An error that is interrupted means that the
// deadline passed; see resume.
func (w wire) Read(p []byte) (int, error) {
	over := isClosed(w.m.ending)
	n, err := w.Stream.Read(p)
	switch {
	case errors.Is(err, yamux.ErrConnectionWriteTimeout): // of a window update
		w.m.fail(err)
	case over && interrupted(err):
		return n, yamux.ErrSessionShutdown
	}
	return n, err
}

// Write writes all of p. Its error is what the user of the channel gets.
func (w wire) Write(p []byte) (int, error) {
	n, err := w.writeChunks(p)
	switch {
	case err == nil:
		return n, nil
	case errors.Is(err, yamux.ErrConnectionWriteTimeout):
		w.m.fail(err)
		<-w.m.done
	}
	if lost := w.m.closedError(); lost != nil {
		return n, lost
	}
	return n, ErrClosed
}

func (w wire) writeChunks(p []byte) (written int, err error) {
	for len(p) > 0 && err == nil {
		var n int
		n, err = w.Stream.Write(p[:min(len(p), largestWrite)])
		written, p = written+n, p[n:]
	}
	return written, err
}

// interrupt makes a blocked Read return.
func (w wire) interrupt() { w.SetReadDeadline(past) }

// release makes blocked calls return, for good once the byte stream has ended.
func (w wire) release() { w.SetDeadline(past) }

// resume lets Read wait again after an interruption, unless the byte stream has
// ended.
func (w wire) resume() {
	w.SetReadDeadline(noDeadline)
	if isClosed(w.m.ending) {
		w.interrupt()
	}
}

// largestWrite is how much goes into one yamux frame. A frame has the wire for
// itself, and must be through before yamux takes the wire for stuck.
const largestWrite = 128 << 10

var (
	past       = time.Unix(1, 0) // a deadline that ends a call at once
	noDeadline time.Time
)

// interrupted reports whether err means that a call was ended by its deadline.
func interrupted(err error) bool { return errors.Is(err, yamux.ErrTimeout) }

// streamEnded reports whether err means that the stream gives nothing more.
func streamEnded(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, yamux.ErrConnectionReset) ||
		errors.Is(err, yamux.ErrStreamClosed) || errors.Is(err, yamux.ErrSessionShutdown)
}
