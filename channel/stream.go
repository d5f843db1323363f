package channel

import (
	"io"
	"time"

	"github.com/farside-go/farside/internal/protocol"
)

// streamChunk is how much of a stream goes into one frame.
const streamChunk = 64 << 10

// A Stream is a channel as a stream of bytes, for data that has no size. One
// goroutine may read while another writes.
type Stream struct {
	ch          *Channel
	rest        []byte
	read, write *deadline
}

var _ io.ReadWriteCloser = (*Stream)(nil)

// Stream gives the channel's raw bytes. What is written arrives as []byte items
// of any length, so the other side may use Stream or Receive.
func (ch *Channel) Stream() *Stream {
	return &Stream{ch: ch, read: newDeadline(), write: newDeadline()}
}

// Read reads what has arrived. It is io.EOF after the other side's CloseWrite or
// orderly Close.
func (s *Stream) Read(p []byte) (int, error) {
	for len(s.rest) == 0 && len(p) > 0 {
		ctx := s.read.context()
		chunk, err := Receive[[]byte](ctx, s.ch)
		if err != nil {
			return 0, expired(ctx, err)
		}
		s.rest = chunk
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Write queues p in chunks. It blocks while the other side does not read.
func (s *Stream) Write(p []byte) (int, error) {
	written, most := 0, min(streamChunk, s.ch.m.opts.MaxItem)
	for written < len(p) {
		ctx, chunk := s.write.context(), p[written:min(written+most, len(p))]
		err := ctx.Err()
		if err == nil {
			err = s.ch.frames.Send(ctx, protocol.FrameBytes, chunk)
		}
		if err != nil {
			return written, expired(ctx, err)
		}
		written += len(chunk)
	}
	return written, nil
}

// CloseWrite ends the bytes of this side; the other side reads io.EOF after them.
func (s *Stream) CloseWrite() error { return s.ch.CloseSend() }

// Close closes the channel.
func (s *Stream) Close() error { return s.ch.Close() }

// SetDeadline is SetReadDeadline and SetWriteDeadline.
func (s *Stream) SetDeadline(t time.Time) error {
	s.read.set(t)
	s.write.set(t)
	return nil
}

// SetReadDeadline bounds Reads, also one under way, as that of a net.Conn: a Read
// that takes longer gives os.ErrDeadlineExceeded and loses nothing. The zero time
// means no bound.
func (s *Stream) SetReadDeadline(t time.Time) error {
	s.read.set(t)
	return nil
}

// SetWriteDeadline bounds Writes, also one under way. One that takes longer gives
// os.ErrDeadlineExceeded and how much was queued.
func (s *Stream) SetWriteDeadline(t time.Time) error {
	s.write.set(t)
	return nil
}
