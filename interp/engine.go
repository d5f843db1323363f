package interp

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync"

	"github.com/farside-go/farside/internal/warm"
	"github.com/farside-go/farside/worker"
)

// Options change how an [Interp] runs programs.
type Options struct {
	// Extra gives the symbols of compiled packages that are not in the standard
	// library, nil for a path that it does not know. They are in yaegi's form:
	// functions and variables as they are, types as nil pointers, and under _X
	// a wrapper for each interface X that interpreted types are to implement.
	// The last element of a path must be the package's name. It may be called
	// concurrently, and what it gave must not change. Default: no such package.
	Extra func(importPath string) map[string]reflect.Value

	// Logger is told what nobody else is: that an interpreter could not be made
	// in advance. Default: nobody.
	Logger *slog.Logger
}

// An Interp runs programs that are given as source. It is a [worker.Engine].
//
// All methods may be called concurrently. Programs run side by side, each in an
// interpreter of its own; the lines of one session run one after the other.
type Interp struct {
	extra  func(string) map[string]reflect.Value
	logger *slog.Logger
	ready  chan *machine // one interpreter, made in advance
	makers *warm.Goroutines
	making sync.WaitGroup // interpreters that are being made
	done   chan struct{}  // closed by Close

	mu       sync.Mutex
	trees    *forest
	sessions map[string]*session
	closed   bool
}

var _ worker.Engine = (*Interp)(nil)

// New makes an Interp. Close it when nothing runs in it any more.
func New(opts *Options) *Interp {
	var o Options
	if opts != nil {
		o = *opts
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	done := make(chan struct{})
	return &Interp{
		extra: o.Extra, logger: o.Logger,
		ready: make(chan *machine, 1), makers: warm.New(1, done), done: done,
		trees: &forest{}, sessions: make(map[string]*session),
	}
}

// Run runs one program and returns when it has ended, with what it returned.
//
// The error says how it failed. It is a *channel.Fault with the name "compile"
// for a source that cannot be compiled, "panic" for one that panicked, "exit"
// for one that called os.Exit with a status that is not 0, and "interpreter"
// for one that the interpreter cannot run. An error that far code returned
// comes as it is, or, if its type was interpreted, as a *channel.Fault with the
// name of that type.
//
// Where a program that was stopped is blocked in compiled code, Run returns when
// that has returned, which may be never.
func (in *Interp) Run(ctx context.Context, job *worker.Job) (any, error) {
	if job.Session != "" {
		return in.runLine(ctx, job)
	}
	m, err := in.take()
	if err != nil {
		return nil, err
	}
	return newRun(ctx, m, in.world(), job).do()
}

// Close forgets the sessions and returns when no goroutine of this package runs
// in the background. It does not end programs. Run must not be called after it.
func (in *Interp) Close() error {
	in.mu.Lock()
	if !in.closed {
		in.closed = true
		close(in.done)
	}
	sessions := in.sessions
	in.sessions = nil
	in.mu.Unlock()
	for _, s := range sessions {
		s.m.std.close()
	}
	in.making.Wait()
	return nil
}

var errClosed = errors.New("interp: closed")

// world is what a program that starts now can import.
func (in *Interp) world() *world {
	in.mu.Lock()
	defer in.mu.Unlock()
	return &world{extra: in.extra, trees: in.trees}
}

// take gives a fresh interpreter, and has the next one made. It never waits for
// one that is being made.
func (in *Interp) take() (*machine, error) {
	defer in.refill()
	select {
	case m := <-in.ready:
		return m, nil
	default:
		return newMachine()
	}
}

// refill has an interpreter made in advance. Close waits for it.
func (in *Interp) refill() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed || len(in.ready) > 0 {
		return
	}
	in.making.Add(1)
	in.makers.Go(func() {
		defer in.making.Done()
		m, err := newMachine()
		if err != nil {
			in.logger.Error("interp: an interpreter could not be made", "error", err)
			return
		}
		select {
		case in.ready <- m:
		default: // another one was faster
		}
	})
}
