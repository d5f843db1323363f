// Package model has the types of a program that is made up: what a generator
// chooses from and asks about.
package model

import (
	"reflect"
	"slices"
)

// A Type is a type of the program.
type Type struct {
	Text     string       // how it is written
	Kind     reflect.Kind // of its underlying type
	Declared bool         // it is declared in the program
	Elem     *Type
	Key      *Type
	Len      int
	Fields   []Field
	Params   []*Type
	Result   *Type
	Methods  []*Function // that have no side effect and take the value
	Setters  []*Function // that change what their receiver points at
}

// A Field is one of a struct.
type Field struct {
	Name     string
	Type     *Type
	Embedded bool
}

// A Function is one that expressions may call: it has no side effect.
type Function struct {
	Name   string
	Params []*Type
	Result *Type
	Cost   int // of a call, in statements
}

// IntKinds are those of the integer types.
var IntKinds = []reflect.Kind{
	reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
	reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
}

// BasicKinds are those that programs choose from.
var BasicKinds = append(slices.Clone(IntKinds),
	reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128,
	reflect.String, reflect.String, reflect.Bool)

// What the underlying type is.

func (t *Type) IsInt() bool      { return slices.Contains(IntKinds, t.Kind) }
func (t *Type) IsUnsigned() bool { return t.Kind >= reflect.Uint && t.Kind <= reflect.Uintptr }
func (t *Type) IsFloat() bool    { return t.Kind == reflect.Float32 || t.Kind == reflect.Float64 }
func (t *Type) IsComplex() bool  { return t.Kind == reflect.Complex64 || t.Kind == reflect.Complex128 }
func (t *Type) IsNumber() bool   { return t.IsInt() || t.IsFloat() || t.IsComplex() }
func (t *Type) IsString() bool   { return t.Kind == reflect.String }
func (t *Type) IsBool() bool     { return t.Kind == reflect.Bool }
func (t *Type) IsOrdered() bool  { return t.IsInt() || t.IsFloat() || t.IsString() }

// IsBasic reports whether the underlying type is a basic one.
func (t *Type) IsBasic() bool { return t.Kind <= reflect.Complex128 || t.IsString() }

// Bits is the width of an integer type. The platforms are all of 64 bits.
func (t *Type) Bits() int {
	switch t.Kind {
	case reflect.Int8, reflect.Uint8:
		return 8
	case reflect.Int16, reflect.Uint16:
		return 16
	case reflect.Int32, reflect.Uint32:
		return 32
	}
	return 64
}

// Comparable reports whether == is allowed and cannot panic.
func (t *Type) Comparable() bool {
	switch t.Kind {
	case reflect.Slice, reflect.Map, reflect.Func, reflect.Interface:
		return false
	case reflect.Array:
		return t.Elem.Comparable()
	case reflect.Struct:
		return !slices.ContainsFunc(t.Fields, func(f Field) bool { return !f.Type.Comparable() })
	}
	return true
}

// Printable reports whether fmt prints values without an address in them.
func (t *Type) Printable() bool {
	switch t.Kind {
	case reflect.Pointer, reflect.Func, reflect.Chan:
		return false
	case reflect.Array, reflect.Slice:
		return t.Elem.Printable()
	case reflect.Map:
		return t.Key.Printable() && t.Elem.Printable()
	case reflect.Struct:
		return !slices.ContainsFunc(t.Fields, func(f Field) bool { return !f.Type.Printable() })
	}
	return true
}

// Flat reports whether values have no interface in them. Only such values go into
// an any, or values could grow without end.
func (t *Type) Flat() bool {
	switch t.Kind {
	case reflect.Interface:
		return false
	case reflect.Array, reflect.Slice, reflect.Map:
		return t.Elem.Flat()
	case reflect.Struct:
		return !slices.ContainsFunc(t.Fields, func(f Field) bool { return !f.Type.Flat() })
	}
	return true
}

// Embeds reports whether a struct embeds what is called name, itself or in what
// it embeds.
func (t *Type) Embeds(name string) bool {
	for _, f := range t.Fields {
		if f.Embedded && (f.Name == name || f.Type.Embeds(name)) {
			return true
		}
	}
	return false
}
