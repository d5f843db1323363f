package stdio

import (
	"os"
	"sync/atomic"
	"time"
)

const (
	// OutputWait is how long output may be silent after the process's end before it
	// counts as ended: a child that left its group may hold the pipe open for ever.
	OutputWait = 200 * time.Millisecond

	// mostInPipe is the most that a pipe holds. Who writes more behind the process's end
	// may go on for ever.
	mostInPipe = 1 << 20
)

// A Pipe is the end of a pipe at which a process's output is read.
type Pipe struct {
	*os.File
	exited atomic.Bool // the process has ended: only what is still there is read
	behind int         // how much was read since; owned by the reader
}

// NewPipe makes a pipe. The other end is for the process.
func NewPipe() (p *Pipe, process *os.File, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}
	return &Pipe{File: r}, w, nil
}

// Read gives up when the process has ended and nothing comes for OutputWait, or nothing
// but what others write.
func (p *Pipe) Read(b []byte) (int, error) {
	exited := p.exited.Load()
	if exited {
		if p.behind > mostInPipe {
			return 0, os.ErrDeadlineExceeded
		}
		p.SetReadDeadline(time.Now().Add(OutputWait))
	}
	n, err := p.File.Read(b)
	if exited {
		p.behind += n
	}
	return n, err
}

// ProcessExited limits this Read and later ones.
func (p *Pipe) ProcessExited() {
	p.exited.Store(true)
	p.SetReadDeadline(time.Now().Add(OutputWait))
}
