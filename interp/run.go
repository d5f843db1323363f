package interp

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"os"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/traefik/yaegi/interp"

	"github.com/farside-go/farside/worker"
)

// A run is one program, or one line of a session, from its text to its end.
type run struct {
	// Immutable after newRun.
	ctx   context.Context
	job   *worker.Job
	m     *machine
	world *world

	// halt is closed to make the interpreter stop, for one of these reasons.
	halt    chan struct{}
	halting sync.Once
	stopped atomic.Bool                // the job was stopped
	exited  atomic.Pointer[exitStatus] // the program called os.Exit

	ended   chan struct{} // closed when the program's own goroutine is out of its code
	watched chan struct{} // closed when nobody watches the job any more

	// Owned by the program's goroutine until ended is closed.
	unit     *unit
	todo     func() error // what the program's goroutine does
	finished bool         // its goroutine came to its end
	gave     bool         // it gave a result or an error
	result   any
	err      error
}

// An exitStatus is how a program called os.Exit.
type exitStatus struct {
	code      int
	elsewhere bool // not on the program's own goroutine
}

func newRun(ctx context.Context, m *machine, world *world, job *worker.Job) *run {
	r := &run{
		ctx: ctx, job: job, m: m, world: world,
		halt: make(chan struct{}), ended: make(chan struct{}), watched: make(chan struct{}),
	}
	r.todo = r.work
	m.run.Store(r)
	m.std.attach(job)
	m.traces.reset()
	return r
}

// do runs a whole program.
func (r *run) do() (any, error) {
	defer r.m.std.close()
	var err error
	r.unit, err = prepare(r.m.y.FileSet(), r.job.Name, r.job.Source, r.job.Func, r.world)
	if err != nil {
		return nil, err
	}
	if err := r.load(); err != nil {
		return nil, err
	}
	if r.unit.form == formStatements {
		if err := r.predeclare(predeclaredPath, nil); err != nil {
			return nil, err
		}
	}
	return r.supervise()
}

// load gives the interpreter what the unit uses.
func (r *run) load() error {
	if missing, in := r.world.reach(r.unit.uses); missing != "" {
		return compileError(r.job.Name, fmt.Sprintf("package %s imports %q: %s", in.path, missing, missingPackage(missing)))
	}
	if err := r.m.std.open(r.unit.uses); err != nil {
		return err
	}
	return r.world.load(r.m.y, r.unit.uses, r.m.std.bind)
}

// supervise executes the unit and returns when it has ended.
func (r *run) supervise() (any, error) {
	r.m.execute(r.halt)
	r.awaitEnd()
	<-r.watched
	r.m.std.flush()
	return r.outcome()
}

// watch stops the program when the job is stopped. It ends with the program, and
// begins with it: what yaegi is told before that is lost.
func (r *run) watch() {
	defer close(r.watched)
	select {
	case <-r.job.Stop:
		r.stopped.Store(true)
		r.stop()
	case <-r.ended:
	case <-r.halt:
	}
}

// stop makes the interpreter stop at its next step.
func (r *run) stop() { r.halting.Do(func() { close(r.halt) }) }

// awaitEnd returns when the program is out of its code. It does not wait where
// another goroutine than the program's own called os.Exit.
//
// yaegi stops what runs when it is told to, but not what starts to run after
// that, such as the initialisation of the next package; so it is told again.
func (r *run) awaitEnd() {
	select {
	case <-r.ended:
		return
	case <-r.halt:
	}
	for pause := time.Millisecond; ; pause = min(2*pause, time.Second) {
		if e := r.exited.Load(); e != nil && e.elsewhere {
			return
		}
		timer := time.NewTimer(pause)
		select {
		case <-r.ended:
			timer.Stop()
			return
		case <-timer.C:
			r.m.traces.stopAgain()
		}
	}
}

// enter is the program's goroutine: the boot program calls it.
func (r *run) enter() {
	defer r.leave()
	go r.watch()
	growStack()
	if err := r.todo(); err != nil {
		r.err = err
	}
	r.finished = true
}

// growStack makes the goroutine's stack as large as compiling needs it, at once
// and while there is little on it to copy.
//
//go:noinline
func growStack() byte {
	var space [24 << 10]byte
	return space[len(os.Args)]
}

// leave ends the program's goroutine's part, however it ends.
func (r *run) leave() {
	if p := recover(); p != nil {
		r.err = r.cannotRun(p, token.Position{Filename: r.job.Name})
	} else if !r.finished && r.exited.Load() == nil {
		r.err = errGoexit
	}
	if r.unit.form == formMain {
		r.stop() // its goroutines end with it
	}
	r.halting.Do(func() {}) // too late to stop it
	close(r.ended)
	if r.halted() {
		runtime.Goexit() // yaegi does not wait for this goroutine and may go on with the next
	}
}

// work compiles and executes the unit, after the packages that it imports.
func (r *run) work() error {
	if err := r.importTrees(); err != nil {
		return err
	}
	r.m.names.redirectAll(r.unit.file, r.world)
	_, err := r.step(r.unit.file)
	return err
}

// importTrees compiles and executes the imported packages that the unit needs. A
// session keeps those that it has.
func (r *run) importTrees() error {
	order, err := r.world.trees.compileOrder(r.unit.uses)
	if err != nil {
		return compileError(r.job.Name, err.Error())
	}
	for _, pkg := range order {
		if r.m.names.inner[pkg.path] != "" {
			continue
		}
		file, err := r.m.names.load(r.m.y.FileSet(), pkg, r.world)
		if err == nil {
			_, err = r.step(file)
		}
		if err != nil {
			delete(r.m.names.inner, pkg.path)
			return err
		}
	}
	return nil
}

// step compiles and executes one file.
func (r *run) step(file *ast.File) (v reflect.Value, err error) {
	p, err := r.compile(file)
	if err != nil || r.halted() {
		return v, err
	}
	return r.execute(p)
}

// execute executes a program.
func (r *run) execute(p *interp.Program) (reflect.Value, error) {
	v, err := r.m.y.Execute(p)
	if p, ok := err.(interp.Panic); ok {
		return v, r.panicFault(p.Value)
	}
	return v, err
}

// compile makes a program of a file or of a statement, or says why that cannot be.
func (r *run) compile(n ast.Node) (p *interp.Program, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = r.cannotRun(v, r.near(n))
		}
	}()
	if p, err = r.m.compile(n); err != nil {
		return nil, r.renamed(compileFault(err))
	}
	return p, nil
}

// near gives the position of what yaegi's compiler panicked over, or only the
// file's name.
func (r *run) near(n ast.Node) token.Position {
	pos := n.Pos()
	if file, ok := n.(*ast.File); ok {
		pos = r.locate(file)
	}
	if !pos.IsValid() {
		return token.Position{Filename: r.job.Name}
	}
	return outerPosition(r.m.y.FileSet().Position(pos))
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
