package move

import (
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// At is the variable of type T at a place in the frame.
func At[T any](fr *vm.Frame, off uintptr) *T { return (*T)(unsafe.Add(fr.Mem, off)) }

// A Class is a group of types that are copied alike.
type Class uint8

const (
	ClassOther Class = iota
	ClassEmpty
	Class8
	Class16
	Class32
	Class64
	ClassPointer
	ClassString
	ClassInterface
	ClassSlice
)

// ClassOf gives the class of a type.
func ClassOf(t *rtype.Type) Class {
	switch t.Kind() {
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		return Class8
	case reflect.Int16, reflect.Uint16:
		return Class16
	case reflect.Int32, reflect.Uint32, reflect.Float32:
		return Class32
	case reflect.Int, reflect.Uint, reflect.Int64, reflect.Uint64, reflect.Uintptr, reflect.Float64, reflect.Complex64:
		return Class64
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return ClassPointer
	case reflect.String:
		return ClassString
	case reflect.Interface:
		return ClassInterface
	case reflect.Slice:
		return ClassSlice
	}
	if t.Size() == 0 {
		return ClassEmpty
	}
	return ClassOther
}

type words2 struct{ a, b unsafe.Pointer }

// Transfer copies a value of type t, which is of class c.
func Transfer(c Class, t *rtype.Type, dst, src unsafe.Pointer) {
	switch c {
	case Class64:
		*(*uint64)(dst) = *(*uint64)(src)
	case ClassPointer:
		*(*unsafe.Pointer)(dst) = *(*unsafe.Pointer)(src)
	case ClassString:
		*(*string)(dst) = *(*string)(src)
	case ClassInterface:
		*(*words2)(dst) = *(*words2)(src)
	case ClassSlice:
		*(*rtype.Slice)(dst) = *(*rtype.Slice)(src)
	case Class32:
		*(*uint32)(dst) = *(*uint32)(src)
	case Class8:
		*(*uint8)(dst) = *(*uint8)(src)
	case Class16:
		*(*uint16)(dst) = *(*uint16)(src)
	case ClassEmpty:
	default:
		rtype.Move(t, dst, src)
	}
}

// Copy is d = s.
func Copy(t *rtype.Type, d, s uintptr) vm.Op {
	switch ClassOf(t) {
	case Class8:
		return func(fr *vm.Frame) { *At[uint8](fr, d) = *At[uint8](fr, s) }
	case Class16:
		return func(fr *vm.Frame) { *At[uint16](fr, d) = *At[uint16](fr, s) }
	case Class32:
		return func(fr *vm.Frame) { *At[uint32](fr, d) = *At[uint32](fr, s) }
	case Class64:
		return func(fr *vm.Frame) { *At[uint64](fr, d) = *At[uint64](fr, s) }
	case ClassPointer:
		return func(fr *vm.Frame) { *At[unsafe.Pointer](fr, d) = *At[unsafe.Pointer](fr, s) }
	case ClassString:
		return func(fr *vm.Frame) { *At[string](fr, d) = *At[string](fr, s) }
	case ClassInterface:
		return func(fr *vm.Frame) { *At[words2](fr, d) = *At[words2](fr, s) }
	case ClassSlice:
		return func(fr *vm.Frame) { *At[rtype.Slice](fr, d) = *At[rtype.Slice](fr, s) }
	case ClassEmpty:
		return func(*vm.Frame) {}
	}
	return func(fr *vm.Frame) { rtype.Move(t, fr.At(d), fr.At(s)) }
}

// Zero makes d the zero value.
func Zero(t *rtype.Type, d uintptr) vm.Op {
	switch ClassOf(t) {
	case Class64:
		return func(fr *vm.Frame) { *At[uint64](fr, d) = 0 }
	case ClassPointer:
		return func(fr *vm.Frame) { *At[unsafe.Pointer](fr, d) = nil }
	case ClassString:
		return func(fr *vm.Frame) { *At[string](fr, d) = "" }
	}
	return func(fr *vm.Frame) { rtype.Clear(t, fr.At(d)) }
}

// New is d = new(T).
func New(t *rtype.Type, d uintptr) vm.Op {
	size := t.Size()
	return func(fr *vm.Frame) {
		fr.Allocate(size)
		*At[unsafe.Pointer](fr, d) = rtype.New(t)
	}
}

// Deref gives the address that the pointer at p holds, moved by off bytes.
func Deref(fr *vm.Frame, p, off uintptr) unsafe.Pointer {
	ptr := *At[unsafe.Pointer](fr, p)
	if ptr == nil {
		vm.NilDereference()
	}
	return unsafe.Add(ptr, off)
}

// Address is d = &(*p).field, where the field is off bytes behind p.
func Address(d, p, off uintptr) vm.Op {
	return func(fr *vm.Frame) { *At[unsafe.Pointer](fr, d) = Deref(fr, p, off) }
}

// BoundAddress is d = the address of a variable that is the program's own.
func BoundAddress(symbol int, d uintptr) vm.Op {
	return func(fr *vm.Frame) {
		v := fr.Thread.Program.Symbol(symbol)
		if !v.CanAddr() {
			v = v.Interface().(func() reflect.Value)()
		}
		*At[unsafe.Pointer](fr, d) = v.Addr().UnsafePointer()
	}
}

// Load is d = (*p).field.
func Load(t *rtype.Type, d, p, off uintptr) vm.Op {
	switch ClassOf(t) {
	case Class8:
		return func(fr *vm.Frame) { *At[uint8](fr, d) = *(*uint8)(Deref(fr, p, off)) }
	case Class32:
		return func(fr *vm.Frame) { *At[uint32](fr, d) = *(*uint32)(Deref(fr, p, off)) }
	case Class64:
		return func(fr *vm.Frame) { *At[uint64](fr, d) = *(*uint64)(Deref(fr, p, off)) }
	case ClassPointer:
		return func(fr *vm.Frame) { *At[unsafe.Pointer](fr, d) = *(*unsafe.Pointer)(Deref(fr, p, off)) }
	case ClassString:
		return func(fr *vm.Frame) { *At[string](fr, d) = *(*string)(Deref(fr, p, off)) }
	case ClassSlice:
		return func(fr *vm.Frame) { *At[rtype.Slice](fr, d) = *(*rtype.Slice)(Deref(fr, p, off)) }
	}
	c := ClassOf(t)
	return func(fr *vm.Frame) { Transfer(c, t, fr.At(d), Deref(fr, p, off)) }
}

// Store is (*p).field = s.
func Store(t *rtype.Type, p, off, s uintptr) vm.Op {
	switch ClassOf(t) {
	case Class8:
		return func(fr *vm.Frame) { *(*uint8)(Deref(fr, p, off)) = *At[uint8](fr, s) }
	case Class32:
		return func(fr *vm.Frame) { *(*uint32)(Deref(fr, p, off)) = *At[uint32](fr, s) }
	case Class64:
		return func(fr *vm.Frame) { *(*uint64)(Deref(fr, p, off)) = *At[uint64](fr, s) }
	case ClassPointer:
		return func(fr *vm.Frame) { *(*unsafe.Pointer)(Deref(fr, p, off)) = *At[unsafe.Pointer](fr, s) }
	case ClassString:
		return func(fr *vm.Frame) { *(*string)(Deref(fr, p, off)) = *At[string](fr, s) }
	}
	c := ClassOf(t)
	return func(fr *vm.Frame) { Transfer(c, t, Deref(fr, p, off), fr.At(s)) }
}

// NilCheck panics if the pointer at p is nil.
func NilCheck(p uintptr) vm.Op {
	return func(fr *vm.Frame) { Deref(fr, p, 0) }
}

// FrameAddress is d = the address of a place in the frame, which is good until
// the statement ends.
func FrameAddress(d, place uintptr) vm.Op {
	return func(fr *vm.Frame) { *At[unsafe.Pointer](fr, d) = fr.At(place) }
}
