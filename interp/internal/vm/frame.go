package vm

import (
	"go/token"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Frame is one call of a function. Only the goroutine that runs it uses it.
type Frame struct {
	Mem    unsafe.Pointer // its variables
	PC     int            // the next instruction; negative when it returned
	Fn     *Func
	Thread *Thread

	caller   *Frame
	defers   *deferred
	panicked *Panic // what recover ends, if this is the call of a deferred function
	next     *Frame // in a free list
}

// Return ends the call. Where it did is still known, for what was deferred.
func (fr *Frame) Return() { fr.PC = ^fr.PC }

// newFrame makes a frame for a call of f.
func (th *Thread) newFrame(f *Func) *Frame {
	if f.id < len(th.free) {
		if fr := th.free[f.id]; fr != nil {
			th.free[f.id] = fr.next
			fr.next, fr.PC = nil, 0
			return fr
		}
	}
	fr := &Frame{Mem: rtype.New(f.layout), Fn: f, Thread: th}
	rtype.Move(f.layout, fr.Mem, f.image)
	for _, g := range f.Globals {
		*(*unsafe.Pointer)(unsafe.Add(fr.Mem, g.Off)) = th.Program.Variable(g.Number)
	}
	return fr
}

// release gives a frame that has returned back, for the next call.
func (fr *Frame) release() {
	f := fr.Fn
	if f.Shared {
		return
	}
	for _, s := range f.dirty {
		p := unsafe.Add(fr.Mem, s.off)
		if s.size == unsafe.Sizeof(p) {
			*(*unsafe.Pointer)(p) = nil
			continue
		}
		rtype.ClearWords(p, s.size)
	}
	th := fr.Thread
	if f.id >= len(th.free) {
		th.free = append(th.free, make([]*Frame, f.id+1-len(th.free))...)
	}
	fr.caller, fr.panicked = nil, nil
	fr.next, th.free[f.id] = th.free[f.id], fr
}

// Enter makes a frame for a call from this one. The caller sets its parameters
// and then calls Run, and Leave when it has taken the results.
func (fr *Frame) Enter(f *Func) *Frame {
	callee := fr.Thread.newFrame(f)
	callee.caller = fr
	return callee
}

// Capture gives a frame what its function captured.
func (fr *Frame) Capture(env []unsafe.Pointer) {
	for i, s := range fr.Fn.Env {
		*(*unsafe.Pointer)(unsafe.Add(fr.Mem, s.Off)) = env[i]
	}
}

// Run runs the function to its end.
func (fr *Frame) Run() {
	th := fr.Thread
	th.top = fr
	th.depth++
	if th.depth%stride == 0 {
		th.checkStack()
		fr.Allocate(0)
	}
	if fr.Fn.Defers {
		fr.runDeferring()
	} else {
		fr.exec()
	}
	th.depth--
	th.top = fr.caller
}

// Leave ends a call: the frame must not be used after it.
func (fr *Frame) Leave() { fr.release() }

// exec runs instructions until one returns. Where the next one is, is read back
// from the frame only to see whether an instruction has jumped: nothing waits for
// that.
func (fr *Frame) exec() {
	code := fr.Fn.Code
	for fr.PC >= 0 {
		for pc := fr.PC; ; {
			op := code[pc]
			pc++
			fr.PC = pc
			op(fr)
			if fr.PC != pc {
				break
			}
		}
	}
}

// RunFrom runs the instructions from pc until one returns, within a call that
// goes on: the body of a range over a function.
func (fr *Frame) RunFrom(pc int) {
	resume := fr.PC
	defer func() { fr.PC = resume }() // the iterator may recover what panics here
	fr.PC = pc
	fr.exec()
}

// pos is where the frame is.
func (fr *Frame) pos() token.Pos { return fr.Fn.posBefore(fr.PC) }

// posBefore is where the instruction before pc comes from, also if the call has
// returned there.
func (f *Func) posBefore(pc int) token.Pos {
	if pc < 0 {
		pc = ^pc
	}
	if i := pc - 1; i >= 0 && i < len(f.Pos) {
		return f.Pos[i]
	}
	return token.NoPos
}

// The signals of a program.
const (
	stopping = 1 << iota // it was told to stop
	pausing              // it is to wait while memory is looked after
)

// Loop is called by instructions that jump backwards: it is where a program can
// be stopped.
func (fr *Frame) Loop() {
	if fr.Thread.Program.signals.Load() != 0 {
		fr.Thread.heed()
	}
}

// heed is kept apart, so that Loop is inlined.
//
//go:noinline
func (th *Thread) heed() {
	th.pause()
	if th.Program.Stopped() {
		panic(stopped{})
	}
}
