package farproc

import (
	"context"
	"io"
	"os"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stdio"
)

// chunk is how much of a stream goes into one item.
const chunk = 32 << 10

// An input is a channel that a process reads from.
type input struct {
	from *channel.Channel
	to   *os.File
}

// An output is a channel that a process writes to.
type output struct {
	pipe *stdio.Pipe
	to   *channel.Channel
	ctx  context.Context // ends when the output is cut
	cut  context.CancelFunc
}

// openStreams gives the process its ends of pipes, and the null device for what the near
// side does not want. Where it wants two streams as one there is one pipe.
func (p *Process) openStreams(asked *request.Process) (theirs []*os.File, err error) {
	if asked.Stdin != nil {
		r, w, err := os.Pipe()
		if err != nil {
			return theirs, err
		}
		p.in = &input{from: asked.Stdin, to: w}
		p.cmd.Stdin = r
		theirs = append(theirs, r)
	}
	if asked.Stdout != nil {
		w, err := p.openOutput(asked.Stdout)
		if err != nil {
			return theirs, err
		}
		p.cmd.Stdout = w
		theirs = append(theirs, w)
	}
	switch {
	case asked.Stderr == nil:
	case asked.Stderr == asked.Stdout:
		p.cmd.Stderr = p.cmd.Stdout
	default:
		w, err := p.openOutput(asked.Stderr)
		if err != nil {
			return theirs, err
		}
		p.cmd.Stderr = w
		theirs = append(theirs, w)
	}
	return theirs, nil
}

func (p *Process) openOutput(to *channel.Channel) (*os.File, error) {
	pipe, w, err := stdio.NewPipe()
	if err != nil {
		return nil, err
	}
	out := &output{pipe: pipe, to: to}
	out.ctx, out.cut = context.WithCancel(context.Background())
	p.out = append(p.out, out)
	return w, nil
}

func (p *Process) copyStreams() {
	if p.in != nil {
		go p.in.copy() // ends with the channel, which the process's end closes
	}
	for _, out := range p.out {
		p.copying.Go(out.copy) // ends with the pipe, or when it is cut
	}
}

// cutOutput ends the copying also where the near side does not take it.
func (p *Process) cutOutput() {
	for _, out := range p.out {
		out.cut()
		out.pipe.Close()
	}
}

func (p *Process) closeStreams() {
	p.in.processExited()
	p.cutOutput()
	for _, out := range p.out {
		out.to.Close()
	}
}

// copy passes on what comes until its end. A process that reads no more is told to the
// near side by the end of the channel.
func (in *input) copy() {
	defer in.processExited()
	for {
		data, err := channel.Receive[[]byte](context.Background(), in.from)
		if err != nil {
			return
		}
		if _, err := in.to.Write(data); err != nil {
			return
		}
	}
}

// processExited drops what comes. There may be no input.
func (in *input) processExited() {
	if in != nil {
		in.to.Close()
		in.from.Close()
	}
}

// copy passes on what the process writes. When the near side wants no more of it the
// process finds the pipe broken, as at home. An output that ended in good order is told
// to the near side at once; one that others hold open is ended with them.
func (out *output) copy() {
	buf := make([]byte, chunk)
	for {
		n, err := out.pipe.Read(buf)
		if n > 0 && out.to.Send(out.ctx, buf[:n]) != nil {
			out.pipe.Close()
			return
		}
		if err == io.EOF {
			out.to.Close()
		}
		if err != nil {
			return
		}
	}
}
