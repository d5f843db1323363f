package wire

import (
	"errors"
	"io"
	"time"

	"github.com/hashicorp/yamux"
)

// A Stream is one of many on a byte stream. It adds what yamux leaves to its user:
// nothing waits any more when the byte stream has ended, even if its Read never returns.
type Stream struct {
	mux     *yamux.Stream
	session *Session
}

// ID is the number of the stream, the same on both sides.
func (s Stream) ID() uint32 { return s.mux.StreamID() }

// Read reads what has arrived. An error that is [Interrupted] means that Interrupt was
// called; see Resume. One that is [Stuck] is of a window update.
func (s Stream) Read(p []byte) (int, error) {
	over := isClosed(s.session.ending)
	n, err := s.mux.Read(p)
	if over && Interrupted(err) {
		return n, yamux.ErrSessionShutdown
	}
	return n, err
}

// largestWrite is how much goes into one yamux frame. A frame has the wire for
// itself, and must be through before yamux takes the wire for stuck.
const largestWrite = 128 << 10

// Write writes all of p. After an error that is [Stuck] nobody knows what of it will
// arrive.
func (s Stream) Write(p []byte) (written int, err error) {
	for len(p) > 0 && err == nil {
		var n int
		n, err = s.mux.Write(p[:min(len(p), largestWrite)])
		written, p = written+n, p[n:]
	}
	return written, err
}

// Close closes the sending half. It waits: it writes a frame.
func (s Stream) Close() error { return s.mux.Close() }

var (
	past       = time.Unix(1, 0) // a deadline that ends a call at once
	noDeadline time.Time
)

// Interrupt makes a blocked Read return.
func (s Stream) Interrupt() { s.mux.SetReadDeadline(past) }

// Release makes blocked calls return, for good once the byte stream has ended.
func (s Stream) Release() { s.mux.SetDeadline(past) }

// Resume lets Read wait again after an interruption, unless the byte stream has
// ended.
func (s Stream) Resume() {
	s.mux.SetReadDeadline(noDeadline)
	if isClosed(s.session.ending) {
		s.Interrupt()
	}
}

// Interrupted reports whether err means that a Read was ended by Interrupt.
func Interrupted(err error) bool { return errors.Is(err, yamux.ErrTimeout) }

// Stuck reports whether err means that a write did not get through in time.
func Stuck(err error) bool { return errors.Is(err, yamux.ErrConnectionWriteTimeout) }

// Ended reports whether err means that the stream gives nothing more.
func Ended(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, yamux.ErrConnectionReset) ||
		errors.Is(err, yamux.ErrStreamClosed) || errors.Is(err, yamux.ErrSessionShutdown)
}
