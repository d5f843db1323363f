package grammar

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// expr gives an expression of a type that nests operations up to a depth. It has
// no side effect but printing, and cannot panic.
func (b *body) expr(t *typ, depth int) ex {
	if depth <= 0 || b.g.one(5) {
		return b.leaf(t)
	}
	if s, ok := b.call(t, depth-1); ok {
		return ex{s: s}
	}
	var s string
	switch {
	case t.isInt():
		s = b.intExpr(t, depth-1)
	case t.isFloat(), t.isComplex():
		s = b.floatExpr(t, depth-1)
	case t.isString():
		s = b.stringExpr(t, depth-1)
	case t.isBool():
		s = b.boolExpr(t, depth-1)
	case t.kind == reflect.Slice && b.g.one(3):
		s = b.sliceExpr(t, depth-1)
	case b.g.one(2):
		return b.leaf(t)
	default:
		s = b.composite(t, depth-1)
	}
	return ex{s: s}
}

// leaf gives a path, or else a literal.
func (b *body) leaf(t *typ) ex {
	if !b.g.one(4) {
		if s, ok := b.pathOf(t); ok {
			return ex{s: s}
		}
	}
	return b.literal(t)
}

// operand gives an expression that the compiler does not take for a constant.
func (b *body) operand(t *typ, depth int) string {
	for range 3 {
		if e := b.expr(t, depth); !e.constant {
			return e.s
		}
	}
	if s, ok := b.pathOf(t); ok {
		return s
	}
	same := b.g.helper("same", "func NAME(v "+t.text+") "+t.text+" { return v }")
	return same + "(" + b.literal(t).s + ")"
}

// call gives a call, sometimes, and if there is something to call.
func (b *body) call(t *typ, depth int) (string, bool) {
	switch b.g.r.IntN(10) {
	case 0:
		return b.callPure(t, depth)
	case 1:
		return b.callMethod(t, depth)
	case 2:
		return b.traced(t, depth)
	case 3:
		return fmt.Sprintf("func() %s {\nif %s {\nreturn %s\n}\nreturn %s\n}()",
			t.text, b.condition(depth), b.expr(t, depth).s, b.expr(t, depth).s), true
	case 4:
		found := b.paths(func(p path) bool { return p.typ.kind == reflect.Func && p.typ.result == t })
		if len(found) > 0 {
			f := pick(b.g, found)
			return b.read(f) + "(" + b.arguments(f.typ.params, depth) + ")", true
		}
	}
	return "", false
}

func (b *body) callPure(t *typ, depth int) (string, bool) {
	for _, f := range b.g.pure {
		if f.result == t && b.affords(f) {
			return f.name + "(" + b.arguments(f.params, depth) + ")", true
		}
	}
	return "", false
}

func (b *body) callMethod(t *typ, depth int) (string, bool) {
	found := b.paths(func(p path) bool { return b.methodOf(p.typ, t) != nil })
	if len(found) == 0 {
		return "", false
	}
	p := pick(b.g, found)
	m := b.methodOf(p.typ, t)
	if !b.affords(m) {
		return "", false
	}
	return b.read(p) + "." + m.name + "(" + b.arguments(m.params, depth) + ")", true
}

func (b *body) methodOf(t, result *typ) *function {
	for _, m := range t.methods {
		if m.result == result {
			return m
		}
	}
	return nil
}

// affords counts a call in, if it does not take too long.
func (b *body) affords(f *function) bool {
	if f.cost*b.mult > callMax {
		return false
	}
	b.cost += f.cost * b.mult
	return true
}

func (b *body) arguments(params []*typ, depth int) string {
	var parts []string
	for _, p := range params {
		parts = append(parts, b.expr(p, min(depth, 1)).s)
	}
	return strings.Join(parts, ", ")
}

// traced gives a call that prints its argument and gives it back.
func (b *body) traced(t *typ, depth int) (string, bool) {
	if b.silent || !t.printable() {
		return "", false
	}
	b.cost += b.mult
	trace := b.g.helper("trace", "func NAME(n int, v "+t.text+") "+t.text+" {\nfmt.Println(\"trace\", n, v)\nreturn v\n}")
	b.g.count++
	return fmt.Sprintf("%s(%d, %s)", trace, b.g.count, b.expr(t, depth).s), true
}

var intOps = []string{"+", "-", "*", "&", "|", "^", "&^"}

func (b *body) intExpr(t *typ, depth int) string {
	switch b.g.r.IntN(10) {
	case 0:
		return fmt.Sprintf("(%s %s (%s | 1))", b.operand(t, depth), pick(b.g, []string{"/", "%"}), b.operand(t, depth))
	case 1:
		return b.shift(t, depth)
	case 2:
		return pick(b.g, []string{"-", "^", "+"}) + b.operand(t, 0)
	case 3, 4:
		return b.toInt(t, depth)
	case 5:
		return b.extreme(t, depth)
	case 6:
		if found := b.paths(func(p path) bool { return p.typ.isString() || p.typ.kind == reflect.Slice || p.typ.kind == reflect.Map }); len(found) > 0 {
			return t.text + "(len(" + b.read(pick(b.g, found)) + "))"
		}
	}
	return b.binary(t, intOps, depth)
}

