package compile

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A ranging is a range statement while it is compiled.
type ranging struct {
	s         *ast.RangeStmt
	next, end move.Label
	temps     func()
}

func (f *fn) rangeStmt(s *ast.RangeStmt, label types.Object) {
	if _, ok := coreType(f.typeOf(s.X)).(*types.Signature); ok {
		f.rangeFunc(s, label)
		return
	}
	r := &ranging{s: s}
	done := f.enter(&target{label: label, end: &r.end, next: &r.next})
	switch u := coreType(f.typeOf(s.X)).(type) {
	case *types.Basic:
		if u.Info()&types.IsString != 0 {
			f.rangeString(r)
		} else {
			f.rangeInt(r)
		}
	case *types.Slice:
		f.rangeSlice(r, f.rt(u.Elem()), u.Elem())
	case *types.Array, *types.Pointer:
		f.rangeArray(r)
	case *types.Map:
		f.rangeMap(r, u)
	case *types.Chan:
		f.rangeChan(r, u)
	}
	f.Mark(&r.end)
	done()
}

// given reports whether a range has a variable that is used.
func given(e ast.Expr) bool {
	if e == nil {
		return false
	}
	id, ok := e.(*ast.Ident)
	return !ok || id.Name != "_"
}

// hold keeps what a range evaluated in use while its body is compiled.
func (f *fn) hold(r *ranging) { r.temps = f.keep() }

// unhold gives it back.
func (f *fn) unhold(r *ranging) {
	r.temps()
	f.endStatement()
}

// setVar assigns one of the variables of a range, which is made anew for each
// round where the range declares it.
func (f *fn) setVar(r *ranging, x ast.Expr, v uintptr, from types.Type) {
	if given(x) {
		f.assignValues([]ast.Expr{x}, []vm.Slot{{Off: v}}, []types.Type{from}, r.s.Tok == token.DEFINE)
	}
	f.endStatement()
}

// setVars assigns both variables of a range.
func (f *fn) setVars(r *ranging, k, v uintptr, kt, vt types.Type) {
	if !given(r.s.Key) || !given(r.s.Value) {
		f.setVar(r, r.s.Key, k, kt)
		f.setVar(r, r.s.Value, v, vt)
		return
	}
	xs, values := []ast.Expr{r.s.Key, r.s.Value}, []vm.Slot{{Off: k}, {Off: v}}
	f.assignValues(xs, values, []types.Type{kt, vt}, r.s.Tok == token.DEFINE)
	f.endStatement()
}

func (f *fn) rangeInt(r *ranging) {
	t := f.typeOf(r.s.X)
	if r.s.Key != nil && given(r.s.Key) {
		t = f.assignedType(r.s.Key, t)
	}
	t = types.Default(t)
	rt := f.rt(t)
	n, i := f.Temp(rt), f.Temp(rt)
	if tv := f.pkg.Info.Types[r.s.X]; tv.Value != nil {
		f.Moved(rt, f.Constant(tv.Value, rt), &n)
	} else {
		f.value(r.s.X, &n)
	}
	f.Emit(move.Zero(rt, i))
	f.hold(r)
	start := f.Here()
	f.lessThan(rt, i, n, &r.end)
	f.setVar(r, r.s.Key, i, t)
	f.blockBody(r.s.Body.List)
	f.Mark(&r.next)
	f.Emit(basic.Binary(token.ADD, rt, i, i, f.Constant(one, rt)))
	f.Emit(move.JumpBack(start))
	f.unhold(r)
}

// lessThan jumps to end unless i < n.
func (f *fn) lessThan(t *rtype.Type, i, n uintptr, end *move.Label) {
	if op := basic.JumpUnless(token.LSS, t, i, n, end); op != nil {
		f.Emit(op)
		return
	}
	c := f.Temp(boolType)
	f.Emit(basic.Compare(token.LSS, t, c, i, n))
	f.Emit(move.JumpIf(false, c, end))
	f.endStatement()
}

// count compiles a loop of i from 0 to below n.
func (f *fn) countTo(r *ranging, n uintptr, each func(i uintptr)) {
	i := f.Temp(frame.IntType)
	f.Emit(move.Zero(frame.IntType, i))
	f.hold(r)
	start := f.Here()
	f.lessThan(frame.IntType, i, n, &r.end)
	each(i)
	f.blockBody(r.s.Body.List)
	f.Mark(&r.next)
	f.Emit(basic.Binary(token.ADD, frame.IntType, i, i, f.Integer(1)))
	f.Emit(move.JumpBack(start))
	f.unhold(r)
}

