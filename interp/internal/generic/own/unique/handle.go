// Package unique has the generic part of the standard package of that name.
package unique

import "github.com/farside-go/farside/interp/internal/generic/native"

// A Handle is a unique.Handle.
type Handle[T comparable] struct{ unique native.Unique }

// Make is unique.Make.
func Make[T comparable](value T) Handle[T] { return Handle[T]{native.MakeUnique(value)} }

// Value gives a copy of what the handle was made of.
func (h Handle[T]) Value() T {
	value, _ := h.unique.Value().(T) // a nil interface is no T, but its zero value
	return value
}
