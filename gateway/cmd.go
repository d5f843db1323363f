package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/farproc"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/signals"
	"github.com/farside-go/farside/internal/stdio"
)

// defaultWaitDelay is a Cmd's WaitDelay.
const defaultWaitDelay = 5 * time.Second

// A Cmd is a command that runs on a far side. It reads like that of package os/exec: its
// fields are set before it is started, it is started once, and who has called Start calls
// Wait. Signal and the pipes may be used from any goroutine.
//
// A command takes all that it started with it: when it has ended its output is read to
// the end, or until nothing has come for a moment, then what is left of its process group
// is killed. So Wait does not hang on a child that holds its output open. A process that
// leaves the group, as setsid makes it, lives until the gateway ends.
//
// Errors are an *[ExitError] if the command ended badly. It matches [ErrLost] if the far
// side was lost, fs.ErrNotExist or fs.ErrPermission if the command could not be found or
// not be run.
type Cmd struct {
	// Path is the command, a name in the far side's PATH or a path over there.
	Path string

	// Args are its arguments, with its own name first.
	Args []string

	// Env is its environment, as NAME=value. Default: that of the far side.
	Env []string

	// Dir is its working directory. Default: that of the far side.
	Dir string

	// Stdin is what it reads. The end of the command does not wait for a Read that
	// blocks. Default: nothing.
	Stdin io.Reader

	// Stdout and Stderr receive what it prints. One that is both gets it in order, from
	// one goroutine. A writer that fails breaks the command's pipe. Default: dropped.
	Stdout, Stderr io.Writer

	// WaitDelay is how long the command, asked by TERM when ctx has ended, may take
	// before it is killed. Default: 5 s.
	WaitDelay time.Duration

	// ProcessState is how it ended, set by Wait.
	ProcessState *ProcessState

	gw      *Gateway
	ctx     context.Context
	find    func(context.Context) (path string, err error) // called when it starts
	streams streams
	tail    stdio.Tail      // of its standard error, for Output
	remote  *farproc.Remote // set by Start
	release func() bool     // ends the watch over ctx
	waited  bool
}

// A ProcessState is how a command ended.
type ProcessState struct {
	PID    int    // over there
	Code   int    // exit status, or -1 if a signal ended it
	Signal string // what ended it, for example "killed"; empty if it exited
}

// ExitCode is the exit status, or -1 if a signal ended the command or it has not ended.
func (s *ProcessState) ExitCode() int {
	if s == nil {
		return -1
	}
	return s.Code
}

// Success reports whether the exit status was 0.
func (s *ProcessState) Success() bool { return s.Code == 0 }

// Command gives a command that runs on the far side. When ctx ends the command's process
// group is asked to end by TERM, and killed after the Cmd's WaitDelay.
func (gw *Gateway) Command(ctx context.Context, name string, args ...string) *Cmd {
	c := newCommand(ctx, gw, append([]string{name}, args...))
	c.Path = name
	c.find = func(context.Context) (string, error) { return c.Path, nil }
	return c
}

// newCommand gives a command of which it is not yet known where it is.
func newCommand(ctx context.Context, gw *Gateway, args []string) *Cmd {
	return &Cmd{Args: args, gw: gw, ctx: ctx}
}

// String gives the command with its arguments, for reading.
func (c *Cmd) String() string {
	return strings.Join(append([]string{c.Path}, c.Args[min(1, len(c.Args)):]...), " ")
}

// Start starts the command and does not wait for its end.
func (c *Cmd) Start() error {
	if c.remote != nil {
		return errors.New("gateway: command: already started")
	}
	if err := c.start(); err != nil {
		c.streams.close()
		return c.failed(err)
	}
	return nil
}

// failed names the command without its arguments, which may hold secrets.
func (c *Cmd) failed(err error) error {
	return fmt.Errorf("gateway %s: command %s: %w", c.gw.ID(), c.Path, err)
}

func (c *Cmd) start() (err error) {
	asked := &request.Process{Args: c.Args, Env: slices.Clone(c.Env), Dir: c.Dir, Grace: c.WaitDelay}
	if asked.Grace <= 0 {
		asked.Grace = defaultWaitDelay
	}
	if asked.Path, err = c.find(c.ctx); err != nil {
		return err
	}
	if err = c.streams.open(c); err != nil {
		return err
	}
	asked.Stdin, asked.Stdout, asked.Stderr = c.streams.in, c.streams.out, c.streams.err
	remote, err := farproc.Open(c.ctx, c.gw.mux, asked)
	if err != nil {
		return err
	}
	c.remote = remote
	c.release = context.AfterFunc(c.ctx, func() { remote.Cancel(context.Cause(c.ctx)) })
	c.streams.copy(c)
	return nil
}

// Wait waits until the command has ended and all that it printed is written. The error is
// nil if it exited with status 0, Stdin was read and the writers took all.
func (c *Cmd) Wait() error {
	switch {
	case c.remote == nil:
		return errors.New("gateway: command: not started")
	case c.waited:
		return errors.New("gateway: command: Wait was already called")
	}
	c.waited = true
	<-c.remote.Ended()
	copied := c.streams.wait()
	cancelled := !c.release()
	end, err := c.remote.End()
	if err == nil {
		c.ProcessState = &ProcessState{PID: c.remote.PID(), Code: end.Code, Signal: end.Signal}
	}
	switch {
	case err == nil && end.Code != 0:
		err = &ExitError{Code: end.Code, Signal: end.Signal, Stderr: c.tail.String()}
	case err == nil:
		err = copied
	}
	switch {
	case cancelled && err != nil:
		return c.failed(fmt.Errorf("%w: %w", c.ctx.Err(), err))
	case cancelled:
		return c.failed(c.ctx.Err())
	case err != nil:
		return c.failed(err)
	}
	return nil
}

// Run starts the command and waits for its end.
func (c *Cmd) Run() error {
	if err := c.Start(); err != nil {
		return err
	}
	return c.Wait()
}

// Output runs the command and gives what it printed to its standard output. An ExitError
// has the last words of its standard error, unless Stderr was set.
func (c *Cmd) Output() ([]byte, error) {
	if c.Stdout != nil {
		return nil, errors.New("gateway: command: Stdout is already set")
	}
	var out bytes.Buffer
	c.Stdout = &out
	if c.Stderr == nil {
		c.Stderr = &c.tail
	}
	err := c.Run()
	return out.Bytes(), err
}

// CombinedOutput runs the command and gives what it printed to its standard output and
// standard error, in order.
func (c *Cmd) CombinedOutput() ([]byte, error) {
	if c.Stdout != nil || c.Stderr != nil {
		return nil, errors.New("gateway: command: Stdout or Stderr is already set")
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	return out.Bytes(), err
}

// Signal sends a signal to the command's process, and waits until it is sent. Its number
// is that of the far side's system; a [Signal] is one that this system may not know. The
// error is os.ErrProcessDone if the command has ended.
func (c *Cmd) Signal(sig os.Signal) error {
	if c.remote == nil {
		return errors.New("gateway: command: not started")
	}
	name, err := signalName(sig)
	if err == nil {
		err = c.remote.Signal(name)
	}
	if err != nil {
		return c.failed(fmt.Errorf("signal: %w", err))
	}
	return nil
}

// A Signal is a signal by its name, such as "USR1", for a far side whose system knows it.
type Signal string

// Signal makes it an os.Signal.
func (Signal) Signal() {}

func (s Signal) String() string { return string(s) }

func signalName(sig os.Signal) (string, error) {
	if named, ok := sig.(Signal); ok {
		return string(named), nil
	}
	return signals.Name(sig)
}
