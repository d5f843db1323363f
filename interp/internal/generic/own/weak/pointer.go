// Package weak has the generic part of the standard package of that name.
package weak

import (
	"unsafe"

	"github.com/farside-go/farside/interp/internal/generic/native"
)

// A Pointer is a weak.Pointer.
type Pointer[T any] struct {
	_    [0]*T // so that no Pointer can be converted to another one
	weak native.Weak
}

// Make is weak.Make.
func Make[T any](ptr *T) Pointer[T] { return Pointer[T]{weak: native.MakeWeak(unsafe.Pointer(ptr))} }

// Value gives the pointer, or nil when what it points to is gone.
func (p Pointer[T]) Value() *T { return (*T)(p.weak.Value()) }
