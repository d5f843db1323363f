// Package farproc runs a process on a far side, for a near side that has its standard
// streams as channels (P21): [Start] is the far side's half, [Open] the near side's.
package farproc

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/signals"
	"github.com/farside-go/farside/internal/stdio"
)

// A Process is a process that was started here. Whoever started it calls Run.
type Process struct {
	cmd   *exec.Cmd
	grace time.Duration

	in      *input
	out     []*output
	copying sync.WaitGroup // of its output
}

// Start starts a process, in a group of its own.
func Start(asked *request.Process) (*Process, error) {
	p := &Process{cmd: exec.Command(asked.Path), grace: asked.Grace}
	if len(asked.Args) > 0 {
		p.cmd.Args = asked.Args
	}
	p.cmd.Dir = asked.Dir
	if asked.Env != nil {
		p.cmd.Env = proctree.KeepMark(asked.Env)
	}
	proctree.Isolate(p.cmd)
	theirs, err := p.openStreams(asked)
	if err == nil && asked.Dir != "" {
		err = checkDir(asked.Dir)
	}
	if err == nil {
		err = p.cmd.Start()
	}
	for _, file := range theirs {
		file.Close()
	}
	if err != nil {
		p.closeStreams()
		return nil, startError(err)
	}
	p.copyStreams()
	return p, nil
}

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Signal sends the signal of that name to the process alone.
func (p *Process) Signal(name string) error {
	sig, err := signals.Find(name)
	if err != nil {
		return err
	}
	return p.cmd.Process.Signal(sig)
}

// Run waits until the process has ended, which it is made to when ctx ends, and calls
// told with how. It returns when the output is through, and what the process left in its
// group is gone.
func (p *Process) Run(ctx context.Context, told func(request.ProcessEnd)) {
	err := p.await(ctx)
	p.in.processExited()
	for _, out := range p.out {
		out.pipe.ProcessExited()
	}
	copied := make(chan struct{})
	go func() { // ends with the output, which is cut below at the latest
		p.copying.Wait()
		close(copied)
	}()
	if within(copied, 2*stdio.OutputWait) {
		p.killRest()
		told(p.end(err))
	} else {
		told(p.end(err)) // the near side may take the rest of the output after it
		p.awaitOutput(ctx, copied)
		p.killRest()
	}
	p.closeStreams()
}

// killRest kills what the process left in its group.
func (p *Process) killRest() {
	proctree.Kill(p.PID())
	go proctree.Reap(p.PID()) // ends with the group
}

// awaitOutput waits until the near side has taken the output, as long as it wants it.
func (p *Process) awaitOutput(ctx context.Context, copied <-chan struct{}) {
	select {
	case <-copied:
		return
	case <-ctx.Done():
	}
	if !within(copied, p.grace) {
		p.cutOutput()
		<-copied
	}
}

// await waits for the process's end. When ctx ends its group is asked to end too, and
// then killed with all that came of it.
func (p *Process) await(ctx context.Context) error {
	waited := make(chan error, 1)
	go func() { waited <- p.cmd.Wait() }() // ends with the process
	select {
	case err := <-waited:
		return err
	case <-ctx.Done():
	}
	proctree.Terminate(p.PID())
	timer := time.NewTimer(p.grace)
	defer timer.Stop()
	select {
	case err := <-waited:
		return err
	case <-timer.C:
	}
	proctree.Kill(p.PID())
	return <-waited
}

// end says how the process ended.
func (p *Process) end(err error) request.ProcessEnd {
	state := p.cmd.ProcessState
	if state == nil {
		return request.ProcessEnd{Code: -1, Signal: "unknown: " + err.Error()}
	}
	return request.ProcessEnd{Code: state.ExitCode(), Signal: signals.Ending(state)}
}

// within reports whether done is closed before limit is over.
func within(done <-chan struct{}, limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

// checkDir finds that there is no such folder before the system does, which would say that
// there is no such program.
func checkDir(dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return &fs.PathError{Op: "chdir", Path: dir, Err: errors.Unwrap(err)}
	}
	return nil
}

// startError has the other side find fs.ErrNotExist in an error about a name that is
// not in PATH, as in one about a path.
func startError(err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return notFound{err}
	}
	return err
}

type notFound struct{ error }

func (notFound) Is(target error) bool { return target == fs.ErrNotExist }

// Serve answers a near side that asks for a process on ch.
func Serve(ctx context.Context, ch *channel.Channel, asked *request.Process) error {
	p, err := Start(asked)
	if err != nil {
		return err
	}
	tell := func(news request.ProcessNews) { ch.Send(context.Background(), news) } // the near side takes it in, or ends the channel
	tell(request.ProcessNews{PID: p.PID()})
	go func() { // ends with the channel
		for {
			name, err := channel.Receive[string](context.Background(), ch)
			if err != nil {
				return
			}
			if err := p.Signal(name); err != os.ErrProcessDone { // that it has ended is told in any case
				tell(request.ProcessNews{Signalled: true, Err: err})
			}
		}
	}()
	p.Run(ctx, func(end request.ProcessEnd) { tell(request.ProcessNews{End: &end}) })
	return nil
}