func (f *fn) rangeSlice(r *ranging, elem *rtype.Type, t types.Type) {
	s := f.copied(f.value(r.s.X, nil), f.rtOf(r.s.X))
	f.countTo(r, s+frame.LengthWord, func(i uintptr) {
		var v uintptr
		if given(r.s.Value) {
			v = f.Temp(elem)
			f.Emit(composite.Index(elem, v, s, i))
		}
		f.setVars(r, i, v, types.Typ[types.Int], t)
	})
}

// rangeArray goes through an array, of which it makes a copy if the values are
// used, or through the array that a pointer points to.
func (f *fn) rangeArray(r *ranging) {
	t := f.typeOf(r.s.X)
	a, isArray := coreType(t).(*types.Array)
	if !isArray {
		a = coreType(coreType(t).(*types.Pointer).Elem()).(*types.Array)
	}
	n, elem := int(a.Len()), f.rt(a.Elem())
	if !given(r.s.Value) {
		if f.hasEffect(r.s.X) {
			f.value(r.s.X, nil)
		}
		f.countTo(r, f.Integer(n), func(i uintptr) { f.setVar(r, r.s.Key, i, types.Typ[types.Int]) })
		return
	}
	var p uintptr
	if isArray {
		rt := f.rt(t)
		p = f.Temp(frame.PointerType)
		v := f.value(r.s.X, nil)
		f.Emit(move.New(rt, p))
		f.Emit(move.Store(rt, p, 0, v))
	} else {
		p = f.copied(f.value(r.s.X, nil), frame.PointerType)
	}
	f.countTo(r, f.Integer(n), func(i uintptr) {
		e, v := f.Temp(frame.PointerType), f.Temp(elem)
		f.Emit(composite.IndexPointer(elem, n, e, p, 0, i))
		f.Emit(move.Load(elem, v, e, 0))
		f.setVars(r, i, v, types.Typ[types.Int], a.Elem())
	})
}

func (f *fn) rangeString(r *ranging) {
	s := f.copied(f.value(r.s.X, nil), f.rtOf(r.s.X))
	i, c, width := f.Temp(frame.IntType), f.Temp(runeType), f.Temp(frame.IntType)
	f.Emit(move.Zero(frame.IntType, i))
	f.hold(r)
	start := f.Here()
	f.Emit(composite.Decode(s, i, c, width, &r.end))
	f.setVars(r, i, c, types.Typ[types.Int], types.Typ[types.Rune])
	f.blockBody(r.s.Body.List)
	f.Mark(&r.next)
	f.Emit(basic.Binary(token.ADD, frame.IntType, i, i, width))
	f.Emit(move.JumpBack(start))
	f.unhold(r)
}

var runeType = rtype.For[rune]()

func (f *fn) rangeMap(r *ranging, m *types.Map) {
	t := f.rtOf(r.s.X)
	v := f.value(r.s.X, nil)
	it := f.Temp(frame.PointerType)
	f.Emit(composite.MapRange(t, it, v))
	var k, e *uintptr
	if given(r.s.Key) {
		off := f.Temp(f.rt(m.Key()))
		k = &off
	}
	if given(r.s.Value) {
		off := f.Temp(f.rt(m.Elem()))
		e = &off
	}
	f.hold(r)
	start := f.Here()
	f.Emit(composite.MapNext(t, it, k, e, &r.end))
	f.setVars(r, orZero(k), orZero(e), m.Key(), m.Elem())
	f.blockBody(r.s.Body.List)
	f.Mark(&r.next)
	f.Emit(composite.MapAdvance(it))
	f.Emit(move.JumpBack(start))
	f.unhold(r)
}

func (f *fn) rangeChan(r *ranging, c *types.Chan) {
	t := f.rtOf(r.s.X)
	ch := f.copied(f.value(r.s.X, nil), t)
	v, ok := f.Temp(f.rt(c.Elem())), f.Temp(boolType)
	f.hold(r)
	f.Mark(&r.next)
	start := f.Here()
	f.Emit(composite.Receive(t, &v, &ok, ch))
	f.Emit(move.JumpIf(false, ok, &r.end))
	f.setVar(r, r.s.Key, v, c.Elem())
	f.blockBody(r.s.Body.List)
	f.Emit(move.JumpBack(start))
	f.unhold(r)
}

func orZero(off *uintptr) uintptr {
	if off == nil {
		return 0
	}
	return *off
}
