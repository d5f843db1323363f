package child

import (
	"context"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/farside-go/farside/internal/stdio"
)

// outputWait is how long output may be silent after the process's end before it
// counts as ended: a child that left its group may hold the pipe open for ever.
const outputWait = 200 * time.Millisecond

// An outputPipe is the end of a pipe at which a process's output is read.
type outputPipe struct {
	*os.File
	exited atomic.Bool // the process has ended: only what is still there is read
}

// Read gives up when the process has ended and nothing comes for outputWait.
func (p *outputPipe) Read(b []byte) (int, error) {
	if p.exited.Load() {
		p.SetReadDeadline(time.Now().Add(outputWait))
	}
	return p.File.Read(b)
}

// processExited limits this Read and later ones.
func (p *outputPipe) processExited() {
	p.exited.Store(true)
	p.SetReadDeadline(time.Now().Add(outputWait))
}

// openOutput gives the process pipes for what user code may write to. Where its
// standard output carries the wire there is one pipe only.
func (p *Process) openOutput(printer *stdio.Printer) (far []*os.File, err error) {
	if p.cmd.Stdout == nil {
		w, err := p.copyOutput(printer.Stdout(), nil)
		if err != nil {
			return nil, err
		}
		p.cmd.Stdout, far = w, append(far, w)
	}
	w, err := p.copyOutput(printer.Stderr(), &p.tail)
	if err != nil {
		return far, err
	}
	p.cmd.Stderr = w
	return append(far, w), nil
}

// copyOutput makes a pipe and copies what is written to it, also to tail if there
// is one.
func (p *Process) copyOutput(to *stdio.LineWriter, tail *stdio.Tail) (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	pipe := &outputPipe{File: r}
	p.pipes = append(p.pipes, pipe)
	from := io.Reader(pipe)
	if tail != nil {
		from = io.TeeReader(pipe, tail)
	}
	p.copying.Go(func() { copyLines(to, from) }) // ends with the pipe
	return w, nil
}

// copyLines passes output on until it ends. It goes on reading when the writer
// fails, so that the process is not held up.
func copyLines(to *stdio.LineWriter, from io.Reader) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		to.Write(buf[:n])
		if err != nil {
			to.Flush()
			return
		}
	}
}

// endOutput waits for the rest of the output, for a moment; what is left is
// copied in the background.
func (p *Process) endOutput() {
	for _, pipe := range p.pipes {
		pipe.processExited()
	}
	ctx, cancel := context.WithTimeout(context.Background(), outputWait)
	defer cancel()
	await(ctx, &p.copying)
}

// cutOutput ends the copying, unless a writer holds it up.
func (p *Process) cutOutput() {
	for _, pipe := range p.pipes {
		pipe.Close()
	}
}
