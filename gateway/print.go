package gateway

import (
	"context"
	"io"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stdio"
)

// programWriters are where one program's output goes: its own writers as it
// comes, the gateway's by lines.
type programWriters struct {
	own   [3]io.Writer         // by stream; nil means the gateway's
	mu    *sync.Mutex          // held while writing to own: the program may run twice
	lines [3]*stdio.LineWriter // the gateway's, by stream
}

func newProgramWriters(program *Program, p *stdio.Printer) *programWriters {
	w := &programWriters{mu: program.printing}
	w.own[request.Stdout], w.own[request.Stderr] = program.Stdout, program.Stderr
	w.lines[request.Stdout], w.lines[request.Stderr] = p.Stdout(), p.Stderr()
	return w
}

func (w *programWriters) write(stream byte, data []byte) error {
	own := w.own[stream]
	if own == nil {
		_, err := w.lines[stream].Write(data)
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := own.Write(data)
	return err
}

func (w *programWriters) flush() {
	w.lines[request.Stdout].Flush()
	w.lines[request.Stderr].Flush()
}

// acceptStreams takes the channels on which programs print and read, until the mux
// ends, and then waits until all is written.
func (gw *Gateway) acceptStreams() {
	defer close(gw.printed)
	var printing sync.WaitGroup
	defer printing.Wait()
	for {
		ch, err := gw.mux.Accept(context.Background())
		if err != nil {
			return
		}
		switch ch.Label() {
		case request.Output:
			printing.Go(func() { gw.print(ch) })
		case request.Input:
			go gw.feed(ch) // ends with the channel, or with the Read that it is in then
		default:
			ch.CloseWithError(errNoRequests)
		}
	}
}

// print writes one program's output until it ends. Its close tells the worker
// that all is written.
func (gw *Gateway) print(ch *channel.Channel) {
	defer ch.Close()
	ctx := context.Background()
	program, err := channel.Receive[uint32](ctx, ch)
	if err != nil {
		return
	}
	writers := gw.writersOf(program)
	defer writers.flush()
	for {
		item, err := channel.Receive[[]byte](ctx, ch)
		if err != nil {
			return
		}
		if len(item) == 0 || item[0] != request.Stdout && item[0] != request.Stderr {
			continue
		}
		if len(item) == 1 {
			gw.awaitMark(item[0])
			continue
		}
		if err := writers.write(item[0], item[1:]); err != nil {
			gw.opts.Logger.Error("write a program's output", "gateway", gw.ID(), "error", err)
			return
		}
	}
}

// writersOf gives the writers of the program on a channel, once: they are for one
// goroutine. A program whose channel is forgotten prints to the gateway's.
func (gw *Gateway) writersOf(program uint32) *programWriters {
	gw.mu.Lock()
	defer gw.mu.Unlock()
	if w := gw.writers[program]; w != nil {
		delete(gw.writers, program)
		return w
	}
	return newProgramWriters(&Program{}, gw.printer)
}