// binary gives an operation of two operands, of which at most one is constant.
func (b *body) binary(t *typ, ops []string, depth int) string {
	x, y := b.operand(t, depth), b.expr(t, depth).s
	if b.g.one(2) {
		x, y = y, x
	}
	return "(" + x + " " + pick(b.g, ops) + " " + y + ")"
}

func (b *body) shift(t *typ, depth int) string {
	op := pick(b.g, []string{"<<", ">>"})
	if count := b.typeWhere((*typ).isInt); count.isUnsigned() {
		return fmt.Sprintf("(%s %s %s)", b.operand(t, depth), op, b.operand(count, depth))
	}
	return fmt.Sprintf("(%s %s (%s & %d))", b.operand(t, depth), op, b.operand(b.typeWhere((*typ).isInt), depth), b.g.r.IntN(70))
}

// toInt converts to an integer type. A float is first brought to where it fits.
func (b *body) toInt(t *typ, depth int) string {
	if b.g.one(3) {
		from := b.typeWhere((*typ).isFloat)
		low := "-100"
		if t.isUnsigned() {
			low = "0"
		}
		clamp := b.g.helper("clamp", "func NAME(f float64) float64 {\nif f > "+low+" && f < 100 {\nreturn f\n}\nreturn 7\n}")
		return t.text + "(" + clamp + "(float64(" + b.operand(from, depth) + ")))"
	}
	return t.text + "(" + b.operand(b.typeWhere((*typ).isInt), depth) + ")"
}

// extreme gives a call of min or max.
func (b *body) extreme(t *typ, depth int) string {
	return pick(b.g, []string{"min", "max"}) + "(" + b.operand(t, depth) + ", " + b.list(t, 1+b.g.r.IntN(2), depth) + ")"
}

// floatExpr is for floats and for complex numbers. A product is rounded by a
// conversion, so that it is not fused with a sum.
func (b *body) floatExpr(t *typ, depth int) string {
	switch n := b.g.r.IntN(7); {
	case n == 0 && t.isFloat():
		return t.text + "(" + b.operand(b.typeWhere(func(u *typ) bool { return u.isInt() || u.isFloat() }), depth) + ")"
	case n == 0:
		part := b.g.basic(reflect.Float64)
		return fmt.Sprintf("%s(complex(%s, %s))", t.text, b.operand(part, depth), b.expr(part, depth).s)
	case n == 1:
		return "-" + b.operand(t, 0)
	case n == 2 && t.isFloat():
		return b.extreme(t, depth)
	case n == 3 && t.isFloat():
		return t.text + "(" + pick(b.g, []string{"real", "imag"}) + "(" + b.operand(b.g.basic(reflect.Complex128), depth) + "))"
	case n < 5:
		return t.text + b.binary(t, []string{"*", "/"}, depth)
	}
	return b.binary(t, []string{"+", "-"}, depth)
}

// stringExpr bounds what it makes: it may be assigned in a loop.
func (b *body) stringExpr(t *typ, depth int) string {
	operand := b.operand(t, depth)
	switch b.g.r.IntN(6) {
	case 0:
		return fmt.Sprintf("%s(rune(%s))", t.text, b.operand(b.typeWhere((*typ).isInt), depth))
	case 1:
		return fmt.Sprintf("%s[min(%d, len(%s)):]", paren(operand), b.g.r.IntN(4), operand)
	case 2:
		return fmt.Sprintf("%s(%s(%s))", t.text, pick(b.g, []string{"[]byte", "[]rune", "string"}), operand)
	case 3:
		return t.text + "(fmt.Sprint(" + b.operand(b.typeWhere((*typ).isInt), depth) + "))"
	}
	clip := b.g.helper("clip", "func NAME(s string) string { return s[:min(len(s), 40)] }")
	return t.text + "(" + clip + "(string(" + operand + " + " + b.expr(t, depth).s + ")))"
}

func paren(s string) string {
	if strings.ContainsAny(s, " +-{") {
		return "(" + s + ")"
	}
	return s
}

func (b *body) boolExpr(t *typ, depth int) string {
	var s string
	switch b.g.r.IntN(5) {
	case 0:
		return "!" + paren(b.operand(t, depth))
	case 1:
		return b.binary(t, []string{"&&", "||"}, depth)
	case 2:
		of := b.typeWhere((*typ).comparable)
		s = b.binary(of, []string{"==", "!="}, depth)
	default:
		of := b.typeWhere((*typ).isOrdered)
		s = b.binary(of, []string{"<", "<=", ">", ">=", "==", "!="}, depth)
	}
	if t.name {
		return t.text + "(" + s + ")"
	}
	return s
}

// condition gives an expression of type bool that is not constant.
func (b *body) condition(depth int) string {
	return paren(b.operand(b.g.basic(reflect.Bool), depth))
}

// sliceExpr gives a slice that shares nothing that is appended to later.
func (b *body) sliceExpr(t *typ, depth int) string {
	s, ok := b.pathOf(t)
	if !ok {
		return b.composite(t, depth)
	}
	switch b.g.r.IntN(3) {
	case 0:
		return fmt.Sprintf("append(%s[:len(%s):len(%s)], %s)", s, s, s, b.list(t.elem, 1+b.g.r.IntN(2), depth))
	case 1:
		return fmt.Sprintf("%s[:min(%s, len(%s))]", s, strconv.Itoa(b.g.r.IntN(4)), s)
	}
	return fmt.Sprintf("append(%s(nil), %s...)", t.text, s)
}
