package rtype

import (
	"reflect"
	"sync"
	"unsafe"
)

// value is what a reflect.Value consists of.
type value struct {
	typ  *Type
	ptr  unsafe.Pointer
	flag uintptr
}

const (
	flagIndirect    = 1 << 7
	flagAddressable = 1 << 8
)

// ValueAt gives the variable of type t at p. It is what reflect.NewAt(t, p).Elem()
// is, faster.
func ValueAt(t *Type, p unsafe.Pointer) reflect.Value {
	v := value{t, p, uintptr(t.kind) | flagIndirect | flagAddressable}
	return *(*reflect.Value)(unsafe.Pointer(&v))
}

// made is what a func value that reflect.MakeFunc made points to.
type made struct {
	template
	handler *handler
}

// A handler is the closure that own gives.
type handler struct {
	code  uintptr
	owner unsafe.Pointer
}

// funcObject is what a func value of ours points to: what reflect.MakeFunc makes,
// so that compiled code can call it, and whose it is.
type funcObject struct {
	made
	own handler
}

type template struct {
	code   uintptr
	stack  unsafe.Pointer
	argLen uintptr
	regs   uintptr
	typ    *Type
}

// Call is what runs when compiled code calls a func value of ours. The engine
// sets it before the first one is made.
var Call func(owner unsafe.Pointer, args []reflect.Value) []reflect.Value

// own makes the handler that every func value of ours has, for any owner.
func own(owner unsafe.Pointer) func([]reflect.Value) []reflect.Value {
	return func(args []reflect.Value) []reflect.Value { return Call(owner, args) }
}

// What the func values of reflect.MakeFunc, and ours among them, begin with.
var stubCode, handlerCode = func() (uintptr, uintptr) {
	f := reflect.MakeFunc(reflect.TypeFor[func()](), own(nil)).Interface()
	p := (*made)((*Eface)(unsafe.Pointer(&f)).Data)
	return p.code, p.handler.code
}()

// methodCode is what the method values of reflect begin with.
var methodCode = sync.OnceValue(func() uintptr {
	f := reflect.ValueOf(reflect.ValueOf(0)).Method(0).Interface()
	return *(*uintptr)((*Eface)(unsafe.Pointer(&f)).Data)
})

// IsReflected reports whether a func value is one that reflect made, which calls
// another.
func IsReflected(fn unsafe.Pointer) bool {
	code := *(*uintptr)(fn)
	return code == stubCode || code == methodCode() || isEntry(code)
}

// A FuncMaker makes func values of one type.
type FuncMaker struct{ template template }

// NewFuncMaker prepares func values of type t.
func NewFuncMaker(t *Type) *FuncMaker {
	f := reflect.MakeFunc(t.Reflect(), own(nil)).Interface()
	return &FuncMaker{(*made)((*Eface)(unsafe.Pointer(&f)).Data).template}
}

// Make gives a func value (a pointer, as it lies in memory) that runs Call with
// owner.
func (m *FuncMaker) Make(owner unsafe.Pointer) unsafe.Pointer {
	f := &funcObject{made: made{template: m.template}, own: handler{handlerCode, owner}}
	f.handler = &f.own
	return unsafe.Pointer(f)
}

// OwnerOf gives the owner of a func value, nil if it is not one of ours.
func OwnerOf(fn unsafe.Pointer) unsafe.Pointer {
	if *(*uintptr)(fn) != stubCode {
		return nil
	}
	if h := (*made)(fn).handler; h.code == handlerCode {
		return h.owner
	}
	return nil
}
