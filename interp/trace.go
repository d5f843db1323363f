package interp

import (
	"bytes"
	"fmt"
	"go/token"
	"runtime"
	"strconv"
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

// A stackFrame is one function of far code. The name comes after the position.
type stackFrame struct {
	function string
	pos      token.Position
	exact    bool // pos is that of the step, not of the function
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
	walk(programRoot(p), func(n node) {
		if mayPanic(n) {
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

// unwound notes a step that a panic or a Goexit passes.
func (t *traces) unwound(fset *token.FileSet, pos token.Pos, f frame) {
	if t.exits.Load() {
		forgetDeferred(f)
		return
	}
	t.add(stackFrame{pos: outerPosition(fset.Position(pos)), exact: true})
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

// takeBack forgets the frames of a panic that was recovered.
func (t *traces) takeBack(mark int) {
	id := goroutineID()
	t.mu.Lock()
	defer t.mu.Unlock()
	tr := t.of[id]
	switch {
	case tr == nil:
	case mark == 0:
		delete(t.of, id)
		t.active.Store(int32(len(t.of)))
	case mark < len(tr.frames):
		tr.frames = tr.frames[:mark]
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

// goroutineID numbers the calling goroutine. The runtime tells it only in the
// head of a stack trace; it is asked only when something panics or exits.
func goroutineID() uint64 {
	var buf [64]byte
	head := bytes.TrimPrefix(buf[:runtime.Stack(buf[:], false)], []byte("goroutine "))
	digits, _, _ := bytes.Cut(head, []byte(" "))
	id, _ := strconv.ParseUint(string(digits), 10, 64)
	return id
}

// panicOrigin gives the functions that a panic has left before it came to the
// interpreter's code, innermost first. It must be called while the panic
// unwinds the stack, before far code has seen it.
func panicOrigin() (origin []string) {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	panicked := false
	for {
		f, more := frames.Next()
		switch {
		case !panicked:
			panicked = f.Function == "runtime.gopanic"
		case strings.HasPrefix(f.Function, yaegiPackage), strings.HasPrefix(f.Function, ownPackage):
			return origin
		default:
			origin = append(origin, f.Function)
		}
		if !more {
			return origin
		}
	}
}

const (
	yaegiPackage = "github.com/traefik/yaegi/interp."
	ownPackage   = modulePath + "interp."
)

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

// parsePosition reads file:line:column.
func parsePosition(s string) (pos token.Position) {
	rest, column, ok := cutLast(s, ":")
	file, line, ok2 := cutLast(rest, ":")
	if !ok || !ok2 {
		pos.Filename = s
		return pos
	}
	pos.Filename = file
	pos.Line, _ = strconv.Atoi(line)
	pos.Column, _ = strconv.Atoi(column)
	return pos
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}
