package rtype

import (
	"reflect"
	"unsafe"
)

// markPointers calls mark for every word of a value at off that is a pointer.
func markPointers(t *Type, off uintptr, mark func(uintptr)) {
	const word = unsafe.Sizeof(uintptr(0))
	if t.ptrBytes == 0 {
		return
	}
	switch t.Kind() {
	case reflect.Array:
		a := (*arrayType)(unsafe.Pointer(t))
		for i := range a.len {
			markPointers(a.elem, off+i*a.elem.size, mark)
		}
	case reflect.Struct:
		for _, f := range (*structType)(unsafe.Pointer(t)).fields {
			markPointers(f.typ, off+f.offset, mark)
		}
	case reflect.Interface:
		mark(off)
		mark(off + word)
	default: // the first word of all others is their only pointer
		mark(off)
	}
}
