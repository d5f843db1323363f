package grammar

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// An ex is an expression. What the compiler takes for a constant is marked:
// operations on two constants are not made, because they may overflow.
type ex struct {
	s        string
	constant bool
}

var (
	floatLiterals  = []string{"0", "1", "-1", "0.5", "1e10", "-2.25", "3.14159", "1e-7", "123456.789", "16777217"}
	stringLiterals = []string{`""`, `"a"`, `"b\n"`, `"héllo"`, `"世界"`, `"\xff\x00z"`, "`raw\\n`", `"quote\"d"`, `"a\xf0b"`, `"0123456789"`}
)

// literal gives a value of a type that does not depend on any variable.
func (b *body) literal(t *typ) ex {
	switch {
	case t.isInt():
		return ex{typed(t, reflect.Int, b.intLiteral(t)), true}
	case t.isFloat():
		return ex{typed(t, reflect.Invalid, pick(b.g, floatLiterals)), true}
	case t.isComplex():
		return ex{fmt.Sprintf("%s(complex(%s, %s))", t.text, pick(b.g, floatLiterals), pick(b.g, floatLiterals)), true}
	case t.isString():
		return ex{typed(t, reflect.String, pick(b.g, stringLiterals)), true}
	case t.isBool():
		return ex{typed(t, reflect.Bool, pick(b.g, []string{"true", "false"})), true}
	}
	return ex{b.composite(t, 0), false}
}

// typed writes a constant with its type, unless that is the type it has by itself.
func typed(t *typ, own reflect.Kind, value string) string {
	if t.kind == own && !t.name {
		return value
	}
	return t.text + "(" + value + ")"
}

// intLiteral gives a value that fits, often one at the edge.
func (b *body) intLiteral(t *typ) string {
	r, bits := b.g.r, t.bits()
	if t.isUnsigned() {
		maximum := ^uint64(0) >> (64 - bits)
		return strconv.FormatUint(pick(b.g, []uint64{0, 1, 2, 3, 7, 100, maximum, maximum - 1, maximum/2 + 1, r.Uint64() & maximum}), 10)
	}
	minimum := int64(-1) << (bits - 1)
	return strconv.FormatInt(pick(b.g, []int64{0, 1, -1, 2, 3, 7, 100, -100, minimum, minimum + 1, -(minimum + 1), r.Int64() >> (64 - bits)}), 10)
}

// composite gives a value of a type that is not basic, made of expressions.
func (b *body) composite(t *typ, depth int) string {
	switch t.kind {
	case reflect.Slice:
		if b.g.one(6) {
			return fmt.Sprintf("make(%s, %d, %d)", t.text, b.g.r.IntN(3), 3+b.g.r.IntN(3))
		}
		return t.text + "{" + b.list(t.elem, b.g.r.IntN(4), depth) + "}"
	case reflect.Array:
		if b.g.one(4) {
			return fmt.Sprintf("%s{%d: %s}", t.text, t.len-1, b.expr(t.elem, depth).s)
		}
		return t.text + "{" + b.list(t.elem, b.g.r.IntN(t.len+1), depth) + "}"
	case reflect.Map:
		return b.mapLiteral(t, depth)
	case reflect.Struct:
		return b.structLiteral(t, depth)
	case reflect.Pointer:
		return b.pointer(t, depth)
	case reflect.Func:
		return b.function(t, depth)
	case reflect.Interface:
		return b.boxed(depth)
	}
	panic("grammar: no literal of " + t.text)
}

func (b *body) list(t *typ, n, depth int) string {
	var parts []string
	for range n {
		parts = append(parts, b.expr(t, depth).s)
	}
	return strings.Join(parts, ", ")
}

// mapLiteral gives a map with constant keys, which are all different.
func (b *body) mapLiteral(t *typ, depth int) string {
	var parts []string
	for i := range b.g.r.IntN(4) {
		key := strconv.Itoa(i * 7)
		if t.key.isString() {
			key = strconv.Quote(key)
		}
		parts = append(parts, key+": "+b.expr(t.elem, depth).s)
	}
	return t.text + "{" + strings.Join(parts, ", ") + "}"
}

func (b *body) structLiteral(t *typ, depth int) string {
	var parts []string
	positional := b.g.one(3)
	for _, f := range t.fields {
		switch value := b.expr(f.typ, depth).s; {
		case positional:
			parts = append(parts, value)
		case !b.g.one(4):
			parts = append(parts, f.name+": "+value)
		}
	}
	return t.text + "{" + strings.Join(parts, ", ") + "}"
}

// pointer gives one to a new variable.
func (b *body) pointer(t *typ, depth int) string {
	switch {
	case t.elem.kind == reflect.Struct && b.g.one(2):
		return "&" + b.composite(t.elem, depth)
	case t.elem.kind == reflect.Map || t.elem.kind == reflect.Pointer || t.elem.kind == reflect.Func || b.g.one(2):
		return "new(" + b.valueOf(t.elem, depth) + ")"
	}
	return "new(" + t.elem.text + ")"
}

// valueOf gives an expression that has its type also where none is expected.
func (b *body) valueOf(t *typ, depth int) string {
	e := b.expr(t, depth)
	if e.constant || t.isBool() || t.kind == reflect.Interface {
		return t.text + "(" + e.s + ")"
	}
	return e.s
}

// function gives a literal without side effect.
func (b *body) function(t *typ, depth int) string {
	in := b.closure(1, t.result)
	in.silent = true
	var params []string
	for _, p := range t.params {
		name := b.g.name("p")
		in.let(name, p)
		params = append(params, name+" "+p.text)
	}
	return fmt.Sprintf("func(%s) %s { return %s }", strings.Join(params, ", "), t.result.text, in.expr(t.result, depth).s)
}

// boxed gives an any.
func (b *body) boxed(depth int) string {
	for {
		t := b.g.valueType(1)
		if t.flat() {
			return "any(" + b.valueOf(t, depth) + ")"
		}
	}
}
