package worker

import (
	"context"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// input is a program's standard input, on a channel of its own that is opened
// with the first Read: a program that reads none costs nothing, and takes
// nothing from the reader on the near side.
type input struct {
	ctx     context.Context // ends with the program, or when it must stop
	mux     *channel.Mux
	program uint32 // the program's channel

	mu   sync.Mutex
	ch   *channel.Channel
	rest []byte // received and not read
	err  error  // the end; it stays
}

func newInput(ctx context.Context, mux *channel.Mux, program uint32) *input {
	return &input{ctx: ctx, mux: mux, program: program}
}

// Read blocks until the near side has something. It ends with what the near
// side's reader ended with, or when the program ends or must stop.
func (in *input) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	for len(in.rest) == 0 {
		if in.err == nil {
			in.rest, in.err = in.next()
		}
		if in.err != nil {
			return 0, in.err
		}
	}
	n := copy(p, in.rest)
	in.rest = in.rest[n:]
	return n, nil
}

func (in *input) next() ([]byte, error) {
	if in.ch == nil {
		if err := in.open(); err != nil {
			return nil, err
		}
	}
	return channel.Receive[[]byte](in.ctx, in.ch)
}

func (in *input) open() error {
	ch, err := in.mux.Open(in.ctx, request.Input)
	if err != nil {
		return err
	}
	in.ch = ch
	context.AfterFunc(in.ctx, func() { ch.Close() })
	return ch.Send(in.ctx, in.program)
}
