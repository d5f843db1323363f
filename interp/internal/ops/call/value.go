package call

import (
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// Closure is d = a func value of fn, with the variables that it captures: the
// places of pointers to them.
func Closure(fn *vm.Func, d uintptr, captured []uintptr) vm.Op {
	return func(fr *vm.Frame) {
		c := &vm.Closure{Fn: fn, Program: fr.Thread.Program}
		if len(captured) > 0 {
			c.Env = make([]unsafe.Pointer, len(captured))
			for i, p := range captured {
				c.Env[i] = *move.At[unsafe.Pointer](fr, p)
			}
		}
		*move.At[unsafe.Pointer](fr, d) = c.FuncValue()
	}
}

// MethodValue is d = recv.method, for a method of the program's own.
func MethodValue(fn *vm.Func, t *rtype.FuncMaker, d uintptr, recv vm.Slot) vm.Op {
	return func(fr *vm.Frame) {
		bound := rtype.New(recv.Type)
		rtype.Move(recv.Type, bound, fr.At(recv.Off))
		c := &vm.Closure{Fn: fn, Program: fr.Thread.Program, Bound: bound}
		*move.At[unsafe.Pointer](fr, d) = t.Make(unsafe.Pointer(c))
	}
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
		w := *move.At[rtype.Iface](fr, v)
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
		*move.At[unsafe.Pointer](fr, d) = maker.Make(unsafe.Pointer(c))
	}
}

func setFunc(fr *vm.Frame, d uintptr, fn reflect.Value) {
	i := fn.Interface()
	*move.At[unsafe.Pointer](fr, d) = (*rtype.Eface)(unsafe.Pointer(&i)).Data
}

// setOwn sets a func value of a function that may ask who calls it.
func setOwn(fr *vm.Frame, d uintptr, fn, recv reflect.Value, maker *rtype.FuncMaker) {
	c := &vm.Closure{Program: fr.Thread.Program, Own: fn, Receiver: recv}
	*move.At[unsafe.Pointer](fr, d) = maker.Make(unsafe.Pointer(c))
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
