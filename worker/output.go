package worker

import (
	"context"
	"io"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// outputChunk is the most that goes into one item of output.
const outputChunk = 32 << 10

// output carries what a program prints to the near side, on a channel of its own
// that is opened with the first byte: a flood of it holds up only the program.
type output struct {
	ctx     context.Context // ends when a writer on the near side must not hold the program up
	mux     *channel.Mux
	program uint32 // the program's channel

	mark func() // tells where the process's own output ends; nil if nobody is to be told

	mu     sync.Mutex
	ch     *channel.Channel
	closed bool
}

func newOutput(ctx context.Context, mux *channel.Mux, program uint32) *output {
	return &output{ctx: ctx, mux: mux, program: program}
}

func (o *output) stdout() io.Writer { return outputStream{o, request.Stdout} }
func (o *output) stderr() io.Writer { return outputStream{o, request.Stderr} }

// outputStream is one of the program's two streams.
type outputStream struct {
	to *output
	fd byte
}

// Write fails only when the near side is gone or does not want the output, and
// when the program was to end and did not.
func (s outputStream) Write(p []byte) (int, error) {
	written := 0
	for written < len(p) {
		chunk := p[written:min(written+outputChunk, len(p))]
		if err := s.to.send(append([]byte{s.fd}, chunk...)); err != nil {
			return written, err
		}
		written += len(chunk)
	}
	return written, nil
}

func (o *output) send(item []byte) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return io.ErrClosedPipe
	}
	if o.ch == nil {
		ch, err := o.mux.Open(o.ctx, request.Output)
		if err != nil {
			return err
		}
		o.ch = ch
		if err := ch.Send(o.ctx, o.program); err != nil {
			return err
		}
	}
	return o.ch.Send(o.ctx, item)
}

// finish waits until the near side has written all of the output, as os/exec
// does, so that the end of a program is seen after what it printed.
func (o *output) finish() {
	if o.mark != nil {
		o.mark()
	}
	o.mu.Lock()
	o.closed = true
	ch := o.ch
	o.mu.Unlock()
	if ch == nil {
		return
	}
	ch.CloseSend()
	ch.Receive(o.ctx) // ends with the near side's close or with the mux
	ch.Close()
}
