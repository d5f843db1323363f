package ops

import (
	"reflect"
	"sync"
	"sync/atomic"
	"unsafe"

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
		move(classOf(s.Type), s.Type, dst, src)
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
	fn := *at[unsafe.Pointer](fr, t.fn)
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
	if c := vm.ClosureOf(*at[unsafe.Pointer](fr, t.fn)); c != nil && c.Own.IsValid() {
		return c.Own, c.OwnCall(fr.Thread, args)
	}
	return rtype.ValueAt(t.t, fr.At(t.fn)), args
}

// Methods are the methods of the types that the program makes, by type and name.
var methods sync.Map // methodKey -> *Method

type methodKey struct {
	t    *rtype.Type
	name string
}

// A Method is a method of a type that the program made, for values that an
// interface holds.
type Method struct {
	Fn      *vm.Func
	Code    *vm.Code
	Receive vm.Receive
}

// SetMethod makes a method known. name is qualified if it is not exported.
func SetMethod(t *rtype.Type, name string, m *Method) { methods.Store(methodKey{t, name}, m) }

func methodOf(t *rtype.Type, name string) *Method {
	m, _ := methods.Load(methodKey{t, name})
	found, _ := m.(*Method)
	return found
}

// Interface is a call of a method of an interface value. index is the method's in
// the interface type.
func Interface(inter *rtype.Type, v uintptr, name string, index int, args []vm.Slot) Target {
	return &interfaceCall{inter: inter, v: v, name: name, index: index, args: args}
}

type interfaceCall struct {
	inter *rtype.Type
	v     uintptr
	name  string
	index int
	args  arguments
	last  atomic.Pointer[methodAnswer]
}

type methodAnswer struct {
	tab *rtype.Itab
	m   *Method
	own bool // programs have an own form of it
}

func (t *interfaceCall) method(p *vm.Program, tab *rtype.Itab) *methodAnswer {
	if a := t.last.Load(); a != nil && a.tab == tab {
		return a
	}
	a := &methodAnswer{tab: tab, m: methodOf(tab.Type, t.name)}
	a.own = a.m == nil && ownMethod(p, tab.Type, t.name).IsValid()
	t.last.Store(a)
	return a
}

// ownMethod gives the program's own form of a method of a compiled type.
func ownMethod(p *vm.Program, t *rtype.Type, name string) reflect.Value {
	if p.OwnMethod == nil {
		return reflect.Value{}
	}
	return p.OwnMethod(t.Reflect(), name)
}

// lacksReceiver reports whether the call panics, but only when it is made.
func (t *interfaceCall) lacksReceiver(fr *vm.Frame) bool {
	w := *at[rtype.Iface](fr, t.v)
	if w.Tab == nil {
		return false
	}
	m := t.method(fr.Thread.Program, w.Tab).m
	return m != nil && m.Receive.Lacks(w.Data)
}

func (t *interfaceCall) enter(fr *vm.Frame) *vm.Frame {
	w := *at[rtype.Iface](fr, t.v)
	if w.Tab == nil {
		vm.NilDereference()
	}
	m := t.method(fr.Thread.Program, w.Tab).m
	if m == nil || m.Code != fr.Thread.Program.Code {
		return nil
	}
	callee := fr.Enter(m.Fn)
	p := m.Fn.Params[0]
	m.Receive.Into(m.Fn, callee.At(p.Off), w.Data)
	t.args.pass(fr, callee, 1)
	return callee
}

func (t *interfaceCall) compiled(fr *vm.Frame) (reflect.Value, []reflect.Value) {
	v := rtype.ValueAt(t.inter, fr.At(t.v))
	fn := v.Method(t.index)
	args := t.args.values(fr, paramTypes(fn.Type()))
	if p, tab := fr.Thread.Program, at[rtype.Iface](fr, t.v).Tab; t.method(p, tab).own {
		c := vm.Closure{Own: ownMethod(p, tab.Type, t.name), Receiver: v.Elem()}
		return c.Own, c.OwnCall(fr.Thread, args)
	}
	return fn, args
}

// Call calls a target and stores what it returns.
func Call(t Target, results []vm.Slot) vm.Op {
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
		move(classOf(s.Type), s.Type, fr.At(s.Off), callee.At(from[i].Off))
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
		return rtype.IsReflected(*at[unsafe.Pointer](fr, t.fn))
	}
	return false
}

