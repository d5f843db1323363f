package worker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farfunc"
	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/request"
)

// errAbandoned is the end of a program that ignored its ctx.
var errAbandoned = errors.New("worker: the program ignored the end of its ctx and was abandoned; it may still run")

// errGoexit is the end of a program that ended its goroutine instead of returning.
var errGoexit = errors.New("worker: the program called runtime.Goexit")

// errTerminating refuses programs.
var errTerminating = errors.New("worker: exec: this far side is being terminated")

// outcome is how a program ended.
type outcome struct {
	result any
	err    error
}

// exec runs one program on its channel and closes that. Who terminates the worker
// waits until all that came of the program is on its way.
func (w *server) exec(ch *channel.Channel) {
	program, err := w.programOn(ch)
	var by runner
	if err == nil {
		by, err = w.runnerOf(ch, &program)
	}
	if err != nil || by == nil {
		ch.CloseWithError(err)
		return
	}
	if !w.begin() {
		ch.CloseWithError(errTerminating)
		return
	}
	result, err := w.runProgram(ch, program, by)
	if err == nil && (program.Result || result != nil) {
		err = ch.Send(ch.Context(), result)
	}
	wanted := ch.Err() == nil
	ch.CloseWithError(err)
	if err == errAbandoned {
		return // it still runs, and is waited for as long as there is grace
	}
	ch.Flush(context.Background()) // ends with the mux at the latest
	if wanted && w.ownsProcess(&program) {
		w.mux.Flush(context.Background()) // its channels end with the process
	}
	w.execs.Done()
}

// programOn receives what to run.
func (w *server) programOn(ch *channel.Channel) (program request.Program, err error) {
	program, err = channel.Receive[request.Program](ch.Context(), ch)
	switch {
	case ch.Context().Err() != nil:
		err = fmt.Errorf("worker: exec: ended before it began: %w", context.Cause(ch.Context()))
	case err != nil:
		err = fmt.Errorf("worker: exec: the request: %w", err)
	}
	return program, err
}

// A runner runs one kind of programs; see [Engine].
type runner interface {
	Run(ctx context.Context, job *Job) (result any, err error)
}

// runnerOf finds what runs a program. It is nil for one that is not kept here, which the
// near side is told.
func (w *server) runnerOf(ch *channel.Channel, program *request.Program) (runner, error) {
	switch {
	case program.Kept != "" && w.services != nil:
		return w.services.keptProgram(ch, program)
	case program.Function != "":
		return findRegistered(program)
	case w.opts.Engine == nil:
		return nil, errors.New("worker: exec: this far side runs no source; " +
			"its spec says lean, or its program calls worker.Main where interp.Main is needed")
	}
	return w.opts.Engine, nil
}

// runProgram runs a program and gives what it returns.
func (w *server) runProgram(ch *channel.Channel, program request.Program, by runner) (any, error) {
	ctx, cancel := w.programContext(ch, program.Timeout)
	defer cancel()
	stop, cancelStop := w.stopContext(ctx)
	defer cancelStop()
	out := newOutput(stop, w.mux, ch.ID())
	job := &Job{
		Name: program.Name, Source: program.Source, Func: program.Func, Session: program.Session,
		Args: program.Args, Parse: program.ParseArgs, Channel: ch, Stdin: newInput(stop, w.mux, ch.ID()),
		Stdout: out.stdout(), Stderr: out.stderr(), Flush: out.finish, Stop: stop.Done(),
	}
	own := w.ownsProcess(&program)
	if own {
		if err := takeOver(out, job.Stdin, &program); err != nil {
			w.end()
			return nil, err
		}
	}
	ended := make(chan outcome, 1)
	w.goroutines.Go(func() {
		o := outcome{err: errGoexit}
		defer func() {
			out.finish()
			w.end()
			ended <- o
		}()
		o = runSafely(ctx, job, by)
	})
	return w.await(stop, ended, own)
}

// programContext is the far function's ctx: it ends with the channel, by Cancel,
// at the near side's deadline, and when the worker is terminated.
func (w *server) programContext(ch *channel.Channel, timeout time.Duration) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ch.Context())
	forget := context.AfterFunc(w.quit, func() { cancel(context.Cause(w.quit)) })
	end := func() {
		forget()
		cancel(nil)
	}
	if timeout <= 0 {
		return ctx, end
	}
	ctx, stopTimer := context.WithTimeout(ctx, timeout)
	return ctx, func() {
		stopTimer()
		end()
	}
}

// stopContext ends StopAfter after ctx: then the program's loops are stopped and
// its output is not waited for any more.
func (w *server) stopContext(ctx context.Context) (context.Context, func()) {
	stop, cancel := context.WithCancel(context.Background())
	context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(w.opts.StopAfter, cancel)
		context.AfterFunc(stop, func() { timer.Stop() })
	})
	return stop, cancel
}

// await gives the program's outcome. Once stop has ended the program has
// StopAfter to return, then it is abandoned, or ended with the process if that is its
// own, which is asked to end before.
func (w *server) await(stop context.Context, ended <-chan outcome, own bool) (any, error) {
	select {
	case o := <-ended:
		return o.result, o.err
	case <-stop.Done():
	}
	if own {
		proctree.TerminateOwnGroup()
	}
	timer := time.NewTimer(w.opts.StopAfter)
	defer timer.Stop()
	select {
	case o := <-ended:
		return o.result, o.err
	case <-timer.C:
		if own {
			killOwn()
		}
		w.abandon(ended)
		return nil, errAbandoned
	}
}

// runSafely keeps a panic from ending the far side: that of a registered function, or
// of an engine itself.
func runSafely(ctx context.Context, job *Job, by runner) (o outcome) {
	defer func() {
		if p := recover(); p != nil {
			o = outcome{err: farfunc.PanicFault(p)}
		}
	}()
	o.result, o.err = by.Run(ctx, job)
	return o
}

// begin counts a program in, unless the worker is about to end.
func (w *server) begin() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.quitting {
		return false
	}
	w.running++
	w.execs.Add(1)
	return true
}

// end counts a program out.
func (w *server) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running--
}

// abandon counts a program that ignores its ctx for as long as it runs.
func (w *server) abandon(ended <-chan outcome) {
	w.count(+1)
	go func() { // ends with the program, which may be never
		<-ended
		w.count(-1)
		w.execs.Done()
	}()
}

func (w *server) count(n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.abandoned += n
}
