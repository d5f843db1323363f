package grammar

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// expr gives an expression of a type that nests operations up to a depth. It has
// no side effect but printing, and cannot panic.
func (b *body) expr(t *model.Type, depth int) ex {
	if depth <= 0 || b.g.One(5) {
		return b.leaf(t)
	}
	if s, ok := b.call(t, depth-1); ok {
		return ex{s: s}
	}
	var s string
	switch {
	case t.IsInt():
		s = b.intExpr(t, depth-1)
	case t.IsFloat(), t.IsComplex():
		s = b.floatExpr(t, depth-1)
	case t.IsString():
		s = b.stringExpr(t, depth-1)
	case t.IsBool():
		s = b.boolExpr(t, depth-1)
	case t.Kind == reflect.Slice && b.g.One(3):
		s = b.sliceExpr(t, depth-1)
	case b.g.One(2):
		return b.leaf(t)
	default:
		s = b.composite(t, depth-1)
	}
	return ex{s: s}
}

// leaf gives a path, or else a literal.
func (b *body) leaf(t *model.Type) ex {
	if !b.g.One(4) {
		if s, ok := b.pathOf(t); ok {
			return ex{s: s}
		}
	}
	return b.literal(t)
}

// operand gives an expression that the compiler does not take for a constant.
func (b *body) operand(t *model.Type, depth int) string {
	for range 3 {
		if e := b.expr(t, depth); !e.constant {
			return e.s
		}
	}
	if s, ok := b.pathOf(t); ok {
		return s
	}
	same := b.g.helper("same", "func NAME(v "+t.Text+") "+t.Text+" { return v }")
	return same + "(" + b.literal(t).s + ")"
}

// call gives a call, sometimes, and if there is something to call.
func (b *body) call(t *model.Type, depth int) (string, bool) {
	switch b.g.Rand.IntN(10) {
	case 0:
		return b.callPure(t, depth)
	case 1:
		return b.callMethod(t, depth)
	case 2:
		return b.traced(t, depth)
	case 3:
		return fmt.Sprintf("func() %s {\nif %s {\nreturn %s\n}\nreturn %s\n}()",
			t.Text, b.condition(depth), b.expr(t, depth).s, b.expr(t, depth).s), true
	case 4:
		found := b.paths(func(p path) bool { return p.typ.Kind == reflect.Func && p.typ.Result == t })
		if len(found) > 0 {
			f := model.Pick(b.g.Universe, found)
			return b.read(f) + "(" + b.arguments(f.typ.Params, depth) + ")", true
		}
	}
	return "", false
}

func (b *body) callPure(t *model.Type, depth int) (string, bool) {
	for _, f := range b.g.pure {
		if f.Result == t && b.affords(f) {
			return f.Name + "(" + b.arguments(f.Params, depth) + ")", true
		}
	}
	return "", false
}

func (b *body) callMethod(t *model.Type, depth int) (string, bool) {
	found := b.paths(func(p path) bool { return b.methodOf(p.typ, t) != nil })
	if len(found) == 0 {
		return "", false
	}
	p := model.Pick(b.g.Universe, found)
	m := b.methodOf(p.typ, t)
	if !b.affords(m) {
		return "", false
	}
	return b.read(p) + "." + m.Name + "(" + b.arguments(m.Params, depth) + ")", true
}

func (b *body) methodOf(t, result *model.Type) *model.Function {
	for _, m := range t.Methods {
		if m.Result == result {
			return m
		}
	}
	return nil
}

// affords counts a call in, if it does not take too long.
func (b *body) affords(f *model.Function) bool {
	if f.Cost*b.mult > callMax {
		return false
	}
	b.cost += f.Cost * b.mult
	return true
}

func (b *body) arguments(params []*model.Type, depth int) string {
	var parts []string
	for _, p := range params {
		parts = append(parts, b.expr(p, min(depth, 1)).s)
	}
	return strings.Join(parts, ", ")
}

// traced gives a call that prints its argument and gives it back.
func (b *body) traced(t *model.Type, depth int) (string, bool) {
	if b.silent || !t.Printable() {
		return "", false
	}
	b.cost += b.mult
	trace := b.g.helper("trace", "func NAME(n int, v "+t.Text+") "+t.Text+" {\nfmt.Println(\"trace\", n, v)\nreturn v\n}")
	b.g.count++
	return fmt.Sprintf("%s(%d, %s)", trace, b.g.count, b.expr(t, depth).s), true
}

var intOps = []string{"+", "-", "*", "&", "|", "^", "&^"}

func (b *body) intExpr(t *model.Type, depth int) string {
	switch b.g.Rand.IntN(10) {
	case 0:
		return fmt.Sprintf("(%s %s (%s | 1))", b.operand(t, depth), model.Pick(b.g.Universe, []string{"/", "%"}), b.operand(t, depth))
	case 1:
		return b.shift(t, depth)
	case 2:
		return model.Pick(b.g.Universe, []string{"-", "^", "+"}) + b.operand(t, 0)
	case 3, 4:
		return b.toInt(t, depth)
	case 5:
		return b.extreme(t, depth)
	case 6:
		if found := b.paths(func(p path) bool { return p.typ.IsString() || p.typ.Kind == reflect.Slice || p.typ.Kind == reflect.Map }); len(found) > 0 {
			return t.Text + "(len(" + b.read(model.Pick(b.g.Universe, found)) + "))"
		}
	}
	return b.binary(t, intOps, depth)
}

