package compile

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/vm"
)

var one = constant.MakeInt64(1)

func (f *fn) assign(s *ast.AssignStmt) {
	switch {
	case s.Tok != token.ASSIGN && s.Tok != token.DEFINE:
		f.assignOp(s)
	case len(s.Lhs) == 1 && len(s.Rhs) == 1:
		f.assignOne(s.Lhs[0], s.Rhs[0], s.Tok == token.DEFINE)
	case len(s.Rhs) == 1:
		f.assignMany(s.Lhs, s.Rhs[0], s.Tok == token.DEFINE)
	default:
		f.assignEach(s.Lhs, s.Rhs, s.Tok == token.DEFINE)
	}
}

// assignOp compiles x op= y.
func (f *fn) assignOp(s *ast.AssignStmt) {
	op := s.Tok - token.ADD_ASSIGN + token.ADD
	x, y, t := s.Lhs[0], s.Rhs[0], f.rtOf(s.Lhs[0])
	if f.hasEffect(y) {
		f.hoistOperands(x)
		f.hoistIn(y)
	}
	p := f.placeOf(x)
	shift := op == token.SHL || op == token.SHR
	var v uintptr
	if shift {
		v = f.shiftCount(y)
	} else {
		v = f.value(y, nil)
	}
	old := f.Load(p, nil)
	d := old
	if p.Kind != frame.InFrame {
		d = f.Temp(t)
	}
	if shift {
		f.Emit(basic.Shift(op == token.SHL, t, d, old, v))
	} else {
		f.Emit(f.arithmetic(s, op, t, d, old, v))
	}
	if p.Kind != frame.InFrame {
		f.Store(p, d)
	}
}

// hoistOperands evaluates what runs first in what is assigned to.
func (f *fn) hoistOperands(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.IndexExpr:
		f.hoistAll(e.X, e.Index)
	case *ast.SelectorExpr:
		f.hoistIn(e.X)
	case *ast.StarExpr:
		f.hoistIn(e.X)
	}
}

// assignable gives the place of something on the left. A variable that
// is declared here is made by it.
func (f *fn) assignable(e ast.Expr, define bool) frame.Place {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if id.Name == "_" {
			return frame.Place{Kind: frame.Nowhere}
		}
		if define && f.pkg.Info.Defs[id] != nil {
			return f.declare(id)
		}
	}
	return f.placeOf(e)
}

// assignedType is the type of something on the left: of what is assigned, if it
// is _.
func (f *fn) assignedType(e ast.Expr, from types.Type) types.Type {
	if id, ok := ast.Unparen(e).(*ast.Ident); ok {
		if id.Name == "_" {
			return types.Default(from)
		}
		if v, ok := f.pkg.Info.Defs[id].(*types.Var); ok {
			return f.env.Subst(v.Type())
		}
	}
	return f.typeOf(e)
}

func (f *fn) assignOne(x, y ast.Expr, define bool) {
	want := f.assignedType(x, f.typeOf(y))
	if f.hasEffect(x) || f.hasEffect(y) {
		f.hoistOperands(x)
		f.hoistIn(y)
	}
	if v, ok := f.directVar(x, define, y); ok {
		f.valueAs(y, want, &v.off)
		return
	}
	if id, ok := ast.Unparen(x).(*ast.Ident); ok && (define || id.Name == "_") {
		v := f.valueAs(y, want, nil)
		if p := f.assignable(x, define); p.Kind != frame.Nowhere {
			f.Store(p, v)
		}
		return
	}
	p := f.placeOf(x)
	f.Store(p, f.valueAs(y, want, nil))
}

// directVar gives the variable in the frame that an assignment stores in, if the
// value can be made in its place.
func (f *fn) directVar(x ast.Expr, define bool, y ast.Expr) (*variable, bool) {
	id, ok := ast.Unparen(x).(*ast.Ident)
	if !ok || id.Name == "_" {
		return nil, false
	}
	v, _ := f.pkg.Info.ObjectOf(id).(*types.Var)
	if v == nil {
		return nil, false
	}
	if define && f.pkg.Info.Defs[id] != nil {
		if f.facts.Boxed[v] || f.vars[v] != nil {
			return nil, false
		}
		p := f.declareVar(v)
		return f.vars[v], p.Kind == frame.InFrame
	}
	own := f.vars[v]
	return own, own != nil && !own.boxed
}

