package gateway

import (
	"context"
	"io"
	"os"
	"sync/atomic"
	"time"

	"github.com/farside-go/farside/internal/request"
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

// openOutput gives the process pipes for what user code may write to.
func (proc *process) openOutput(p *stdio.Printer) (far []*os.File, err error) {
	for _, stream := range []byte{request.Stdout, request.Stderr} {
		if stream == request.Stdout && proc.cmd.Stdout != nil {
			continue // it carries the wire
		}
		r, w, err := os.Pipe()
		if err != nil {
			return far, err
		}
		far = append(far, w)
		pipe := &outputPipe{File: r}
		proc.pipes = append(proc.pipes, pipe)
		if stream == request.Stdout {
			proc.cmd.Stdout = w
			proc.copying.Go(func() { copyLines(p.Stdout(), pipe) })
			continue
		}
		proc.cmd.Stderr = w
		proc.copying.Go(func() { copyLines(p.Stderr(), io.TeeReader(pipe, &proc.tail)) })
	}
	return far, nil
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
func (proc *process) endOutput() {
	for _, pipe := range proc.pipes {
		pipe.processExited()
	}
	ctx, cancel := context.WithTimeout(context.Background(), outputWait)
	defer cancel()
	await(ctx, &proc.copying)
}

// cutOutput ends the copying, unless a writer holds it up.
func (proc *process) cutOutput() {
	for _, pipe := range proc.pipes {
		pipe.Close()
	}
}