// DeferNil puts off a call of a func value; that it is nil is told only then.
func DeferNil(fn uintptr, deferOp vm.Op) vm.Op {
	return func(fr *vm.Frame) {
		if *at[unsafe.Pointer](fr, fn) == nil {
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

// Closure is d = a func value of fn, with the variables that it captures: the
// places of pointers to them.
func Closure(fn *vm.Func, d uintptr, captured []uintptr) vm.Op {
	return func(fr *vm.Frame) {
		c := &vm.Closure{Fn: fn, Program: fr.Thread.Program}
		if len(captured) > 0 {
			c.Env = make([]unsafe.Pointer, len(captured))
			for i, p := range captured {
				c.Env[i] = *at[unsafe.Pointer](fr, p)
			}
		}
		*at[unsafe.Pointer](fr, d) = c.FuncValue()
	}
}

// MethodValue is d = recv.method, for a method of the program's own.
func MethodValue(fn *vm.Func, t *rtype.FuncMaker, d uintptr, recv vm.Slot) vm.Op {
	return func(fr *vm.Frame) {
		bound := rtype.New(recv.Type)
		rtype.Move(recv.Type, bound, fr.At(recv.Off))
		c := &vm.Closure{Fn: fn, Program: fr.Thread.Program, Bound: bound}
		*at[unsafe.Pointer](fr, d) = t.Make(unsafe.Pointer(c))
	}
}

// CompiledMethod is a call of a method of a compiled type. The first argument is
// the receiver.
func CompiledMethod(m reflect.Method, args []vm.Slot) Target {
	reflects := m.Name == "Call" && m.Func.Type().In(0) == reflect.TypeFor[reflect.Value]()
	return &compiled{func(*vm.Program) reflect.Value { return m.Func }, paramTypes(m.Func.Type()), args, reflects}
}

// CompiledMethodValue is d = recv.method, for a value of a compiled type.
func CompiledMethodValue(m reflect.Method, d uintptr, recv vm.Slot) vm.Op {
	return func(fr *vm.Frame) {
		setFunc(fr, d, kept(rtype.ValueAt(recv.Type, fr.At(recv.Off))).Method(m.Index))
	}
}

// BoundMethodValue is CompiledMethodValue for a method that is the program's own.
func BoundMethodValue(symbol int, d uintptr, recv vm.Slot, maker *rtype.FuncMaker) vm.Op {
	return func(fr *vm.Frame) {
		setOwn(fr, d, fr.Thread.Program.Symbol(symbol), kept(rtype.ValueAt(recv.Type, fr.At(recv.Off))), maker)
	}
}

// InterfaceMethodValue is d = v.method, for an interface value.
func InterfaceMethodValue(inter *rtype.Type, name string, index int, d, v uintptr, maker *rtype.FuncMaker) vm.Op {
	return func(fr *vm.Frame) {
		w := *at[rtype.Iface](fr, v)
		if w.Tab == nil {
			vm.NilDereference()
		}
		m := methodOf(w.Tab.Type, name)
		if m == nil {
			compiled := kept(rtype.ValueAt(inter, fr.At(v)))
			if own := ownMethod(fr.Thread.Program, w.Tab.Type, name); own.IsValid() {
				setOwn(fr, d, own, compiled.Elem(), maker)
			} else {
				setFunc(fr, d, compiled.Method(index))
			}
			return
		}
		t := m.Fn.Params[0].Type
		bound := rtype.New(t)
		m.Receive.Into(m.Fn, bound, w.Data)
		c := &vm.Closure{Fn: m.Fn, Program: fr.Thread.Program, Bound: bound}
		if m.Code != c.Program.Code {
			c.Program = m.Code.Program()
		}
		*at[unsafe.Pointer](fr, d) = maker.Make(unsafe.Pointer(c))
	}
}

func setFunc(fr *vm.Frame, d uintptr, fn reflect.Value) {
	i := fn.Interface()
	*at[unsafe.Pointer](fr, d) = (*rtype.Eface)(unsafe.Pointer(&i)).Data
}

// setOwn sets a func value of a function that may ask who calls it.
func setOwn(fr *vm.Frame, d uintptr, fn, recv reflect.Value, maker *rtype.FuncMaker) {
	c := &vm.Closure{Program: fr.Thread.Program, Own: fn, Receiver: recv}
	*at[unsafe.Pointer](fr, d) = maker.Make(unsafe.Pointer(c))
}

// Panic is panic(v), for an interface value without methods.
func Panic(v uintptr) vm.Op { return func(fr *vm.Frame) { panic(*at[any](fr, v)) } }

// Recover is d = recover().
func Recover(d uintptr) vm.Op { return func(fr *vm.Frame) { *at[any](fr, d) = fr.Recover() } }

// BoundAddress is d = the address of a variable that is the program's own.
func BoundAddress(symbol int, d uintptr) vm.Op {
	return func(fr *vm.Frame) {
		v := fr.Thread.Program.Symbol(symbol)
		if !v.CanAddr() {
			v = v.Interface().(func() reflect.Value)()
		}
		*at[unsafe.Pointer](fr, d) = v.Addr().UnsafePointer()
	}
}

// BoundFunc is d = a function that is the program's own.
func BoundFunc(symbol int, d uintptr, maker *rtype.FuncMaker) vm.Op {
	return func(fr *vm.Frame) {
		fn := fr.Thread.Program.Symbol(symbol)
		if vm.AsksThread(fn.Type()) {
			setOwn(fr, d, fn, reflect.Value{}, maker)
		} else {
			setFunc(fr, d, fn)
		}
	}
}

// DeferRecover is defer recover(): it recovers what the function that defers it
// could recover.
func DeferRecover() vm.Op {
	return (*vm.Frame).DeferRecover
}