// assignEach compiles a, b = x, y: all on the right is evaluated, and what is
// needed of the left, before anything is stored.
func (f *fn) assignEach(xs, ys []ast.Expr, define bool) {
	for _, x := range xs {
		f.hoistOperands(x)
	}
	if f.anyEffect(ys...) {
		f.hoistAll(ys...)
	}
	places := make([]frame.Place, len(xs))
	for i, x := range xs {
		if !f.declares(x, define) {
			places[i] = f.Settled(f.placeOf(x))
		}
	}
	values := make([]uintptr, len(ys))
	for i, y := range ys {
		want := f.assignedType(xs[i], f.typeOf(y))
		t := f.rt(want)
		d := f.Temp(t)
		values[i] = f.valueAs(y, want, &d)
	}
	for i, x := range xs {
		p := places[i]
		if p.Type == nil {
			p = f.assignable(x, define)
		}
		if p.Kind != frame.Nowhere {
			f.Store(p, values[i])
		}
	}
}

// many evaluates an expression that gives several values, with their types.
func (f *fn) many(e ast.Expr) ([]vm.Slot, []types.Type) {
	if call, ok := ast.Unparen(e).(*ast.CallExpr); ok {
		tuple := f.env.Subst(f.pkg.Info.Types[call].Type).(*types.Tuple)
		from := make([]types.Type, tuple.Len())
		for i := range from {
			from[i] = tuple.At(i).Type()
		}
		return f.callMany(call), from
	}
	v, ok, t := f.commaOK(e)
	return []vm.Slot{f.slotOf(v, t), {Off: ok, Type: boolType}}, []types.Type{t, types.Typ[types.Bool]}
}

// commaOK evaluates v, ok = e.
func (f *fn) commaOK(e ast.Expr) (v, ok uintptr, t types.Type) {
	ok = f.Temp(boolType)
	switch e := ast.Unparen(e).(type) {
	case *ast.TypeAssertExpr:
		t = f.typeOf(e.Type)
		return f.assertion(e, nil, &ok), ok, t
	case *ast.IndexExpr:
		f.hoist(e.X, e.Index)
		m := coreType(f.typeOf(e.X)).(*types.Map)
		p := f.placeOf(e)
		v = f.Temp(p.Type)
		f.Emit(composite.MapIndex(p.Whole, v, p.Off, p.Index, &ok))
		return v, ok, m.Elem()
	case *ast.UnaryExpr:
		c := f.value(e.X, nil)
		t = coreType(f.typeOf(e.X)).(*types.Chan).Elem()
		v = f.Temp(f.rt(t))
		f.Emit(composite.Receive(f.rtOf(e.X), &v, &ok, c))
		return v, ok, t
	}
	fail(e.Pos(), "%T gives one value", e)
	return 0, 0, nil
}

// assignMany compiles a, b = f() and its like.
func (f *fn) assignMany(xs []ast.Expr, y ast.Expr, define bool) {
	for _, x := range xs {
		f.hoistOperands(x)
	}
	values, from := f.many(y)
	f.assignValues(xs, values, from, define)
}

// assignValues assigns values that were evaluated. What is needed of the left is
// evaluated before anything is stored.
func (f *fn) assignValues(xs []ast.Expr, values []vm.Slot, from []types.Type, define bool) {
	places := make([]frame.Place, len(xs))
	for i, x := range xs {
		if !f.declares(x, define) {
			places[i] = f.placeOf(x)
			if i > 0 {
				places[i] = f.Settled(places[i])
			}
		}
	}
	for i, x := range xs {
		p := places[i]
		if p.Type == nil && p.Kind != frame.Nowhere {
			p = f.assignable(x, define)
		}
		if p.Kind != frame.Nowhere {
			f.Store(p, f.converted(values[i].Off, from[i], f.assignedType(x, from[i]), nil))
		}
	}
}

// declares reports whether something on the left is a variable that is declared
// here, or _.
func (f *fn) declares(x ast.Expr, define bool) bool {
	id, ok := ast.Unparen(x).(*ast.Ident)
	return ok && (id.Name == "_" || define && f.pkg.Info.Defs[id] != nil)
}
