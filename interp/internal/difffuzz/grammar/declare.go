package grammar

import (
	"fmt"
	"reflect"
	"strings"
)

// declareType declares a type with methods.
func (g *gen) declareType() {
	t := g.underlying()
	under := t.text
	t.text, t.name = g.name("T"), true
	if t.kind == reflect.Struct {
		under = g.fields(t)
	}
	g.declare("type " + t.text + " " + under)
	if g.one(3) {
		g.declareString(t)
	}
	for range g.r.IntN(3) {
		g.declareMethod(t)
	}
	if g.one(2) {
		g.declareSetter(t)
	}
	g.named = append(g.named, t)
}

// underlying gives a type to declare another by.
func (g *gen) underlying() *typ {
	var t typ
	switch n := g.r.IntN(8); {
	case len(g.named) == 0, n < 2:
		t = *g.basic(pick(g, basicKinds))
	case n == 2:
		t = *g.sliceOf(g.valueType(1))
	case n == 3:
		t = *g.mapOf(g.keyType(), g.valueType(1))
	case n == 4:
		t = *g.arrayOf(1+g.r.IntN(4), g.valueType(1))
	default:
		t = typ{kind: reflect.Struct}
	}
	return &t
}

// fields makes the fields of a declared struct. No name is used twice, so that
// promotion is never ambiguous.
func (g *gen) fields(t *typ) string {
	var lines []string
	for range 1 + g.r.IntN(4) {
		f := field{name: g.name(pick(g, []string{"F", "f"})), typ: g.valueType(1)}
		line := f.name + " " + f.typ.text
		if g.one(4) {
			f.typ = pick(g, g.named)
			if f.typ.printable() && !t.has(f.typ.text) {
				f.name, f.embedded = f.typ.text, true
				line = f.name
			} else {
				f.typ = g.basicType()
				line = f.name + " " + f.typ.text
			}
		}
		t.fields = append(t.fields, f)
		lines = append(lines, line)
	}
	return "struct {\n" + strings.Join(lines, "\n") + "\n}"
}

// has reports whether a struct embeds something, itself or in what it embeds.
func (t *typ) has(name string) bool {
	for _, f := range t.fields {
		if f.embedded && (f.name == name || f.typ.has(name)) {
			return true
		}
	}
	return false
}

// declareString declares a method String, which fmt calls.
func (g *gen) declareString(t *typ) {
	shown := "len(r)"
	switch {
	case t.kind == reflect.Struct:
		shown = "len(\"struct\")"
		if f := t.fields[0]; f.typ.kind <= reflect.Complex128 && !f.typ.name {
			shown = "r." + f.name
		}
	case t.kind <= reflect.Complex128 || t.kind == reflect.String:
		shown = t.kind.String() + "(r)"
	}
	g.declare(fmt.Sprintf("func (r %s) String() string { return fmt.Sprint(%q, %s, %q) }", t.text, t.text+"<", shown, ">"))
}

// declareMethod declares a method that has no side effect.
func (g *gen) declareMethod(t *typ) {
	f, params := g.signature("M")
	b := g.pureBody(f)
	b.let("r", t)
	b.returns(f.result)
	g.declare(fmt.Sprintf("func (r %s) %s(%s) %s {\n%s}", t.text, f.name, params, f.result.text, b.text()))
	f.cost = b.cost
	t.methods = append(t.methods, f)
}

// declareSetter declares a method that changes its receiver.
func (g *gen) declareSetter(t *typ) {
	f, params := g.signature("Set")
	b := g.pureBody(f)
	b.let("r", g.pointerTo(t))
	b.assign()
	if g.one(2) {
		b.assign()
	}
	b.w("*r = %s", b.expr(t, 1).s)
	b.returns(f.result)
	g.declare(fmt.Sprintf("func (r *%s) %s(%s) %s {\n%s}", t.text, f.name, params, f.result.text, b.text()))
	f.cost = b.cost
	t.setters = append(t.setters, f)
}

// declarePure declares a function that has no side effect.
func (g *gen) declarePure() {
	f, params := g.signature("pure")
	b := g.pureBody(f)
	b.block(1 + g.r.IntN(4))
	b.returns(f.result)
	g.declare(fmt.Sprintf("func %s(%s) %s {\n%s}", f.name, params, f.result.text, b.text()))
	f.cost = b.cost
	g.pure = append(g.pure, f)
}

// signature makes a function's name and types.
func (g *gen) signature(prefix string) (f *function, params string) {
	f = &function{name: g.name(prefix), result: g.valueType(1), cost: 1}
	var parts []string
	for i := range g.r.IntN(3) {
		t := g.valueType(1)
		f.params = append(f.params, t)
		parts = append(parts, fmt.Sprintf("%c %s", 'a'+i, t.text))
	}
	return f, strings.Join(parts, ", ")
}

// pureBody starts the body of a function that sees only its parameters, and
// prints nothing.
func (g *gen) pureBody(f *function) *body {
	b := &body{g: g, mult: 1, silent: true, result: f.result}
	for i, t := range f.params {
		b.let(string(rune('a'+i)), t)
	}
	return b
}

// returns ends a function.
func (b *body) returns(t *typ) { b.w("return %s", b.expr(t, 2).s) }
