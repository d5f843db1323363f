package ops

import (
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// at is the variable of type T at a place in the frame.
func at[T any](fr *vm.Frame, off uintptr) *T { return (*T)(unsafe.Add(fr.Mem, off)) }

// A class is a group of types that are copied alike.
type class uint8

const (
	classOther class = iota
	classEmpty
	class8
	class16
	class32
	class64
	classPointer
	classString
	classInterface
	classSlice
)

func classOf(t *rtype.Type) class {
	switch t.Kind() {
	case reflect.Bool, reflect.Int8, reflect.Uint8:
		return class8
	case reflect.Int16, reflect.Uint16:
		return class16
	case reflect.Int32, reflect.Uint32, reflect.Float32:
		return class32
	case reflect.Int, reflect.Uint, reflect.Int64, reflect.Uint64, reflect.Uintptr, reflect.Float64, reflect.Complex64:
		return class64
	case reflect.Pointer, reflect.Map, reflect.Chan, reflect.Func, reflect.UnsafePointer:
		return classPointer
	case reflect.String:
		return classString
	case reflect.Interface:
		return classInterface
	case reflect.Slice:
		return classSlice
	}
	if t.Size() == 0 {
		return classEmpty
	}
	return classOther
}

type words2 struct{ a, b unsafe.Pointer }

// move copies a value of type t, which is of class c.
func move(c class, t *rtype.Type, dst, src unsafe.Pointer) {
	switch c {
	case class64:
		*(*uint64)(dst) = *(*uint64)(src)
	case classPointer:
		*(*unsafe.Pointer)(dst) = *(*unsafe.Pointer)(src)
	case classString:
		*(*string)(dst) = *(*string)(src)
	case classInterface:
		*(*words2)(dst) = *(*words2)(src)
	case classSlice:
		*(*rtype.Slice)(dst) = *(*rtype.Slice)(src)
	case class32:
		*(*uint32)(dst) = *(*uint32)(src)
	case class8:
		*(*uint8)(dst) = *(*uint8)(src)
	case class16:
		*(*uint16)(dst) = *(*uint16)(src)
	case classEmpty:
	default:
		rtype.Move(t, dst, src)
	}
}

// Move is d = s.
func Move(t *rtype.Type, d, s uintptr) vm.Op {
	switch classOf(t) {
	case class8:
		return func(fr *vm.Frame) { *at[uint8](fr, d) = *at[uint8](fr, s) }
	case class16:
		return func(fr *vm.Frame) { *at[uint16](fr, d) = *at[uint16](fr, s) }
	case class32:
		return func(fr *vm.Frame) { *at[uint32](fr, d) = *at[uint32](fr, s) }
	case class64:
		return func(fr *vm.Frame) { *at[uint64](fr, d) = *at[uint64](fr, s) }
	case classPointer:
		return func(fr *vm.Frame) { *at[unsafe.Pointer](fr, d) = *at[unsafe.Pointer](fr, s) }
	case classString:
		return func(fr *vm.Frame) { *at[string](fr, d) = *at[string](fr, s) }
	case classInterface:
		return func(fr *vm.Frame) { *at[words2](fr, d) = *at[words2](fr, s) }
	case classSlice:
		return func(fr *vm.Frame) { *at[rtype.Slice](fr, d) = *at[rtype.Slice](fr, s) }
	case classEmpty:
		return func(*vm.Frame) {}
	}
	return func(fr *vm.Frame) { rtype.Move(t, fr.At(d), fr.At(s)) }
}

// Zero makes d the zero value.
func Zero(t *rtype.Type, d uintptr) vm.Op {
	switch classOf(t) {
	case class64:
		return func(fr *vm.Frame) { *at[uint64](fr, d) = 0 }
	case classPointer:
		return func(fr *vm.Frame) { *at[unsafe.Pointer](fr, d) = nil }
	case classString:
		return func(fr *vm.Frame) { *at[string](fr, d) = "" }
	}
	return func(fr *vm.Frame) { rtype.Clear(t, fr.At(d)) }
}

// New is d = new(T).
func New(t *rtype.Type, d uintptr) vm.Op {
	size := t.Size()
	return func(fr *vm.Frame) {
		fr.Allocate(size)
		*at[unsafe.Pointer](fr, d) = rtype.New(t)
	}
}

// deref gives the address that the pointer at p holds, moved by off bytes.
func deref(fr *vm.Frame, p, off uintptr) unsafe.Pointer {
	ptr := *at[unsafe.Pointer](fr, p)
	if ptr == nil {
		vm.NilDereference()
	}
	return unsafe.Add(ptr, off)
}

// Address is d = &(*p).field, where the field is off bytes behind p.
func Address(d, p, off uintptr) vm.Op {
	return func(fr *vm.Frame) { *at[unsafe.Pointer](fr, d) = deref(fr, p, off) }
}

// Load is d = (*p).field.
func Load(t *rtype.Type, d, p, off uintptr) vm.Op {
	switch classOf(t) {
	case class8:
		return func(fr *vm.Frame) { *at[uint8](fr, d) = *(*uint8)(deref(fr, p, off)) }
	case class32:
		return func(fr *vm.Frame) { *at[uint32](fr, d) = *(*uint32)(deref(fr, p, off)) }
	case class64:
		return func(fr *vm.Frame) { *at[uint64](fr, d) = *(*uint64)(deref(fr, p, off)) }
	case classPointer:
		return func(fr *vm.Frame) { *at[unsafe.Pointer](fr, d) = *(*unsafe.Pointer)(deref(fr, p, off)) }
	case classString:
		return func(fr *vm.Frame) { *at[string](fr, d) = *(*string)(deref(fr, p, off)) }
	case classSlice:
		return func(fr *vm.Frame) { *at[rtype.Slice](fr, d) = *(*rtype.Slice)(deref(fr, p, off)) }
	}
	c := classOf(t)
	return func(fr *vm.Frame) { move(c, t, fr.At(d), deref(fr, p, off)) }
}

// Store is (*p).field = s.
func Store(t *rtype.Type, p, off, s uintptr) vm.Op {
	switch classOf(t) {
	case class8:
		return func(fr *vm.Frame) { *(*uint8)(deref(fr, p, off)) = *at[uint8](fr, s) }
	case class32:
		return func(fr *vm.Frame) { *(*uint32)(deref(fr, p, off)) = *at[uint32](fr, s) }
	case class64:
		return func(fr *vm.Frame) { *(*uint64)(deref(fr, p, off)) = *at[uint64](fr, s) }
	case classPointer:
		return func(fr *vm.Frame) { *(*unsafe.Pointer)(deref(fr, p, off)) = *at[unsafe.Pointer](fr, s) }
	case classString:
		return func(fr *vm.Frame) { *(*string)(deref(fr, p, off)) = *at[string](fr, s) }
	}
	c := classOf(t)
	return func(fr *vm.Frame) { move(c, t, deref(fr, p, off), fr.At(s)) }
}

// NilCheck panics if the pointer at p is nil.
func NilCheck(p uintptr) vm.Op {
	return func(fr *vm.Frame) { deref(fr, p, 0) }
}

// FrameAddress is d = the address of a place in the frame, which is good until
// the statement ends.
func FrameAddress(d, place uintptr) vm.Op {
	return func(fr *vm.Frame) { *at[unsafe.Pointer](fr, d) = fr.At(place) }
}
