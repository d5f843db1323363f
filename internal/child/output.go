package child

import (
	"context"
	"io"
	"os"

	"github.com/farside-go/farside/internal/stdio"
)

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
	pipe, w, err := stdio.NewPipe()
	if err != nil {
		return nil, err
	}
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
		pipe.ProcessExited()
	}
	ctx, cancel := context.WithTimeout(context.Background(), stdio.OutputWait)
	defer cancel()
	await(ctx, &p.copying)
}

// cutOutput ends the copying, unless a writer holds it up.
func (p *Process) cutOutput() {
	for _, pipe := range p.pipes {
		pipe.Close()
	}
}
