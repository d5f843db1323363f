package call

import (
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A Target is what a call calls.
type Target interface {
	// enter gives a frame for the call with its arguments in it, nil if the
	// target is compiled code.
	enter(fr *vm.Frame) *vm.Frame

	// compiled gives the compiled function and its arguments, which are places
	// in the frame.
	compiled(fr *vm.Frame) (reflect.Value, []reflect.Value)
}

// arguments are places in the caller's frame.
type arguments []vm.Slot

// pass copies the arguments to the parameters of a callee, from the parameter
// with this index on.
func (a arguments) pass(fr, callee *vm.Frame, first int) {
	params := callee.Fn.Params[first:]
	for i := range a {
		s, p := &a[i], &params[i]
		dst, src := unsafe.Add(callee.Mem, p.Off), unsafe.Add(fr.Mem, s.Off)
		if s.Type.Size() == 8 && !s.Type.HasPointers() {
			*(*uint64)(dst) = *(*uint64)(src)
			continue
		}
		move.Transfer(move.ClassOf(s.Type), s.Type, dst, src)
	}
}

func (a arguments) values(fr *vm.Frame, types []*rtype.Type) []reflect.Value {
	in := make([]reflect.Value, len(a))
	for i := range a {
		in[i] = rtype.ValueAt(types[i], fr.At(a[i].Off))
	}
	return in
}

// paramTypes are the types of a compiled function's parameters, which may be
// others than those we made.
func paramTypes(t reflect.Type) []*rtype.Type {
	types := make([]*rtype.Type, t.NumIn())
	for i := range types {
		types[i] = rtype.Of(t.In(i))
	}
	return types
}

// Static is a call of a function that is known.
func Static(fn *vm.Func, args []vm.Slot) Target { return &static{fn, args} }

type static struct {
	fn   *vm.Func
	args arguments
}

func (t *static) enter(fr *vm.Frame) *vm.Frame {
	callee := fr.Enter(t.fn)
	t.args.pass(fr, callee, 0)
	return callee
}

func (t *static) compiled(*vm.Frame) (reflect.Value, []reflect.Value) { panic("unreachable") }

// A Symbol gives a compiled function, or what a program has in its place.
type Symbol func(*vm.Program) reflect.Value

// Compiled is a call of a compiled function, which is asked for at each call.
func Compiled(fn Symbol, t reflect.Type, args []vm.Slot) Target {
	return &compiled{fn, paramTypes(t), args, false}
}

type compiled struct {
	fn    Symbol
	types []*rtype.Type
	args  arguments

	reflects bool // it is reflect.Value.Call
}

func (t *compiled) enter(*vm.Frame) *vm.Frame { return nil }

func (t *compiled) compiled(fr *vm.Frame) (reflect.Value, []reflect.Value) {
	fn, args := t.fn(fr.Thread.Program), t.args.values(fr, t.types)
	if vm.AsksThread(fn.Type()) {
		args = append([]reflect.Value{reflect.ValueOf(fr.Thread)}, args...)
	}
	return fn, args
}

// CompiledMethod is a call of a method of a compiled type. The first argument is
// the receiver.
func CompiledMethod(m reflect.Method, args []vm.Slot) Target {
	reflects := m.Name == "Call" && m.Func.Type().In(0) == reflect.TypeFor[reflect.Value]()
	return &compiled{func(*vm.Program) reflect.Value { return m.Func }, paramTypes(m.Func.Type()), args, reflects}
}

// Dynamic is a call of a func value.
func Dynamic(t *rtype.Type, fn uintptr, args []vm.Slot) Target {
	return &dynamicCall{t, fn, paramTypes(t.Reflect()), args}
}

type dynamicCall struct {
	t     *rtype.Type
	fn    uintptr
	types []*rtype.Type
	args  arguments
}

func (t *dynamicCall) enter(fr *vm.Frame) *vm.Frame {
	fn := *move.At[unsafe.Pointer](fr, t.fn)
	if fn == nil {
		vm.NilDereference()
	}
	c := vm.ClosureOf(fn)
	if c == nil || c.Fn == nil || c.Receive != vm.AsIs || c.Program == nil || c.Program.State != fr.Thread.Program.State {
		return nil
	}
	callee := fr.Enter(c.Fn)
	callee.Capture(c.Env)
	first := 0
	if c.Bound != nil {
		first = 1
		p := c.Fn.Params[0]
		rtype.Move(p.Type, callee.At(p.Off), c.Bound)
	}
	t.args.pass(fr, callee, first)
	return callee
}

func (t *dynamicCall) compiled(fr *vm.Frame) (reflect.Value, []reflect.Value) {
	args := t.args.values(fr, t.types)
	if c := vm.ClosureOf(*move.At[unsafe.Pointer](fr, t.fn)); c != nil && c.Own.IsValid() {
		return c.Own, c.OwnCall(fr.Thread, args)
	}
	return rtype.ValueAt(t.t, fr.At(t.fn)), args
}

// Do calls a target and stores what it returns.
func Do(t Target, results []vm.Slot) vm.Op {
	if s, ok := t.(*static); ok {
		return callStatic(s, results)
	}
	return func(fr *vm.Frame) {
		if callee := t.enter(fr); callee != nil {
			finish(fr, callee, results)
			return
		}
		fn, args := t.compiled(fr)
		for i, v := range invoke(fn, args) {
			if i < len(results) {
				store(fr, results[i], v)
			}
		}
	}
}

func callStatic(t *static, results []vm.Slot) vm.Op {
	return func(fr *vm.Frame) {
		callee := fr.Enter(t.fn)
		t.args.pass(fr, callee, 0)
		finish(fr, callee, results)
	}
}

// finish runs a callee and takes its results.
func finish(fr, callee *vm.Frame, results []vm.Slot) {
	callee.Run()
	from := callee.Fn.Results
	for i := range results {
		s := &results[i]
		move.Transfer(move.ClassOf(s.Type), s.Type, fr.At(s.Off), callee.At(from[i].Off))
	}
	callee.Leave()
}

// store stores a result of compiled code. Its type may be another than the one
// that we made for it, but lies the same.
func store(fr *vm.Frame, s vm.Slot, v reflect.Value) {
	rtype.ValueAt(rtype.Of(v.Type()), fr.At(s.Off)).Set(v)
}

func invoke(fn reflect.Value, args []reflect.Value) []reflect.Value {
	if fn.Type().IsVariadic() {
		return fn.CallSlice(args)
	}
	return fn.Call(args)
}

// Go starts a call on a goroutine of its own.
func Go(t Target) vm.Op {
	return func(fr *vm.Frame) {
		fr.Allocate(0)
		if callee := t.enter(fr); callee != nil {
			callee.Go()
			return
		}
		fr.Thread.Program.GoCompiled(later(t, fr))
	}
}

// Defer puts a call off to the end of the function.
func Defer(t Target) vm.Op {
	return func(fr *vm.Frame) {
		if i, ok := t.(*interfaceCall); ok && i.lacksReceiver(fr) {
			fr.DeferCompiled(func() { i.enter(fr) }) // which panics then
			return
		}
		if callee := t.enter(fr); callee != nil {
			fr.Defer(callee)
			return
		}
		call := later(t, fr)
		if reflects(t, fr) {
			fr.DeferReflected(call)
		} else {
			fr.DeferCompiled(call)
		}
	}
}

// reflects reports whether what compiled code of a target calls is called by
// reflection, in its place.
func reflects(t Target, fr *vm.Frame) bool {
	switch t := t.(type) {
	case *compiled:
		return t.reflects
	case *dynamicCall:
		return rtype.IsReflected(*move.At[unsafe.Pointer](fr, t.fn))
	}
	return false
}

// DeferNil puts off a call of a func value; that it is nil is told only then.
func DeferNil(fn uintptr, deferOp vm.Op) vm.Op {
	return func(fr *vm.Frame) {
		if *move.At[unsafe.Pointer](fr, fn) == nil {
			fr.DeferCompiled(vm.NilDereference)
			return
		}
		deferOp(fr)
	}
}

// later gives a call of compiled code with the arguments of now.
func later(t Target, fr *vm.Frame) func() {
	fn, args := t.compiled(fr)
	fn = kept(fn)
	for i := range args {
		args[i] = kept(args[i])
	}
	return func() { invoke(fn, args) }
}

// kept copies a value out of the frame.
func kept(v reflect.Value) reflect.Value {
	if !v.CanAddr() {
		return v
	}
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}