// binary gives an operation of two operands, of which at most one is constant.
func (b *body) binary(t *model.Type, ops []string, depth int) string {
	x, y := b.operand(t, depth), b.expr(t, depth).s
	if b.g.One(2) {
		x, y = y, x
	}
	return "(" + x + " " + model.Pick(b.g.Universe, ops) + " " + y + ")"
}

func (b *body) shift(t *model.Type, depth int) string {
	op := model.Pick(b.g.Universe, []string{"<<", ">>"})
	if count := b.typeWhere((*model.Type).IsInt); count.IsUnsigned() {
		return fmt.Sprintf("(%s %s %s)", b.operand(t, depth), op, b.operand(count, depth))
	}
	return fmt.Sprintf("(%s %s (%s & %d))", b.operand(t, depth), op, b.operand(b.typeWhere((*model.Type).IsInt), depth), b.g.Rand.IntN(70))
}

// toInt converts to an integer type. A float is first brought to where it fits.
func (b *body) toInt(t *model.Type, depth int) string {
	if b.g.One(3) {
		from := b.typeWhere((*model.Type).IsFloat)
		low := "-100"
		if t.IsUnsigned() {
			low = "0"
		}
		clamp := b.g.helper("clamp", "func NAME(f float64) float64 {\nif f > "+low+" && f < 100 {\nreturn f\n}\nreturn 7\n}")
		return t.Text + "(" + clamp + "(float64(" + b.operand(from, depth) + ")))"
	}
	return t.Text + "(" + b.operand(b.typeWhere((*model.Type).IsInt), depth) + ")"
}

// extreme gives a call of min or max.
func (b *body) extreme(t *model.Type, depth int) string {
	return model.Pick(b.g.Universe, []string{"min", "max"}) + "(" + b.operand(t, depth) + ", " + b.list(t, 1+b.g.Rand.IntN(2), depth) + ")"
}

// floatExpr is for floats and for complex numbers. A product is rounded by a
// conversion, so that it is not fused with a sum.
func (b *body) floatExpr(t *model.Type, depth int) string {
	switch n := b.g.Rand.IntN(7); {
	case n == 0 && t.IsFloat():
		return t.Text + "(" + b.operand(b.typeWhere(func(u *model.Type) bool { return u.IsInt() || u.IsFloat() }), depth) + ")"
	case n == 0:
		part := b.g.Basic(reflect.Float64)
		return fmt.Sprintf("%s(complex(%s, %s))", t.Text, b.operand(part, depth), b.expr(part, depth).s)
	case n == 1:
		return "-" + b.operand(t, 0)
	case n == 2 && t.IsFloat():
		return b.extreme(t, depth)
	case n == 3 && t.IsFloat():
		return t.Text + "(" + model.Pick(b.g.Universe, []string{"real", "imag"}) + "(" + b.operand(b.g.Basic(reflect.Complex128), depth) + "))"
	case n < 5:
		return t.Text + b.binary(t, []string{"*", "/"}, depth)
	}
	return b.binary(t, []string{"+", "-"}, depth)
}

// stringExpr bounds what it makes: it may be assigned in a loop.
func (b *body) stringExpr(t *model.Type, depth int) string {
	operand := b.operand(t, depth)
	switch b.g.Rand.IntN(6) {
	case 0:
		return fmt.Sprintf("%s(rune(%s))", t.Text, b.operand(b.typeWhere((*model.Type).IsInt), depth))
	case 1:
		return fmt.Sprintf("%s[min(%d, len(%s)):]", paren(operand), b.g.Rand.IntN(4), operand)
	case 2:
		return fmt.Sprintf("%s(%s(%s))", t.Text, model.Pick(b.g.Universe, []string{"[]byte", "[]rune", "string"}), operand)
	case 3:
		return t.Text + "(fmt.Sprint(" + b.operand(b.typeWhere((*model.Type).IsInt), depth) + "))"
	}
	clip := b.g.helper("clip", "func NAME(s string) string { return s[:min(len(s), 40)] }")
	return t.Text + "(" + clip + "(string(" + operand + " + " + b.expr(t, depth).s + ")))"
}

func paren(s string) string {
	if strings.ContainsAny(s, " +-{") {
		return "(" + s + ")"
	}
	return s
}

func (b *body) boolExpr(t *model.Type, depth int) string {
	var s string
	switch b.g.Rand.IntN(5) {
	case 0:
		return "!" + paren(b.operand(t, depth))
	case 1:
		return b.binary(t, []string{"&&", "||"}, depth)
	case 2:
		of := b.typeWhere((*model.Type).Comparable)
		s = b.binary(of, []string{"==", "!="}, depth)
	default:
		of := b.typeWhere((*model.Type).IsOrdered)
		s = b.binary(of, []string{"<", "<=", ">", ">=", "==", "!="}, depth)
	}
	if t.Declared {
		return t.Text + "(" + s + ")"
	}
	return s
}

// condition gives an expression of type bool that is not constant.
func (b *body) condition(depth int) string {
	return paren(b.operand(b.g.Basic(reflect.Bool), depth))
}

// sliceExpr gives a slice that shares nothing that is appended to later.
func (b *body) sliceExpr(t *model.Type, depth int) string {
	s, ok := b.pathOf(t)
	if !ok {
		return b.composite(t, depth)
	}
	switch b.g.Rand.IntN(3) {
	case 0:
		return fmt.Sprintf("append(%s[:len(%s):len(%s)], %s)", s, s, s, b.list(t.Elem, 1+b.g.Rand.IntN(2), depth))
	case 1:
		return fmt.Sprintf("%s[:min(%s, len(%s))]", s, strconv.Itoa(b.g.Rand.IntN(4)), s)
	}
	return fmt.Sprintf("append(%s(nil), %s...)", t.Text, s)
}
