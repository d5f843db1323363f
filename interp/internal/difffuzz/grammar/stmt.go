package grammar

import (
	"reflect"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

// depthMax is how deep blocks are nested.
const depthMax = 4

// block writes n statements.
func (b *body) block(n int) {
	for range n {
		b.stmt()
	}
}

// stmt writes a statement.
func (b *body) stmt() {
	switch n := b.g.Rand.IntN(16); {
	case n < 3:
		b.declare()
	case n < 6:
		b.assign()
	case n < 9:
		b.print()
	case b.depth >= depthMax || b.mult > multMax:
		b.assign()
	case n < 11:
		b.loopStmt()
	case n == 11:
		b.ifStmt()
	case n == 12:
		b.switchStmt()
	case n == 13:
		b.element()
	case n == 14:
		b.callStmt()
	default:
		b.jump()
	}
}

// declare writes the declaration of a variable.
func (b *body) declare() {
	t := b.g.ValueType(2)
	switch b.g.Rand.IntN(8) {
	case 0:
		t = b.g.PointerTo(t)
	case 1:
		t = b.g.FuncOf([]*model.Type{b.g.ValueType(0)}, b.g.ValueType(0))
	}
	name, depth := b.g.name("v"), b.g.Rand.IntN(3)
	switch zero := t.Kind != reflect.Pointer && t.Kind != reflect.Func; {
	case zero && b.g.One(5):
		b.w("var %s %s", name, t.Text)
	case b.g.One(2):
		b.w("var %s %s = %s", name, t.Text, b.expr(t, depth).s)
	default:
		b.w("%s := %s", name, b.valueOf(t, depth))
	}
	b.w("_ = %s", name)
	b.let(name, t)
}

// targets gives what can be assigned to.
func (b *body) targets() []path { return b.paths(func(p path) bool { return p.set }) }

// assign writes an assignment.
func (b *body) assign() {
	found := b.targets()
	if len(found) == 0 {
		b.declare()
		return
	}
	p := model.Pick(b.g.Universe, found)
	switch n := b.g.Rand.IntN(6); {
	case n == 0 && p.typ.Kind == reflect.Pointer:
		if same := b.paths(func(q path) bool { return q.ref && q.typ == p.typ.Elem }); len(same) > 0 {
			b.w("%s = &%s", p.s, model.Pick(b.g.Universe, same).s)
		}
	case n < 3 && p.typ.IsInt():
		b.operate(p)
	case n == 3 && p.typ.IsNumber():
		b.w("%s%s", p.s, model.Pick(b.g.Universe, []string{"++", "--"}))
	case n == 4:
		q := model.Pick(b.g.Universe, found)
		b.w("%s, %s = %s, %s", p.s, q.s, b.expr(p.typ, 1).s, b.expr(q.typ, 1).s)
	default:
		b.w("%s = %s", p.s, b.expr(p.typ, 2).s)
	}
}

// operate writes an assignment with an operation on an integer.
func (b *body) operate(p path) {
	switch b.g.Rand.IntN(3) {
	case 0:
		b.w("%s %s= %s & 15", p.s, model.Pick(b.g.Universe, []string{"<<", ">>"}), b.operand(p.typ, 0))
	case 1:
		b.w("%s %s= %s | 1", p.s, model.Pick(b.g.Universe, []string{"/", "%"}), b.operand(p.typ, 1))
	default:
		b.w("%s %s= %s", p.s, model.Pick(b.g.Universe, intOps), b.expr(p.typ, 1).s)
	}
}

var verbs = []string{"%v", "%v", "%v", "%+v", "%+v", "%#v", "%#v", "%T", "%d", "%x", "%X", "%q", "%s", "%t", "%e", "%g",
	"%b", "%o", "%c", "%U", "%08b", "%6.2f", "%-10v|", "%+d", "% x", "%#x", "%10.3v|", "%03d", "%+q"}

// print prints some of what is in scope.
func (b *body) print() {
	found := b.paths(func(p path) bool { return p.typ.Printable() })
	if b.silent || len(found) == 0 {
		b.assign()
		return
	}
	if b.g.One(2) {
		p := model.Pick(b.g.Universe, found)
		b.w("fmt.Println(%s\", %s, %s)", b.tag(), b.read(p), b.expr(b.g.ValueType(0), 2).s)
		return
	}
	format, args := "", ""
	for range 1 + b.g.Rand.IntN(3) {
		p := model.Pick(b.g.Universe, found)
		s := b.read(p)
		if p.ref && p.typ.Kind >= reflect.Array && p.typ.Kind != reflect.Interface && p.typ.Kind != reflect.String && b.g.One(4) {
			s = "&" + s // fmt prints what it points at
		}
		format, args = format+" "+model.Pick(b.g.Universe, verbs), args+", "+s
	}
	b.w("fmt.Printf(%s%s\\n\"%s)", b.tag(), format, args)
}

func (b *body) ifStmt() {
	vars := b.vars
	if b.g.One(3) {
		name, t := b.g.name("v"), b.g.ValueType(0)
		value := paren(b.valueOf(t, 1))
		b.let(name, t)
		b.w("if %s := %s; %s {\n_ = %s", name, value, b.condition(1), name)
	} else {
		b.w("if %s {", b.condition(2))
	}
	b.nest(1, func() { b.block(1 + b.g.Rand.IntN(2)) })
	for b.g.One(3) {
		b.w("} else if %s {", b.condition(2))
		b.nest(1, func() { b.block(1 + b.g.Rand.IntN(2)) })
	}
	if b.g.One(2) {
		b.w("} else {")
		b.nest(1, func() { b.block(1) })
	}
	b.w("}")
	b.vars = vars
}

// switchStmt writes a switch over values, over conditions, or over types.
func (b *body) switchStmt() {
	if b.g.One(3) {
		b.typeSwitch()
		return
	}
	t := b.typeWhere((*model.Type).IsOrdered)
	tag := b.g.One(2)
	if tag {
		x := b.g.name("x")
		b.w("switch %s := %s; %s {", x, paren(b.valueOf(t, 2)), x)
	} else {
		b.w("switch {")
	}
	n := 1 + b.g.Rand.IntN(3)
	for i := range n {
		if tag {
			b.w("case %s:", b.operand(t, 1))
		} else {
			b.w("case %s:", b.condition(1))
		}
		b.nest(1, func() { b.block(1 + b.g.Rand.IntN(2)) })
		if i < n-1 && b.g.One(4) {
			b.w("fallthrough")
		}
	}
	if b.g.One(2) {
		b.w("default:")
		b.nest(1, func() { b.block(1) })
	}
	b.w("}")
}

// typeSwitch writes a switch over the type of an any, in which each case has a
// variable of its own type.
func (b *body) typeSwitch() {
	name := b.g.name("x")
	b.w("switch %s := (%s).(type) {", name, b.expr(b.g.Any(), 1).s)
	seen := map[*model.Type]bool{}
	for range 2 + b.g.Rand.IntN(4) {
		t := b.g.ValueType(1)
		if seen[t] || t.Kind == reflect.Interface {
			continue
		}
		seen[t] = true
		b.w("case %s:", t.Text)
		b.nest(1, func() {
			b.w("_ = %s", name)
			b.let(name, t)
			b.block(1 + b.g.Rand.IntN(2))
		})
	}
	b.w("case nil:")
	if !b.silent {
		b.w("fmt.Println(%s nil\", %s)", b.tag(), name)
	}
	b.w("default:\n_ = %s", name)
	if !b.silent {
		b.w("fmt.Printf(%s other %%T\\n\", %s)", b.tag(), name)
	}
	b.w("}")
}

// element changes an element of a slice or of a map.
func (b *body) element() {
	found := b.paths(func(p path) bool {
		return p.at == nil && (p.typ.Kind == reflect.Slice || p.typ.Kind == reflect.Map)
	})
	if len(found) == 0 {
		b.assign()
		return
	}
	p := model.Pick(b.g.Universe, found)
	if p.typ.Kind == reflect.Slice {
		i := b.g.Rand.IntN(3)
		b.w("if len(%s) > %d {\n%s[%d] = %s\n}", p.s, i, p.s, i, b.expr(p.typ.Elem, 2).s)
		return
	}
	switch b.g.Rand.IntN(5) {
	case 0:
		b.w("delete(%s, %s)", p.s, b.key(p.typ))
	case 1:
		b.w("clear(%s)", p.s)
	default:
		b.w("if %s != nil {\n%s[%s] = %s\n}", p.s, p.s, b.key(p.typ), b.expr(p.typ.Elem, 2).s)
	}
}

// callStmt calls what changes something: a setter, or a closure.
func (b *body) callStmt() {
	setters := b.paths(func(p path) bool { return p.ref && len(p.typ.Setters) > 0 })
	if len(setters) > 0 && b.g.One(2) {
		p := model.Pick(b.g.Universe, setters)
		if m := model.Pick(b.g.Universe, p.typ.Setters); b.affords(m) {
			b.w("%s.%s(%s)", p.s, m.Name, b.arguments(m.Params, 1))
		}
		return
	}
	result, name, param := b.g.ValueType(0), b.g.name("f"), b.g.name("p")
	t := b.g.ValueType(0)
	calls := 1 + b.g.Rand.IntN(2)
	in := b.closure(calls, result)
	in.let(param, t)
	if b.g.One(3) {
		in.w("defer func() {\n%s}()", in.within(1, 1))
	}
	in.block(1 + b.g.Rand.IntN(3))
	in.returns(result)
	b.cost += in.cost
	b.w("%s := func(%s %s) %s {\n%s}", name, param, t.Text, result.Text, in.text())
	for range calls {
		v := b.g.name("v")
		b.w("%s := %s(%s)\n_ = %s", v, name, b.expr(t, 1).s, v)
		b.let(v, result)
	}
}

// jump leaves a loop, its turn, or the function, on a condition.
func (b *body) jump() {
	if b.loop {
		b.w("if %s {\n%s\n}", b.condition(1), model.Pick(b.g.Universe, []string{"break", "continue"}))
		return
	}
	if b.result != nil {
		b.w("if %s {\nreturn %s\n}", b.condition(1), b.expr(b.result, 1).s)
		return
	}
	b.print()
}
