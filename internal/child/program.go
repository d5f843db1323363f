package child

import (
	"context"
	"os"
	"os/exec"
	"time"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/stdio"
)

// A Program is a program to run that is no worker: there is no wire to it, and what it
// started is ended when it has.
type Program struct {
	Path    string
	Args    []string // its own name first
	Stdin   *os.File // is closed by Run
	Printer *stdio.Printer
}

// Run starts the program and waits until it and its output have ended. When ctx ends it is
// asked to end; when stop is closed it is killed, and its output is waited for no more.
func (p *Program) Run(ctx context.Context, stop <-chan struct{}) (Exit, error) {
	process, err := p.start()
	if err != nil {
		return Exit{}, explainStart(p.Path, err)
	}
	defer context.AfterFunc(ctx, process.terminate)()
	select {
	case <-process.exited:
	case <-stop:
	}
	wanted, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() { // ends when Run has returned at the latest
		select {
		case <-stop:
			cancel()
		case <-wanted.Done():
		}
	}()
	process.End(wanted)
	<-process.exited
	exit, _ := process.AwaitExit(time.Minute) // at once
	return exit, nil
}

func (p *Program) start() (*Process, error) {
	return start(&exec.Cmd{Path: p.Path, Args: p.Args}, nil, p.Printer, func(cmd *exec.Cmd) (*wireEnds, error) {
		cmd.Stdin = p.Stdin
		return &wireEnds{far: []*os.File{p.Stdin}}, nil
	})
}

// terminate asks the process, and what it started in its group, to end, if it was not
// waited for yet.
func (p *Process) terminate() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.reaped {
		proctree.Terminate(p.PID())
	}
}
