package vm

import (
	"fmt"
	"go/token"
	"reflect"
	"strings"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Thread is what a goroutine needs to run the program's code.
type Thread struct {
	Program *Program

	top   *Frame // the innermost frame, also while a panic passes
	depth int
	outer *Thread  // on the same goroutine, around the compiled code that called; of a deep stack only
	free  []*Frame // by function
	carry *Panic   // the panic that passes, with where it began
}

// thread gives a thread to run on, for calls that come from compiled code.
func (p *Program) thread() *Thread {
	if th, _ := p.threads.Get().(*Thread); th != nil {
		return th
	}
	return &Thread{Program: p}
}

func init() { rtype.Call = call }

// call runs a closure that compiled code calls.
func call(owner unsafe.Pointer, args []reflect.Value) []reflect.Value {
	c := (*Closure)(owner)
	if c.Go != nil {
		return c.Go(args)
	}
	if c.Own.IsValid() {
		return c.callOwn(args)
	}
	p := c.program()
	p.calls.Add(1)
	if p.tracked.Load() {
		defer p.on()()
	}
	th := p.thread()
	deep := rtype.StackUsed() > deepStack
	if deep {
		th.descend()
	}
	done := false
	defer func() {
		p.calls.Add(-1)
		if deep {
			th.ascend()
		}
		if !done {
			th.unwound(recover())
		}
	}()
	fr := th.newFrame(c.Fn)
	fr.Capture(c.Env)
	first := 0
	if c.Bound != nil {
		first = 1
		rtype.Move(c.Fn.Params[0].Type, unsafe.Add(fr.Mem, c.Fn.Params[0].Off), c.Bound)
	}
	for i, arg := range args {
		s := c.Fn.Params[first+i]
		to := unsafe.Add(fr.Mem, s.Off)
		if i == 0 && c.Receive != AsIs {
			c.Receive.Into(c.Fn, to, arg.UnsafePointer())
			continue
		}
		rtype.ValueAt(s.Type, to).Set(arg)
	}
	if p.reflecting.Load() > 0 {
		if q, ok := p.reflected.LoadAndDelete(rtype.Goroutine()); ok {
			fr.panicked = q.(*Panic)
		}
	}
	fr.Run()
	results := fr.results()
	fr.Leave()
	done = true
	p.threads.Put(th)
	return results
}

// unwound notes a panic that passes into compiled code, for the thread around it.
func (th *Thread) unwound(v any) {
	if p := th.panicOf(v); p != nil {
		th.Program.passing.Store(rtype.Goroutine(), p)
		panic(v)
	}
}

// Into stores the receiver of a method at p, of what an interface holds.
func (r Receive) Into(fn *Func, p, word unsafe.Pointer) {
	switch {
	case r == InWord:
		*(*unsafe.Pointer)(p) = word
	case word == nil:
		panic(nilReceiver(fn.Name))
	default:
		rtype.Move(fn.Params[0].Type, p, word)
	}
}

// Lacks reports whether what an interface holds is no receiver: a nil pointer,
// for a method of what it points to.
func (r Receive) Lacks(word unsafe.Pointer) bool { return r != InWord && word == nil }

// A nilReceiver is the panic of a method with a value for its receiver that is
// called by a nil pointer. It is the method's name.
type nilReceiver string

func (nilReceiver) RuntimeError() {}

func (m nilReceiver) Error() string {
	t := m[:max(strings.LastIndexByte(string(m), '.'), 0)]
	return fmt.Sprintf("value method %s called using nil *%s pointer", string(m), string(t[strings.LastIndexByte(string(t), '.')+1:]))
}

// results copies what a function returned out of its frame.
func (fr *Frame) results() []reflect.Value {
	if len(fr.Fn.Results) == 0 {
		return nil
	}
	out := make([]reflect.Value, len(fr.Fn.Results))
	for i, s := range fr.Fn.Results {
		p := rtype.New(s.Type)
		rtype.Move(s.Type, p, unsafe.Add(fr.Mem, s.Off))
		out[i] = rtype.ValueAt(s.Type, p)
	}
	return out
}

// Go runs a prepared frame on a goroutine of its own.
func (fr *Frame) Go() {
	p := fr.Thread.Program
	th := &Thread{Program: p}
	fr.Thread, fr.caller = th, nil
	p.begin()
	go func() {
		defer p.end()
		defer p.on()()
		defer p.crashed(th)
		fr.Run()
	}()
}

func (p *Program) begin() {
	p.goroutines.Add(1)
	p.group.Add(1)
}

func (p *Program) end() {
	p.goroutines.Add(-1)
	p.group.Done()
}

// GoCompiled calls a compiled function on a goroutine of its own.
func (p *Program) GoCompiled(call func()) {
	th := &Thread{Program: p}
	p.begin()
	go func() {
		defer p.end()
		defer p.on()()
		defer p.crashed(th)
		call()
	}()
}

// A Location is one call of a stack, or stands for some that were left out.
type Location struct {
	Func    string
	Pos     token.Pos
	Skipped int
}

// Stack tells where the thread is, innermost call first. Of a deep stack the
// outermost call and the innermost ones are kept.
func (th *Thread) Stack() []Location {
	return stackFrom(th.top, func(fr *Frame) *Frame { return fr.caller })
}

func stackFrom(fr *Frame, around func(*Frame) *Frame) (stack []Location) {
	const most = 100
	skipped := 0
	for ; fr != nil; fr = around(fr) {
		if len(stack) >= most && around(fr) != nil {
			skipped++
			continue
		}
		if skipped > 0 {
			stack = append(stack, Location{Skipped: skipped})
		}
		stack = append(stack, Location{Func: fr.Fn.Name, Pos: fr.pos()})
	}
	return stack
}

// NilDereference panics as the use of a nil pointer does.
func NilDereference() {
	var p *int
	sink = *p
}

var sink int
