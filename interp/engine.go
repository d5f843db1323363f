package interp

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync"

	"github.com/farside-go/farside/interp/internal/reflected"
	"github.com/farside-go/farside/worker"
)

// Options change how an [Interp] runs programs.
type Options struct {
	// Extra gives the symbols of compiled packages that are not in the standard
	// library, nil for a path that it does not know: functions and variables as
	// they are, types as nil pointers. What reflection does not tell, constants and
	// what is generic, cannot be used. The last element of a path must be the
	// package's name. It may be called concurrently, and what it gave must not
	// change. Default: no such package.
	Extra func(importPath string) map[string]reflect.Value

	// Logger is told what nobody else is. Default: nobody.
	Logger *slog.Logger
}

// An Interp runs programs that are given as source. It is a [worker.Engine].
//
// All methods may be called concurrently. Programs run side by side and share no
// variables; the lines of one session run one after the other.
type Interp struct {
	extra     func(string) map[string]reflect.Value
	logger    *slog.Logger
	compiled  cache
	reflected *reflected.Reflector

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
	return &Interp{extra: o.Extra, logger: o.Logger, reflected: reflected.New(compiledTypes), trees: newForest(), sessions: make(map[string]*session)}
}

// Run runs one program and returns when it has ended, with what it returned.
//
// The error says how it failed. It is a *channel.Fault with the name "compile"
// for a source that cannot be compiled, "panic" for one that panicked, and "exit"
// for one that called os.Exit with a status that is not 0. An error that far code
// returned comes as it is.
//
// Where a program that was stopped is blocked in compiled code, Run returns when
// that has returned, which may be never.
func (in *Interp) Run(ctx context.Context, job *worker.Job) (any, error) {
	if job.Session != "" {
		return in.runLine(ctx, job)
	}
	w, err := in.world()
	if err != nil {
		return nil, err
	}
	key := keyOf(job, w.trees)
	p := in.compiled.take(key)
	if p == nil {
		if p, err = compileProgram(job.Name, job.Source, job.Func, w); err != nil {
			return nil, err
		}
	}
	result, err, again := p.run(ctx, job)
	if again {
		in.compiled.put(key, p)
	}
	return result, err
}

// Close forgets the sessions and what was compiled. It does not end programs.
// Run must not be called after it.
func (in *Interp) Close() error {
	in.mu.Lock()
	in.closed = true
	sessions := in.sessions
	in.sessions = nil
	in.mu.Unlock()
	for _, s := range sessions {
		s.std.Close()
	}
	return nil
}

var errClosed = errors.New("interp: closed")

// world is what a program that starts now can import.
func (in *Interp) world() (*world, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return nil, errClosed
	}
	return &world{extra: in.extra, trees: in.trees, reflected: in.reflected}, nil
}
