package worker

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/standard"
	"github.com/farside-go/farside/internal/stdio"
)

// A whole is a whole program that is kept here. It runs as a command.
type whole struct {
	keeper  *keep.Keeper
	program *keep.Program
	input   bool // it has one
}

// keptProgram finds a program, and tells the near side whether it is here.
func (s *allServices) keptProgram(ch *channel.Channel, asked *request.Program) (runner, error) {
	program, err := s.keeper.Use(asked.Kept)
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
	return &whole{s.keeper, program, asked.Input}, nil
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
	program := &child.Program{Path: p.program.Path, Args: args, Stdin: stdin, Printer: stdio.NewPasser(job.Stdout, job.Stderr)}
	exit, err := program.Run(ctx, job.Stop)
	if errors.Is(err, fs.ErrPermission) {
		p.keeper.Refuse(p.program, err) // the next time it is kept where programs may run
	}
	if err != nil {
		return nil, fmt.Errorf("worker: exec %s: %w", job.Name, err)
	}
	return nil, faultOf(exit)
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
	return standard.PipeFrom(job.Stdin)
}

// faultOf is a program's end as an error: that of one which called os.Exit with a status
// that is not 0.
func faultOf(exit child.Exit) error {
	text := fmt.Sprintf("exit status %d", exit.Code)
	switch {
	case exit.Signal != "":
		text = "the program was ended by a signal: " + exit.Signal
	case exit.Code == 0:
		return nil
	}
	return &channel.Fault{Name: "exit", Text: text, Stack: exit.Stderr, Code: exit.Code}
}
