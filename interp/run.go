package interp

import (
	"context"
	"fmt"
	"go/token"
	"os"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/interp/internal/process"
	"github.com/farside-go/farside/interp/internal/vm"
	"github.com/farside-go/farside/worker"
)

// A run is one program, or one line of a session, while it runs.
type run struct {
	// Immutable after newRun.
	ctx  context.Context
	job  *worker.Job
	unit *unit
	code *vm.Program
	std  *process.View
	fset *token.FileSet
	todo func() // what the program's goroutine does

	// halt is closed to make the program stop, for one of these reasons.
	halt    chan struct{}
	halting sync.Once
	stopped atomic.Bool                // the job was stopped
	exited  atomic.Pointer[exitStatus] // the program called os.Exit

	ended chan struct{} // closed when the program's own goroutine is out of its code

	// Owned by the program's goroutine until ended is closed.
	finished bool // its goroutine came to its end
	gave     bool // it gave a result or an error
	result   any
	err      error
}

// An exitStatus is how a program called os.Exit.
type exitStatus struct{ code int }

func newRun(ctx context.Context, job *worker.Job, std *process.View, code *vm.Program, fset *token.FileSet) *run {
	r := &run{ctx: ctx, job: job, std: std, code: code, fset: fset, halt: make(chan struct{}), ended: make(chan struct{})}
	code.Hooks = vm.Hooks{
		Crash: r.crash, Stderr: printer{std}, Flush: r.flush, Describe: r.describe, OwnMethod: std.OwnMethod,
	}
	std.Attach(&process.Host{
		Name: job.Name, Args: r.argStrings, Stdin: job.Stdin, Stdout: job.Stdout, Stderr: job.Stderr,
		Exit: r.exit, Position: fset.Position,
	})
	return r
}

// run runs a program. It reports whether the program can run again.
func (p *program) run(ctx context.Context, job *worker.Job) (result any, err error, again bool) {
	std := process.New()
	defer std.Close()
	r := newRun(ctx, job, std, p.code.Code.NewProgram(new(vm.State)), p.fset)
	r.unit = p.unit
	if err := p.symbols.bind(std, r.code.State); err != nil {
		return nil, err, true
	}
	if p.unit.form == form.Statements {
		args, err := r.args()
		if err != nil {
			return nil, err, true
		}
		p.given.set(r.code, &given{ctx: ctx, channel: job.Channel, args: args, ret: func(values ...any) { r.returned(values) }})
	}
	r.todo = func() { p.work(r) }
	result, err = r.supervise()
	select {
	case <-r.ended:
		again = r.code.Retire()
	default:
	}
	return result, err, again
}

// work initialises the packages and calls main, or the far function.
func (p *program) work(r *run) {
	for _, init := range p.inits {
		if !r.call(init, nil, nil) {
			return
		}
	}
	if p.unit.form != form.File {
		r.call(p.main, nil, nil)
		return
	}
	call := r.farCall()
	in, err := call.Arguments(p.main.Fn.Type.Reflect())
	if err != nil {
		r.err, r.gave = err, true
		return
	}
	r.call(p.main, in, func(out []reflect.Value) {
		r.gave = true
		r.result, r.err = call.Results(out)
	})
}

// call calls a function of the program. It reports whether it returned.
func (r *run) call(c *vm.Closure, in []reflect.Value, results func([]reflect.Value)) bool {
	out, ended, finished := r.code.Run(c, in)
	switch {
	case ended != nil:
		r.err = r.panicFault(ended)
		return false
	case !finished:
		return false
	case results != nil && !r.halted():
		results(out)
	}
	return true
}

// supervise runs the program and returns when it has ended.
func (r *run) supervise() (any, error) {
	r.code.Lead()
	go r.enter()
	stop := r.job.Stop
	for waiting := true; waiting; {
		select {
		case <-r.ended:
			waiting = false
		case <-stop:
			stop = nil
			r.stopped.Store(true)
			r.stop()
		case <-r.halt:
			waiting = r.exited.Load() == nil
			if waiting {
				<-r.ended
				waiting = false
			}
		}
	}
	r.std.Flush()
	return r.outcome()
}

// stop makes the program stop at its next step.
func (r *run) stop() {
	r.halting.Do(func() {
		r.code.Stop()
		close(r.halt)
	})
}

// enter is the program's goroutine.
func (r *run) enter() {
	defer r.leave()
	r.todo()
	r.finished = true
}

// leave ends the program's goroutine's part, however it ends.
func (r *run) leave() {
	if !r.finished && r.err == nil && !r.halted() {
		r.goexit()
		return
	}
	r.end()
}

// goexit is the end of a program whose own goroutine called runtime.Goexit. A
// package main goes on as long as it has others.
func (r *run) goexit() {
	r.err = errGoexit
	if r.unit.form != form.Main {
		r.end()
		return
	}
	r.err = errDeadlock
	go func() { // ends with the program's goroutines
		r.code.Wait()
		r.end()
	}()
}

// end says that the program has ended.
func (r *run) end() {
	if r.unit.form == form.Main && r.code.Goroutines() > 0 {
		r.code.Drop() // its goroutines end with it
	}
	r.halting.Do(func() {}) // too late to stop it
	close(r.ended)
}

// halted reports whether the program was told to stop.
func (r *run) halted() bool {
	select {
	case <-r.halt:
		return true
	default:
		return false
	}
}

// crash ends the process as a panic in a goroutine does that nobody recovered.
//
// What was printed before is delivered first.
func (r *run) crash(p *vm.Panic) {
	r.flush()
	fmt.Fprintf(os.Stderr, "%s\n\n%s", panicText(p.Value), r.describe(p.Stack))
	os.Exit(statusFatal)
}

// statusFatal is the exit status that the runtime has for what it cannot survive.
const statusFatal = 2

// flush delivers what the program printed.
func (r *run) flush() {
	r.std.Flush()
	if r.job.Flush != nil {
		r.job.Flush()
	}
}

// describe tells where a goroutine of the program was.
func (r *run) describe(stack []vm.Location) string {
	return fmt.Sprintf("goroutine of %s:\n%s", r.job.Name, r.stack(stack))
}

// printer is where the predeclared print and println go: standard error.
type printer struct{ std *process.View }

func (p printer) Write(b []byte) (int, error) { return p.std.Stderr().Write(b) }
