package worker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stdio"
)

// A whole is a whole program that is kept here. It runs as a command.
type whole struct {
	keeper  *keep.Keeper
	program *keep.Program
	input   bool // it has one
}

// keptProgram finds a program, and tells the near side whether it is here.
func (w *server) keptProgram(ch *channel.Channel, asked *request.Program) (runner, error) {
	program, err := w.keeper.Use(asked.Kept)
	switch {
	case errors.Is(err, keep.ErrMissing):
		return nil, ch.Send(ch.Context(), request.Spawning{Missing: true})
	case err != nil:
		return nil, fmt.Errorf("worker: exec %s: %w", asked.Name, err)
	}
	if err := ch.Send(ch.Context(), request.Spawning{}); err != nil {
		program.Release()
		return nil, err
	}
	return &whole{w.keeper, program, asked.Input}, nil
}

// Run runs the program to its end, which ends what it started. When ctx ends it is asked
// to end, and when it must stop it is killed.
func (p *whole) Run(ctx context.Context, job *Job) (any, error) {
	defer p.program.Release()
	args, err := commandLine(job)
	if err != nil {
		return nil, err
	}
	stdin, err := p.stdin(job)
	if err != nil {
		return nil, err
	}
	process, err := child.StartProgram(&exec.Cmd{Path: p.program.Path, Args: args}, stdin, stdio.NewPasser(job.Stdout, job.Stderr))
	if errors.Is(err, fs.ErrPermission) {
		p.keeper.Refuse(p.program, err) // the next time it is kept where programs may run
	}
	if err != nil {
		return nil, fmt.Errorf("worker: exec %s: %w", job.Name, err)
	}
	defer context.AfterFunc(ctx, process.Terminate)()
	select {
	case <-process.Exited():
	case <-job.Stop:
	}
	wanted, cancel := context.WithCancel(context.Background())
	go func() { // ends when Run has returned at the latest
		<-job.Stop
		cancel()
	}()
	process.End(wanted)
	return nil, endOf(process)
}

// commandLine gives the program's name and its arguments.
func commandLine(job *Job) ([]string, error) {
	line := []string{job.Name}
	for i, raw := range job.Args {
		var arg any
		if err := job.Channel.Decode(raw, &arg); err != nil {
			return nil, fmt.Errorf("worker: exec %s: argument %d: %w", job.Name, i+1, err)
		}
		line = append(line, fmt.Sprint(arg))
	}
	return line, nil
}

// stdin gives the file that the program reads from.
func (p *whole) stdin(job *Job) (*os.File, error) {
	if !p.input {
		return os.Open(os.DevNull)
	}
	return pipeFrom(job.Stdin)
}

// endOf is the program's end as an error: that of one which called os.Exit with a status
// that is not 0.
func endOf(process *child.Process) error {
	<-process.Exited()
	exit, _ := process.AwaitExit(time.Minute) // at once
	switch {
	case exit.Signal != "":
		return &channel.Fault{Name: "exit", Text: "the program was ended by a signal: " + exit.Signal, Stack: exit.Stderr, Code: exit.Code}
	case exit.Code != 0:
		return &channel.Fault{Name: "exit", Text: fmt.Sprintf("exit status %d", exit.Code), Stack: exit.Stderr, Code: exit.Code}
	}
	return nil
}
