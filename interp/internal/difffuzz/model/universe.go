package model

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
)

// A Universe is the types of one program, and what chooses among them.
type Universe struct {
	Rand    *rand.Rand
	Named   []*Type          // those that are declared
	unnamed map[string]*Type // by text, so that identical types are the same pointer
}

// NewUniverse makes a universe in which r chooses.
func NewUniverse(r *rand.Rand) *Universe {
	return &Universe{Rand: r, unnamed: map[string]*Type{}}
}

// One is true once in n times.
func (u *Universe) One(n int) bool { return u.Rand.IntN(n) == 0 }

// Pick gives one of a list.
func Pick[T any](u *Universe, list []T) T { return list[u.Rand.IntN(len(list))] }

// Basic gives a basic type.
func (u *Universe) Basic(kind reflect.Kind) *Type {
	return u.intern(&Type{Text: kind.String(), Kind: kind})
}

// intern makes identical types the same pointer.
func (u *Universe) intern(t *Type) *Type {
	if old := u.unnamed[t.Text]; old != nil {
		return old
	}
	u.unnamed[t.Text] = t
	return t
}

// These give composed types.

func (u *Universe) SliceOf(elem *Type) *Type {
	return u.intern(&Type{Text: "[]" + elem.Text, Kind: reflect.Slice, Elem: elem})
}

func (u *Universe) ArrayOf(n int, elem *Type) *Type {
	return u.intern(&Type{Text: fmt.Sprintf("[%d]%s", n, elem.Text), Kind: reflect.Array, Elem: elem, Len: n})
}

func (u *Universe) MapOf(key, elem *Type) *Type {
	return u.intern(&Type{Text: "map[" + key.Text + "]" + elem.Text, Kind: reflect.Map, Key: key, Elem: elem})
}

func (u *Universe) PointerTo(elem *Type) *Type {
	return u.intern(&Type{Text: "*" + elem.Text, Kind: reflect.Pointer, Elem: elem})
}

func (u *Universe) FuncOf(params []*Type, result *Type) *Type {
	return u.intern(&Type{Text: "func(" + Texts(params) + ") " + result.Text, Kind: reflect.Func, Params: params, Result: result})
}

// Any gives the type any.
func (u *Universe) Any() *Type { return u.intern(&Type{Text: "any", Kind: reflect.Interface}) }

// Texts lists types as they are written.
func Texts(types []*Type) string {
	var out []string
	for _, t := range types {
		out = append(out, t.Text)
	}
	return strings.Join(out, ", ")
}

// BasicType gives one of the basic types.
func (u *Universe) BasicType() *Type { return u.Basic(Pick(u, BasicKinds)) }

// IntType gives an integer type, maybe one of the program's.
func (u *Universe) IntType() *Type { return u.TypeWhere((*Type).IsInt) }

// TypeWhere gives a basic or a declared type that is wanted.
func (u *Universe) TypeWhere(wanted func(*Type) bool) *Type {
	for {
		t := u.BasicType()
		if len(u.Named) > 0 && u.One(3) {
			t = Pick(u, u.Named)
		}
		if wanted(t) {
			return t
		}
	}
}

// ValueType gives a type that fmt can print, composed of others up to a depth.
func (u *Universe) ValueType(depth int) *Type {
	if depth <= 0 || u.One(2) {
		return u.TypeWhere((*Type).Printable)
	}
	switch u.Rand.IntN(5) {
	case 0:
		return u.SliceOf(u.ValueType(depth - 1))
	case 1:
		return u.ArrayOf(1+u.Rand.IntN(4), u.ValueType(depth-1))
	case 2:
		return u.MapOf(u.KeyType(), u.ValueType(depth-1))
	case 3:
		return u.Any()
	}
	return u.StructType(depth - 1)
}

// KeyType gives a type that can be a key and has an order for ranging.
func (u *Universe) KeyType() *Type {
	return u.TypeWhere(func(t *Type) bool { return t.IsInt() || t.IsString() })
}

// StructType gives an unnamed struct type.
func (u *Universe) StructType(depth int) *Type {
	t := &Type{Kind: reflect.Struct}
	var parts []string
	for i := range 1 + u.Rand.IntN(3) {
		f := Field{Name: fmt.Sprintf("%c", 'A'+i), Type: u.ValueType(depth)}
		t.Fields = append(t.Fields, f)
		parts = append(parts, f.Name+" "+f.Type.Text)
	}
	t.Text = "struct { " + strings.Join(parts, "; ") + " }"
	return u.intern(t)
}
