// Package atomic has the generic part of the standard package of that name.
package atomic

import (
	"sync/atomic"
	"unsafe"
)

// A Pointer is an atomic.Pointer.
type Pointer[T any] struct {
	_ [0]*T // so that no Pointer can be converted to another one
	v unsafe.Pointer
}

// Load loads the pointer.
func (x *Pointer[T]) Load() *T { return (*T)(atomic.LoadPointer(&x.v)) }

// Store stores val.
func (x *Pointer[T]) Store(val *T) { atomic.StorePointer(&x.v, unsafe.Pointer(val)) }

// Swap stores new and gives what was there.
func (x *Pointer[T]) Swap(new *T) (old *T) {
	return (*T)(atomic.SwapPointer(&x.v, unsafe.Pointer(new)))
}

// CompareAndSwap stores new if old is there.
func (x *Pointer[T]) CompareAndSwap(old, new *T) (swapped bool) {
	return atomic.CompareAndSwapPointer(&x.v, unsafe.Pointer(old), unsafe.Pointer(new))
}
