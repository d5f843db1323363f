package interp

import (
	"context"
	"errors"
	"fmt"

	"github.com/farside-go/farside/channel"
)

var (
	errGoexit   = errors.New("interp: the program ended its goroutine by runtime.Goexit and gave no result")
	errDeadlock = &channel.Fault{Name: "panic", Text: "fatal error: no goroutines (main called runtime.Goexit) - deadlock!"}
)

// outcome says how the program ended. One that would have ended well has not if its
// standard input failed, as with os/exec.
func (r *run) outcome() (any, error) {
	result, err := r.ownOutcome()
	if failed := r.std.InputError(); failed != nil && err == nil && !r.stopped.Load() {
		return nil, fmt.Errorf("interp: run %s: read its standard input: %w", r.job.Name, failed)
	}
	return result, err
}

// ownOutcome is what the program itself came to.
func (r *run) ownOutcome() (any, error) {
	exit := r.exited.Load()
	switch {
	case exit != nil:
		return nil, exitFault(exit.code)
	case r.stopped.Load() && !r.gave:
		return nil, r.stopError()
	case r.err != nil:
		return nil, r.err
	}
	return r.result, nil
}

// stopError is the error of a program that was stopped. It is context.Canceled
// or context.DeadlineExceeded, whatever cause ctx was given.
func (r *run) stopError() error {
	err := r.ctx.Err()
	if err == nil {
		err = context.Canceled
	}
	if cause := context.Cause(r.ctx); cause != nil && !errors.Is(cause, err) {
		return fmt.Errorf("interp: run %s: stopped: %w (%w)", r.job.Name, err, cause)
	}
	return fmt.Errorf("interp: run %s: stopped: %w", r.job.Name, err)
}
