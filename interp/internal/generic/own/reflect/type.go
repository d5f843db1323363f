// Package reflect has the generic part of the standard package of that name.
package reflect

import "reflect"

// Type and Value are those of the standard package.
type (
	Type  = reflect.Type
	Value = reflect.Value
)

// TypeFor is reflect.TypeFor.
func TypeFor[T any]() Type { return reflect.TypeOf((*T)(nil)).Elem() }

// TypeAssert is reflect.TypeAssert.
func TypeAssert[T any](v Value) (T, bool) {
	if !v.IsValid() {
		panic(&reflect.ValueError{Method: "reflect.TypeAssert", Kind: reflect.Invalid})
	}
	if !v.CanInterface() {
		panic("reflect.TypeAssert: cannot return value obtained from unexported field or method")
	}
	t, ok := v.Interface().(T)
	return t, ok
}
