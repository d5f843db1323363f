package grammar

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A typ is a type of the program.
type typ struct {
	text    string       // how it is written
	kind    reflect.Kind // of its underlying type
	name    bool         // it is declared in the program
	elem    *typ
	key     *typ
	len     int
	fields  []field
	params  []*typ
	result  *typ
	methods []*function // that have no side effect and take the value
	setters []*function // that change what their receiver points at
}

type field struct {
	name     string
	typ      *typ
	embedded bool
}

// A function is one that expressions may call: it has no side effect.
type function struct {
	name   string
	params []*typ
	result *typ
	cost   int // of a call, in statements
}

var intKinds = []reflect.Kind{
	reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
	reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr,
}

var basicKinds = append(slices.Clone(intKinds),
	reflect.Float32, reflect.Float64, reflect.Complex64, reflect.Complex128,
	reflect.String, reflect.String, reflect.Bool)

func (t *typ) isInt() bool      { return slices.Contains(intKinds, t.kind) }
func (t *typ) isUnsigned() bool { return t.kind >= reflect.Uint && t.kind <= reflect.Uintptr }
func (t *typ) isFloat() bool    { return t.kind == reflect.Float32 || t.kind == reflect.Float64 }
func (t *typ) isComplex() bool  { return t.kind == reflect.Complex64 || t.kind == reflect.Complex128 }
func (t *typ) isNumber() bool   { return t.isInt() || t.isFloat() || t.isComplex() }
func (t *typ) isString() bool   { return t.kind == reflect.String }
func (t *typ) isBool() bool     { return t.kind == reflect.Bool }
func (t *typ) isOrdered() bool  { return t.isInt() || t.isFloat() || t.isString() }

// isBasic reports whether the underlying type is a basic one.
func (t *typ) isBasic() bool { return t.kind <= reflect.Complex128 || t.isString() }

// bits is the width of an integer type. The platforms are all of 64 bits.
func (t *typ) bits() int {
	switch t.kind {
	case reflect.Int8, reflect.Uint8:
		return 8
	case reflect.Int16, reflect.Uint16:
		return 16
	case reflect.Int32, reflect.Uint32:
		return 32
	}
	return 64
}

// comparable reports whether == is allowed and cannot panic.
func (t *typ) comparable() bool {
	switch t.kind {
	case reflect.Slice, reflect.Map, reflect.Func, reflect.Interface:
		return false
	case reflect.Array:
		return t.elem.comparable()
	case reflect.Struct:
		return !slices.ContainsFunc(t.fields, func(f field) bool { return !f.typ.comparable() })
	}
	return true
}

// printable reports whether fmt prints values without an address in them.
func (t *typ) printable() bool {
	switch t.kind {
	case reflect.Pointer, reflect.Func, reflect.Chan:
		return false
	case reflect.Array, reflect.Slice:
		return t.elem.printable()
	case reflect.Map:
		return t.key.printable() && t.elem.printable()
	case reflect.Struct:
		return !slices.ContainsFunc(t.fields, func(f field) bool { return !f.typ.printable() })
	}
	return true
}

// flat reports whether values have no interface in them. Only such values go into
// an any, or values could grow without end.
func (t *typ) flat() bool {
	switch t.kind {
	case reflect.Interface:
		return false
	case reflect.Array, reflect.Slice, reflect.Map:
		return t.elem.flat()
	case reflect.Struct:
		return !slices.ContainsFunc(t.fields, func(f field) bool { return !f.typ.flat() })
	}
	return true
}

// basic gives a basic type.
func (g *gen) basic(kind reflect.Kind) *typ {
	return g.intern(&typ{text: kind.String(), kind: kind})
}

// intern makes identical types the same pointer.
func (g *gen) intern(t *typ) *typ {
	if old := g.unnamed[t.text]; old != nil {
		return old
	}
	g.unnamed[t.text] = t
	return t
}

func (g *gen) sliceOf(elem *typ) *typ {
	return g.intern(&typ{text: "[]" + elem.text, kind: reflect.Slice, elem: elem})
}

func (g *gen) arrayOf(n int, elem *typ) *typ {
	return g.intern(&typ{text: fmt.Sprintf("[%d]%s", n, elem.text), kind: reflect.Array, elem: elem, len: n})
}

func (g *gen) mapOf(key, elem *typ) *typ {
	return g.intern(&typ{text: "map[" + key.text + "]" + elem.text, kind: reflect.Map, key: key, elem: elem})
}

func (g *gen) pointerTo(elem *typ) *typ {
	return g.intern(&typ{text: "*" + elem.text, kind: reflect.Pointer, elem: elem})
}

func (g *gen) funcOf(params []*typ, result *typ) *typ {
	return g.intern(&typ{text: "func(" + texts(params) + ") " + result.text, kind: reflect.Func, params: params, result: result})
}

func (g *gen) any() *typ { return g.intern(&typ{text: "any", kind: reflect.Interface}) }

func texts(types []*typ) string {
	var out []string
	for _, t := range types {
		out = append(out, t.text)
	}
	return strings.Join(out, ", ")
}

// basicType gives one of the basic types.
func (g *gen) basicType() *typ { return g.basic(pick(g, basicKinds)) }

// intType gives an integer type, maybe one of the program's.
func (g *gen) intType() *typ { return g.typeWhere((*typ).isInt) }

// typeWhere gives a basic or a declared type that is wanted.
func (g *gen) typeWhere(wanted func(*typ) bool) *typ {
	for {
		t := g.basicType()
		if len(g.named) > 0 && g.one(3) {
			t = pick(g, g.named)
		}
		if wanted(t) {
			return t
		}
	}
}

// valueType gives a type that fmt can print, composed of others up to a depth.
func (g *gen) valueType(depth int) *typ {
	if depth <= 0 || g.one(2) {
		return g.typeWhere((*typ).printable)
	}
	switch g.r.IntN(5) {
	case 0:
		return g.sliceOf(g.valueType(depth - 1))
	case 1:
		return g.arrayOf(1+g.r.IntN(4), g.valueType(depth-1))
	case 2:
		return g.mapOf(g.keyType(), g.valueType(depth-1))
	case 3:
		return g.any()
	}
	return g.structType(depth - 1)
}

// keyType gives a type that can be a key and has an order for ranging.
func (g *gen) keyType() *typ {
	return g.typeWhere(func(t *typ) bool { return t.isInt() || t.isString() })
}

// structType gives an unnamed struct type.
func (g *gen) structType(depth int) *typ {
	t := &typ{kind: reflect.Struct}
	var parts []string
	for i := range 1 + g.r.IntN(3) {
		f := field{name: fmt.Sprintf("%c", 'A'+i), typ: g.valueType(depth)}
		t.fields = append(t.fields, f)
		parts = append(parts, f.name+" "+f.typ.text)
	}
	t.text = "struct { " + strings.Join(parts, "; ") + " }"
	return g.intern(t)
}
