package vm

import (
	"reflect"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Panic is a panic on its way through the program's code.
type Panic struct {
	Value     any
	Stack     []Location // where it began, innermost call first
	recovered bool
}

// stopped is what ends the goroutines of a program that was told to stop. What
// they deferred runs, but no far code sees it.
type stopped struct{}

// deferred is a call that waits for the end of a function: of the program's own
// code, or of compiled code.
type deferred struct {
	frame    *Frame
	compiled func()
	recovers bool // it is recover itself
	reflects bool // compiled is reflect's call of a function, which may recover
	next     *deferred
}

// Defer runs the prepared frame of a call when this one ends.
func (fr *Frame) Defer(callee *Frame) {
	fr.defers = &deferred{frame: callee, next: fr.defers}
}

// DeferCompiled runs a call of compiled code when this frame's function ends.
func (fr *Frame) DeferCompiled(call func()) {
	fr.defers = &deferred{compiled: call, next: fr.defers}
}

// DeferReflected is DeferCompiled for what calls a function by reflection.
func (fr *Frame) DeferReflected(call func()) {
	fr.defers = &deferred{compiled: call, reflects: true, next: fr.defers}
}

// DeferRecover is defer recover(). It recovers what a call of recover in the
// function could, if the function has not panicked itself.
func (fr *Frame) DeferRecover() { fr.defers = &deferred{recovers: true, next: fr.defers} }

// Recover is the predeclared function.
func (fr *Frame) Recover() any {
	p := fr.panicked
	if p == nil || p.recovered {
		return nil
	}
	if _, stop := p.Value.(stopped); stop {
		return nil
	}
	p.recovered = true
	return p.Value
}

// runDeferring runs a function that defers calls.
func (fr *Frame) runDeferring() {
	th, depth, done := fr.Thread, fr.Thread.depth, false
	defer func() {
		if done {
			return
		}
		if th.Program.dropped.Load() {
			return
		}
		p := th.panicOf(recover())
		th.top, th.depth = fr, depth
		fr.end(p)
	}()
	fr.exec()
	fr.end(nil)
	done = true
}

// end runs what was deferred, and what follows it.
func (fr *Frame) end(p *Panic) {
	if p = fr.runDefers(p); p != nil {
		fr.Thread.throw(p)
	}
	if fr.Fn.Final != nil {
		fr.Fn.Final(fr)
	}
}

// throw goes on with a panic.
func (th *Thread) throw(p *Panic) {
	th.carry = p
	panic(p.Value)
}

// panicOf describes a panic that was caught, nil for runtime.Goexit.
func (th *Thread) panicOf(v any) *Panic {
	p := th.carry
	th.carry = nil
	switch {
	case v == nil:
		return nil
	case p != nil && same(p.Value, v):
		return p
	}
	return &Panic{Value: v, Stack: append(th.Program.passed(v), th.Stack()...)}
}

// passed gives the stack of a panic that came out of compiled code, and began in
// a function of the program that the compiled code called.
func (p *Program) passed(v any) []Location {
	inner, ok := p.passing.LoadAndDelete(rtype.Goroutine())
	if !ok || !same(inner.(*Panic).Value, v) {
		return nil
	}
	return inner.(*Panic).Stack
}

// same reports whether two panic values are one. Those that cannot be compared
// are taken for one if their types are.
func same(a, b any) bool {
	t := reflect.TypeOf(a)
	if t != reflect.TypeOf(b) {
		return false
	}
	return !reflect.ValueOf(a).Comparable() || a == b
}

// runDefers runs what was deferred, while p is on its way if it is not nil. It
// returns the panic that is on its way then.
func (fr *Frame) runDefers(p *Panic) *Panic {
	for fr.defers != nil {
		d := fr.defers
		fr.defers = d.next
		if q := fr.runDeferred(d, p); q != nil {
			p = q
		} else if p != nil && p.recovered {
			p = nil
		}
	}
	return p
}

// reflect calls compiled code that calls a function by reflection, which may
// recover p.
func (prog *Program) reflect(p *Panic, call func()) {
	id := rtype.Goroutine()
	prog.reflecting.Add(1)
	prog.reflected.Store(id, p)
	defer func() {
		prog.reflected.Delete(id)
		prog.reflecting.Add(-1)
	}()
	call()
}

// runDeferred runs one deferred call and returns the panic in which it ended.
func (fr *Frame) runDeferred(d *deferred, p *Panic) (ended *Panic) {
	th, depth, done := fr.Thread, fr.Thread.depth, false
	defer func() {
		if done {
			return
		}
		if th.Program.dropped.Load() {
			return
		}
		ended = th.panicOf(recover())
		th.top, th.depth = fr, depth
		if ended == nil { // Goexit: what else was deferred runs, and the goroutine ends
			fr.runDefers(nil)
		}
	}()
	switch {
	case d.frame != nil:
		d.frame.caller, d.frame.panicked = fr, p
		d.frame.Run()
	case d.recovers:
		if p == nil {
			fr.Recover()
		}
	case d.reflects && p != nil:
		th.Program.reflect(p, d.compiled)
	default:
		d.compiled()
	}
	done = true
	return nil
}
