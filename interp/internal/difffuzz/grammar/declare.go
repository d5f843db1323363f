package grammar

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// declareType declares a type with methods.
func (g *gen) declareType() {
	t := g.underlying()
	under := t.Text
	t.Text, t.Declared = g.name("T"), true
	if t.Kind == reflect.Struct {
		under = g.fields(t)
	}
	g.declare("type " + t.Text + " " + under)
	if g.One(3) {
		g.declareString(t)
	}
	for range g.Rand.IntN(3) {
		g.declareMethod(t)
	}
	if g.One(2) {
		g.declareSetter(t)
	}
	g.Named = append(g.Named, t)
}

// underlying gives a type to declare another by.
func (g *gen) underlying() *model.Type {
	var t model.Type
	switch n := g.Rand.IntN(8); {
	case len(g.Named) == 0, n < 2:
		t = *g.Basic(model.Pick(g.Universe, model.BasicKinds))
	case n == 2:
		t = *g.SliceOf(g.ValueType(1))
	case n == 3:
		t = *g.MapOf(g.KeyType(), g.ValueType(1))
	case n == 4:
		t = *g.ArrayOf(1+g.Rand.IntN(4), g.ValueType(1))
	default:
		t = model.Type{Kind: reflect.Struct}
	}
	return &t
}

// fields makes the fields of a declared struct. No name is used twice, so that
// promotion is never ambiguous.
func (g *gen) fields(t *model.Type) string {
	var lines []string
	for range 1 + g.Rand.IntN(4) {
		f := model.Field{Name: g.name(model.Pick(g.Universe, []string{"F", "f"})), Type: g.ValueType(1)}
		line := f.Name + " " + f.Type.Text
		if g.One(4) {
			f.Type = model.Pick(g.Universe, g.Named)
			if f.Type.Printable() && !t.Embeds(f.Type.Text) {
				f.Name, f.Embedded = f.Type.Text, true
				line = f.Name
			} else {
				f.Type = g.BasicType()
				line = f.Name + " " + f.Type.Text
			}
		}
		t.Fields = append(t.Fields, f)
		lines = append(lines, line)
	}
	return "struct {\n" + strings.Join(lines, "\n") + "\n}"
}

// declareString declares a method String, which fmt calls.
func (g *gen) declareString(t *model.Type) {
	shown := "len(r)"
	switch {
	case t.Kind == reflect.Struct:
		shown = "len(\"struct\")"
		if f := t.Fields[0]; f.Type.Kind <= reflect.Complex128 && !f.Type.Declared {
			shown = "r." + f.Name
		}
	case t.Kind <= reflect.Complex128 || t.Kind == reflect.String:
		shown = t.Kind.String() + "(r)"
	}
	g.declare(fmt.Sprintf("func (r %s) String() string { return fmt.Sprint(%q, %s, %q) }", t.Text, t.Text+"<", shown, ">"))
}

// declareMethod declares a method that has no side effect.
func (g *gen) declareMethod(t *model.Type) {
	f, params := g.signature("M")
	b := g.pureBody(f)
	b.let("r", t)
	b.returns(f.Result)
	g.declare(fmt.Sprintf("func (r %s) %s(%s) %s {\n%s}", t.Text, f.Name, params, f.Result.Text, b.text()))
	f.Cost = b.cost
	t.Methods = append(t.Methods, f)
}

// declareSetter declares a method that changes its receiver.
func (g *gen) declareSetter(t *model.Type) {
	f, params := g.signature("Set")
	b := g.pureBody(f)
	b.let("r", g.PointerTo(t))
	b.assign()
	if g.One(2) {
		b.assign()
	}
	b.w("*r = %s", b.expr(t, 1).s)
	b.returns(f.Result)
	g.declare(fmt.Sprintf("func (r *%s) %s(%s) %s {\n%s}", t.Text, f.Name, params, f.Result.Text, b.text()))
	f.Cost = b.cost
	t.Setters = append(t.Setters, f)
}

// declarePure declares a function that has no side effect.
func (g *gen) declarePure() {
	f, params := g.signature("pure")
	b := g.pureBody(f)
	b.block(1 + g.Rand.IntN(4))
	b.returns(f.Result)
	g.declare(fmt.Sprintf("func %s(%s) %s {\n%s}", f.Name, params, f.Result.Text, b.text()))
	f.Cost = b.cost
	g.pure = append(g.pure, f)
}

// signature makes a function's name and types.
func (g *gen) signature(prefix string) (f *model.Function, params string) {
	f = &model.Function{Name: g.name(prefix), Result: g.ValueType(1), Cost: 1}
	var parts []string
	for i := range g.Rand.IntN(3) {
		t := g.ValueType(1)
		f.Params = append(f.Params, t)
		parts = append(parts, fmt.Sprintf("%c %s", 'a'+i, t.Text))
	}
	return f, strings.Join(parts, ", ")
}

// pureBody starts the body of a function that sees only its parameters, and
// prints nothing.
func (g *gen) pureBody(f *model.Function) *body {
	b := &body{g: g, mult: 1, silent: true, result: f.Result}
	for i, t := range f.Params {
		b.let(string(rune('a'+i)), t)
	}
	return b
}

// returns ends a function.
func (b *body) returns(t *model.Type) { b.w("return %s", b.expr(t, 2).s) }
