package call

import (
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

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
	w := *move.At[rtype.Iface](fr, t.v)
	if w.Tab == nil {
		return false
	}
	m := t.method(fr.Thread.Program, w.Tab).m
	return m != nil && m.Receive.Lacks(w.Data)
}

func (t *interfaceCall) enter(fr *vm.Frame) *vm.Frame {
	w := *move.At[rtype.Iface](fr, t.v)
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
	if p, tab := fr.Thread.Program, move.At[rtype.Iface](fr, t.v).Tab; t.method(p, tab).own {
		c := vm.Closure{Own: ownMethod(p, tab.Type, t.name), Receiver: v.Elem()}
		return c.Own, c.OwnCall(fr.Thread, args)
	}
	return fn, args
}
