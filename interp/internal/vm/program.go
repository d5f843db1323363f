package vm

import (
	"io"
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Program is one run of a [Code], with variables of its own or, for the lines of
// a session, with those of the lines before.
type Program struct {
	// Immutable after Lead.
	Code  *Code
	State *State
	Hooks
	given []unsafe.Pointer

	signals    atomic.Uint32          // what its goroutines are to heed
	root       atomic.Pointer[Thread] // of Run, while it runs
	dropped    atomic.Bool            // nothing more of it runs, not even what was deferred
	stop       chan struct{}          // closed when the program is told to stop
	stopping   reflect.Value          // of stop
	tracked    atomic.Bool            // goroutines that run it are noted
	calls      atomic.Int64           // that compiled code makes, which have not returned
	goroutines atomic.Int64
	group      sync.WaitGroup // of the same goroutines
	threads    sync.Pool
	passing    sync.Map     // goroutine -> *Panic that passes through compiled code
	reflecting atomic.Int32 // how many entries reflected has
	reflected  sync.Map     // goroutine -> *Panic that what reflect calls next may recover
	deep       sync.Map     // goroutine -> *Thread, innermost, of those with a deep stack
}

// Hooks are what a program needs of whoever runs it.
type Hooks struct {
	// Crash is called with a panic that nobody recovered on a goroutine that the
	// program started. It does not return.
	Crash func(*Panic)

	// Stderr is where print and println write, nil for the process's own.
	Stderr io.Writer

	// Flush delivers what the program printed, and Describe tells where one of
	// its goroutines was; they are called when memory is out.
	Flush    func()
	Describe func(stack []Location) string

	// OwnMethod gives the program's own form of a method of a compiled type, as a
	// function of the thread that calls it and of the receiver, if there is one.
	OwnMethod func(t reflect.Type, name string) reflect.Value
}

// NewProgram makes a program with the variables of a state.
func (c *Code) NewProgram(s *State) *Program {
	s.Grow(c)
	given := make([]unsafe.Pointer, c.given)
	for i, t := range c.variables[:c.given] {
		given[i] = rtype.New(t)
	}
	return c.newProgram(s, given)
}

func (c *Code) newProgram(s *State, given []unsafe.Pointer) *Program {
	p := &Program{Code: c, State: s, given: given, stop: make(chan struct{})}
	p.stopping = reflect.ValueOf(p.stop)
	return p
}

// Lead makes a program the newest of its code. It comes before the program runs.
func (p *Program) Lead() {
	enrol(p)
	p.Code.newest.Store(p)
}

// Renew makes a program like one that was stopped the newest, for what compiled
// code calls by itself.
func (p *Program) Renew() {
	q := p.Code.newProgram(p.State, p.given)
	q.Hooks = p.Hooks
	q.Track()
	q.Lead()
}

// Stop makes all goroutines of the program end at their next step: the next
// round of a loop, or where they wait for a Go channel. What they deferred runs.
func (p *Program) Stop() {
	if p.signals.Or(stopping)&stopping == 0 {
		close(p.stop)
	}
}

// Drop is Stop without what was deferred.
func (p *Program) Drop() {
	p.dropped.Store(true)
	p.Stop()
}

// Stopped reports whether the program was told to stop.
func (p *Program) Stopped() bool { return p.signals.Load()&stopping != 0 }

// Running reports whether any goroutine is in the program.
func (p *Program) Running() bool {
	return p.root.Load() != nil || p.calls.Load() > 0 || p.goroutines.Load() > 0
}

// Goroutines is how many goroutines the program has started that have not ended.
func (p *Program) Goroutines() int { return int(p.goroutines.Load()) }

// Wait returns when the goroutines that the program started have ended.
func (p *Program) Wait() { p.group.Wait() }

// Run calls a closure on the calling goroutine. It gives what the closure
// returned, or the panic in which it ended; finished is false if it did not come
// to its end: it panicked, it was stopped, or it ended its goroutine, which goes
// on to end then.
func (p *Program) Run(c *Closure, args []reflect.Value) (results []reflect.Value, ended *Panic, finished bool) {
	th := &Thread{Program: p}
	p.root.Store(th)
	defer p.on()()
	defer func() {
		p.root.Store(nil)
		if finished {
			return
		}
		v := recover()
		if _, stop := v.(stopped); !stop {
			ended = th.panicOf(v)
		}
	}()
	fr := th.newFrame(c.Fn)
	fr.Capture(c.Env)
	for i, arg := range args {
		s := c.Fn.Params[i]
		rtype.ValueAt(s.Type, fr.At(s.Off)).Set(arg)
	}
	fr.Run()
	return fr.results(), nil, true
}

// crashed is deferred by the goroutines that the program starts.
func (p *Program) crashed(th *Thread) {
	v := recover()
	if _, stop := v.(stopped); stop || v == nil {
		return
	}
	crash := th.panicOf(v)
	p.Crash(crash)
}

// At gives the address of a place in a frame.
func (fr *Frame) At(off uintptr) unsafe.Pointer { return unsafe.Add(fr.Mem, off) }
