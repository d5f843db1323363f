// Package child runs a worker as a child process of this program: it makes the
// wire, passes on what the process prints, and tells how it ended.
package child

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/signals"
	"github.com/farside-go/farside/internal/stdio"
)

// A Process is a worker that was started. Whoever started it calls End.
type Process struct {
	cmd  *exec.Cmd
	mark string             // of what it starts
	conn io.ReadWriteCloser // nil for what is no worker
	tail stdio.Tail         // of its standard error

	copying sync.WaitGroup // of its output
	pipes   []*stdio.Pipe
	exited  chan struct{} // closed when it was waited for
	exit    Exit          // set before exited is closed

	mu     sync.Mutex
	reaped bool // its pid may be another's
}

// Exit says how a process ended.
type Exit struct {
	Code   int    // exit status, or -1 if a signal ended it
	Signal string // what ended it, for example "killed"; empty if it exited
	Stderr string // its last words
}

// Start starts a worker in a process group of its own, with env added to this
// process's environment. What it prints goes to printer.
func Start(path string, env []string, printer *stdio.Printer) (*Process, error) {
	p, err := start(exec.Command(path), env, printer, openWire)
	if err != nil {
		return nil, explainStart(path, err)
	}
	return p, nil
}

// StartOn starts a worker whose wire is a connection that was made by others. Conn is its
// leash then: a worker reads a secret from it and ends with it.
func StartOn(wire *os.File, path string, env []string, printer *stdio.Printer) (*Process, error) {
	open := func(cmd *exec.Cmd) (*wireEnds, error) { return openLeash(cmd, wire) }
	p, err := start(exec.Command(path), env, printer, open)
	if err != nil {
		return nil, explainStart(path, err)
	}
	return p, nil
}

// StartCommand starts a command in the same way, with its standard input and output as
// the wire.
func StartCommand(argv []string, printer *stdio.Printer) (*Process, error) {
	return start(exec.Command(argv[0], argv[1:]...), nil, printer, openPipes)
}

func start(cmd *exec.Cmd, env []string, printer *stdio.Printer, open func(*exec.Cmd) (*wireEnds, error)) (*Process, error) {
	p := &Process{cmd: cmd, exited: make(chan struct{})}
	p.cmd.Env = append(os.Environ(), env...)
	proctree.Isolate(p.cmd)
	p.mark = proctree.Mark(p.cmd)
	wire, err := open(p.cmd)
	if err != nil {
		return nil, fmt.Errorf("make the wire: %w", err)
	}
	p.conn = wire.near
	far, err := p.openOutput(printer)
	if err == nil {
		err = p.cmd.Start()
	}
	closeAll(append(far, wire.far...))
	if err != nil {
		if p.conn != nil {
			p.conn.Close()
		}
		p.cutOutput()
		p.copying.Wait()
		return nil, err
	}
	go p.wait() // ends with the process
	return p, nil
}

// Conn is this side's end of the wire. It belongs to the caller.
func (p *Process) Conn() io.ReadWriteCloser { return p.conn }

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// LastWords are the end of what the process printed to its standard error.
func (p *Process) LastWords() string { return p.tail.String() }

// AwaitExit tells how the process ended, if it ends within limit.
func (p *Process) AwaitExit(limit time.Duration) (exit Exit, ended bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-p.exited:
		return p.exit, true
	case <-timer.C:
		return Exit{}, false
	}
}

// Kill ends the process and what it started, if it was not waited for yet.
func (p *Process) Kill() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.reaped {
		proctree.Kill(p.PID())
	}
}

// End kills the process and waits until it and its output have ended, but not
// longer than ctx.
func (p *Process) End(ctx context.Context) error {
	go p.Kill() // ends with the system's answer, which has no bound
	defer p.cutOutput()
	select {
	case <-p.exited:
		await(ctx, &p.copying)
		return nil
	case <-ctx.Done():
		return fmt.Errorf("process %d does not end", p.PID())
	}
}

// wait reaps the process and ends what is left of its group, and after a bad end
// also what left the group.
func (p *Process) wait() {
	err := p.cmd.Wait()
	p.mu.Lock()
	proctree.Kill(p.PID())
	p.reaped = true
	p.mu.Unlock()
	if err != nil || p.conn == nil {
		proctree.KillMarked(p.mark) // a worker that ends well has done that itself
	}
	p.endOutput()
	p.exit = exitOf(p.cmd, err)
	p.exit.Stderr = p.tail.String()
	close(p.exited)
}

// exitOf says how the process ended.
func exitOf(cmd *exec.Cmd, err error) Exit {
	state := cmd.ProcessState
	if state == nil {
		return Exit{Code: -1, Signal: "unknown: " + fmt.Sprint(err)}
	}
	return Exit{Code: state.ExitCode(), Signal: signals.Ending(state)}
}

// await waits for group, but not longer than ctx.
func await(ctx context.Context, group *sync.WaitGroup) {
	ended := make(chan struct{})
	go func() { // ends with the group
		group.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}

func closeAll(files []*os.File) {
	for _, file := range files {
		file.Close()
	}
}
