package interp

import (
	"fmt"
	"go/token"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/traefik/yaegi/interp"
)

// traces collects where panics come from, for all goroutines of one program.
//
// When a panic unwinds the Go stack it passes, for each interpreted function,
// the step that was being executed there, which tells its position, and then
// yaegi, which writes a line with the function's name. Both happen on the
// panicking goroutine. A panic may be recovered on its way, by far code or by
// compiled code; so a step that ends well takes back what was told since it
// began.
type traces struct {
	y      *interp.Interpreter
	active atomic.Int32 // how many goroutines have a trace; steps look no further at 0
	exits  atomic.Bool  // the program exited: no deferred function runs

	mu sync.Mutex
	of map[uint64]*trace // by goroutine
}

// A trace is the far stack of one goroutine's panic, innermost first.
type trace struct {
	frames []stackFrame
	more   int      // frames that were not kept
	origin []string // the Go functions between the panic and the interpreter, if known
}

// A stackFrame is one function of far code. What yaegi calls it comes after the
// position, and not at all if the panic was recovered there.
type stackFrame struct {
	function string
	pos      token.Position
	step     token.Pos // of the step that was being executed, if that is known
}

// The innermost frames are those that tell most.
const maxFrames = 100

func newTraces() *traces { return &traces{of: make(map[uint64]*trace)} }

// follow makes the steps of a program tell where they panic.
func (t *traces) follow(p *interp.Program) {
	if !inside.known || p == nil {
		return
	}
	fset := t.y.FileSet()
	walk(programRoot(p), false, func(n node) {
		switch {
		case recovers(n):
			wrap(n, t.recovered)
		case mayPanic(n):
			wrap(n, func(pos token.Pos, inner step) step { return t.followed(fset, pos, inner) })
		}
	})
}

// followed is a step that notices when it does not return.
func (t *traces) followed(fset *token.FileSet, pos token.Pos, inner step) step {
	return func(f frame) step {
		mark, done := 0, false
		if t.active.Load() != 0 {
			mark = t.depth()
		}
		defer func() {
			if !done {
				t.unwound(fset, pos, f)
			}
		}()
		next := inner(f)
		done = true
		if t.active.Load() != 0 {
			t.takeBack(mark)
		}
		return next
	}
}

// recovered is a call of recover, after which the goroutine panics no more, or
// panics as it did before.
func (t *traces) recovered(_ token.Pos, inner step) step {
	return func(f frame) step {
		if t.active.Load() != 0 && recovering(f) {
			t.takeBackLast()
		}
		return inner(f)
	}
}

// unwound notes a step that a panic or a Goexit passes.
func (t *traces) unwound(fset *token.FileSet, pos token.Pos, f frame) {
	if t.exits.Load() {
		forgetDeferred(f)
		return
	}
	t.add(stackFrame{pos: outerPosition(fset.Position(pos)), step: pos})
}

// Write takes the line that yaegi writes for each function that a panic leaves:
// `file.go:1:2: panic: main.f(...)`.
func (t *traces) Write(p []byte) (int, error) {
	line := strings.TrimSuffix(string(p), "\n")
	pos, function, ok := strings.Cut(line, ": panic: ")
	if !ok {
		return len(p), nil
	}
	id := goroutineID()
	t.mu.Lock()
	if tr := t.of[id]; tr != nil && len(tr.frames) > 0 {
		if last := &tr.frames[len(tr.frames)-1]; last.function == "" {
			last.function = function
			t.mu.Unlock()
			return len(p), nil
		}
	}
	t.mu.Unlock()
	t.add(stackFrame{function: function, pos: outerPosition(parsePosition(pos))})
	return len(p), nil
}

func (t *traces) add(f stackFrame) {
	id := goroutineID()
	t.mu.Lock()
	defer t.mu.Unlock()
	tr := t.of[id]
	if tr == nil {
		tr = &trace{origin: panicOrigin()}
		t.of[id] = tr
		t.active.Store(int32(len(t.of)))
	}
	if len(tr.frames) == maxFrames {
		tr.more++
		tr.frames[maxFrames-1] = f
		return
	}
	tr.frames = append(tr.frames, f)
}

// depth is how many frames this goroutine's trace has.
func (t *traces) depth() int {
	id := goroutineID()
	t.mu.Lock()
	defer t.mu.Unlock()
	if tr := t.of[id]; tr != nil {
		return len(tr.frames)
	}
	return 0
}

// takeBack forgets the frames of panics that were recovered since the trace had
// that many.
func (t *traces) takeBack(mark int) {
	id := goroutineID()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cut(id, mark)
}

// takeBackLast forgets the frames of the goroutine's innermost panic. It has come
// to a function that it has not left, so the last frame has no name yet; a panic
// that it began in the middle of ends in such a frame as well.
func (t *traces) takeBackLast() {
	id := goroutineID()
	t.mu.Lock()
	defer t.mu.Unlock()
	if tr := t.of[id]; tr != nil {
		n := len(tr.frames) - 1
		for n > 0 && tr.frames[n-1].function != "" {
			n--
		}
		t.cut(id, n)
	}
}

// cut is called with the lock held.
func (t *traces) cut(id uint64, n int) {
	tr := t.of[id]
	if tr == nil || n >= len(tr.frames) {
		return
	}
	tr.frames, tr.more = tr.frames[:max(n, 0)], 0
	if len(tr.frames) == 0 {
		delete(t.of, id)
		t.active.Store(int32(len(t.of)))
	}
}

// take gives this goroutine's trace and forgets it.
func (t *traces) take() *trace {
	id := goroutineID()
	t.mu.Lock()
	defer t.mu.Unlock()
	tr := t.of[id]
	if tr == nil {
		return &trace{}
	}
	delete(t.of, id)
	t.active.Store(int32(len(t.of)))
	return tr
}

// reset forgets what earlier lines of a session left behind.
func (t *traces) reset() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.of)
	t.active.Store(0)
	t.exits.Store(false)
}

// dropDeferred makes what is unwound from now on run no deferred functions.
func (t *traces) dropDeferred() {
	if inside.known {
		t.exits.Store(true)
	}
}

// stopAgain stops what began to run after yaegi was told to stop.
func (t *traces) stopAgain() {
	if inside.known {
		runID(t.y).Add(1)
	}
}

// runs gives what tells what may run from what was stopped, and restoreRuns puts
// it back: closures that a session made before one of its lines was stopped may
// run again.
func (t *traces) runs() uint64 {
	if !inside.known {
		return 0
	}
	return runID(t.y).Load()
}

func (t *traces) restoreRuns(id uint64) {
	if inside.known {
		runID(t.y).Store(id)
	}
}

// String is the stack as Go prints one.
func (tr *trace) String() string {
	var b strings.Builder
	for _, f := range tr.frames {
		fmt.Fprintf(&b, "%s\n\t%s\n", f.function, f.pos)
	}
	if tr.more > 0 {
		fmt.Fprintf(&b, "... and %d more\n", tr.more)
	}
	return b.String()
}
