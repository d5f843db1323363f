package grammar

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// An ex is an expression. What the compiler takes for a constant is marked:
// operations on two constants are not made, because they may overflow.
type ex struct {
	s        string
	constant bool
}

// literal gives a value of a type that does not depend on any variable.
func (b *body) literal(t *model.Type) ex {
	if s, ok := b.g.Literal(t); ok {
		return ex{s, true}
	}
	return ex{b.composite(t, 0), false}
}

// composite gives a value of a type that is not basic, made of expressions.
func (b *body) composite(t *model.Type, depth int) string {
	switch t.Kind {
	case reflect.Slice:
		if b.g.One(6) {
			return fmt.Sprintf("make(%s, %d, %d)", t.Text, b.g.Rand.IntN(3), 3+b.g.Rand.IntN(3))
		}
		return t.Text + "{" + b.list(t.Elem, b.g.Rand.IntN(4), depth) + "}"
	case reflect.Array:
		if b.g.One(4) {
			return fmt.Sprintf("%s{%d: %s}", t.Text, t.Len-1, b.expr(t.Elem, depth).s)
		}
		return t.Text + "{" + b.list(t.Elem, b.g.Rand.IntN(t.Len+1), depth) + "}"
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
	panic("grammar: no literal of " + t.Text)
}

func (b *body) list(t *model.Type, n, depth int) string {
	var parts []string
	for range n {
		parts = append(parts, b.expr(t, depth).s)
	}
	return strings.Join(parts, ", ")
}

// mapLiteral gives a map with constant keys, which are all different.
func (b *body) mapLiteral(t *model.Type, depth int) string {
	var parts []string
	for i := range b.g.Rand.IntN(4) {
		key := strconv.Itoa(i * 7)
		if t.Key.IsString() {
			key = strconv.Quote(key)
		}
		parts = append(parts, key+": "+b.expr(t.Elem, depth).s)
	}
	return t.Text + "{" + strings.Join(parts, ", ") + "}"
}

func (b *body) structLiteral(t *model.Type, depth int) string {
	var parts []string
	positional := b.g.One(3)
	for _, f := range t.Fields {
		switch value := b.expr(f.Type, depth).s; {
		case positional:
			parts = append(parts, value)
		case !b.g.One(4):
			parts = append(parts, f.Name+": "+value)
		}
	}
	return t.Text + "{" + strings.Join(parts, ", ") + "}"
}

// pointer gives one to a new variable.
func (b *body) pointer(t *model.Type, depth int) string {
	switch {
	case t.Elem.Kind == reflect.Struct && b.g.One(2):
		return "&" + b.composite(t.Elem, depth)
	case t.Elem.Kind == reflect.Map || t.Elem.Kind == reflect.Pointer || t.Elem.Kind == reflect.Func || b.g.One(2):
		return "new(" + b.valueOf(t.Elem, depth) + ")"
	}
	return "new(" + t.Elem.Text + ")"
}

// valueOf gives an expression that has its type also where none is expected.
func (b *body) valueOf(t *model.Type, depth int) string {
	e := b.expr(t, depth)
	if e.constant || t.IsBool() || t.Kind == reflect.Interface {
		return t.Text + "(" + e.s + ")"
	}
	return e.s
}

// function gives a literal without side effect. It calls no function variable,
// because it may be assigned to that one.
func (b *body) function(t *model.Type, depth int) string {
	in := b.closure(1, t.Result).quiet()
	in.vars = slices.DeleteFunc(slices.Clone(in.vars), func(v variable) bool { return v.typ.Kind == reflect.Func })
	var params []string
	for _, p := range t.Params {
		name := b.g.name("p")
		in.let(name, p)
		params = append(params, name+" "+p.Text)
	}
	return fmt.Sprintf("func(%s) %s { return %s }", strings.Join(params, ", "), t.Result.Text, in.expr(t.Result, depth).s)
}

// boxed gives an any.
func (b *body) boxed(depth int) string {
	for {
		t := b.g.ValueType(1)
		if t.Flat() {
			return "any(" + b.valueOf(t, depth) + ")"
		}
	}
}
