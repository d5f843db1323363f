package compile

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// value evaluates an expression. The result is where its value is: at *d, if d is
// not nil.
func (f *fn) value(e ast.Expr, d *uintptr) uintptr {
	e = ast.Unparen(e)
	if off, ok := f.done[e]; ok {
		return f.Moved(f.rtOf(e), off, d)
	}
	tv := f.pkg.Info.Types[e]
	if tv.Value != nil {
		t := f.rtOf(e)
		return f.Moved(t, f.Constant(tv.Value, t), d)
	}
	defer f.At(f.Pos)
	f.At(e.Pos())
	switch e := e.(type) {
	case *ast.Ident:
		return f.ident(e, d)
	case *ast.FuncLit:
		return f.funcLit(e, d)
	case *ast.CompositeLit:
		return f.literal(e, d)
	case *ast.SelectorExpr:
		return f.selector(e, d)
	case *ast.IndexExpr:
		return f.indexExpr(e, d)
	case *ast.IndexListExpr:
		return f.funcValue(e, d)
	case *ast.SliceExpr:
		return f.sliceExpr(e, d)
	case *ast.StarExpr:
		f.At(e.Pos())
		return f.Load(f.placeOf(e), d)
	case *ast.TypeAssertExpr:
		return f.assertion(e, d, nil)
	case *ast.CallExpr:
		return f.callValue(e, d)
	case *ast.UnaryExpr:
		return f.unary(e, d)
	case *ast.BinaryExpr:
		return f.binary(e, d)
	}
	fail(e.Pos(), "%T is no expression", e)
	return 0
}

// exactInt gives a constant as an int.
func exactInt(v constant.Value) (int, bool) {
	v = constant.ToInt(v)
	if v.Kind() != constant.Int {
		return 0, false
	}
	n, ok := constant.Int64Val(v)
	return int(n), ok
}

func (f *fn) ident(e *ast.Ident, d *uintptr) uintptr {
	switch o := f.pkg.Info.ObjectOf(e).(type) {
	case *types.Var:
		return f.Load(f.varPlace(e.Pos(), o), d)
	case *types.Func:
		return f.funcValue(e, d)
	case *types.Nil:
		t := f.rtOf(e)
		return f.Moved(t, f.Zero(t), d)
	}
	fail(e.Pos(), "%s is no value", e.Name)
	return 0
}

// valueAs evaluates an expression and converts it as an assignment does.
func (f *fn) valueAs(e ast.Expr, want types.Type, d *uintptr) uintptr {
	from := f.typeOf(e)
	if isNil(from) {
		t := f.rt(want)
		return f.Moved(t, f.Zero(t), d)
	}
	if !isInterface(want) || types.Identical(from, want) {
		return f.value(e, d)
	}
	return f.toInterface(f.value(e, nil), from, want, d)
}

// converted converts a value as an assignment does.
func (f *fn) converted(v uintptr, from, want types.Type, d *uintptr) uintptr {
	if !isInterface(want) || types.Identical(from, want) {
		return f.Moved(f.rt(want), v, d)
	}
	return f.toInterface(v, from, want, d)
}

func (f *fn) toInterface(v uintptr, from, want types.Type, d *uintptr) uintptr {
	inter, t := f.rt(want), f.rt(from)
	if isInterface(from) && inter == t {
		return f.Moved(t, v, d)
	}
	to := f.Dest(d, inter)
	if isInterface(from) {
		f.Emit(composite.ConvertInterface(inter, t, to, v))
	} else {
		f.Emit(composite.MakeInterface(inter, t, to, v))
	}
	return to
}

func isNil(t types.Type) bool {
	b, ok := t.(*types.Basic)
	return ok && b.Kind() == types.UntypedNil
}

func isInterface(t types.Type) bool {
	_, ok := types.Unalias(t).Underlying().(*types.Interface)
	return ok
}

func isPointer(t types.Type) bool {
	_, ok := types.Unalias(t).Underlying().(*types.Pointer)
	return ok
}

func isString(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// coreType is the underlying type; there are no type parameters any more.
func coreType(t types.Type) types.Type { return types.Unalias(t).Underlying() }

func (f *fn) selector(e *ast.SelectorExpr, d *uintptr) uintptr {
	sel := f.pkg.Info.Selections[e]
	if sel == nil {
		return f.ident(e.Sel, d)
	}
	switch sel.Kind() {
	case types.FieldVal:
		return f.Load(f.selectorPlace(e), d)
	case types.MethodVal:
		return f.methodValue(e, d)
	}
	return f.methodExpr(e, d)
}

func (f *fn) isFunc(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		_, ok := f.pkg.Info.ObjectOf(e).(*types.Func)
		return ok
	case *ast.SelectorExpr:
		_, ok := f.pkg.Info.ObjectOf(e.Sel).(*types.Func)
		return ok && f.pkg.Info.Selections[e] == nil
	}
	return false
}

func (f *fn) indexExpr(e *ast.IndexExpr, d *uintptr) uintptr {
	if f.isFunc(e.X) {
		return f.funcValue(e, d)
	}
	if isString(f.typeOf(e.X)) {
		f.hoist(e.X, e.Index)
		s := f.value(e.X, nil)
		i := f.indexOf(e.Index, s+frame.LengthWord)
		to := f.Dest(d, f.rtOf(e))
		f.Emit(composite.IndexString(to, s, i))
		return to
	}
	return f.Load(f.indexPlace(e), d)
}

func (f *fn) sliceExpr(e *ast.SliceExpr, d *uintptr) uintptr {
	f.hoist(e.X, e.Low, e.High, e.Max)
	t := f.typeOf(e.X)
	to := f.Dest(d, f.rtOf(e))
	switch u := coreType(t).(type) {
	case *types.Slice:
		s := f.value(e.X, nil)
		f.Emit(composite.Slice(f.rt(u.Elem()), to, s, f.bounds(e)))
	case *types.Pointer:
		a := u.Elem().Underlying().(*types.Array)
		p := f.value(e.X, nil)
		f.Emit(composite.SlicePointer(f.rt(a.Elem()), int(a.Len()), to, p, f.bounds(e)))
	case *types.Array:
		p := f.Address(f.placeOf(e.X), nil)
		f.Emit(composite.SlicePointer(f.rt(u.Elem()), int(u.Len()), to, p, f.bounds(e)))
	default:
		s := f.value(e.X, nil)
		f.Emit(composite.SliceString(to, s, f.bounds(e)))
	}
	return to
}

func (f *fn) bounds(e *ast.SliceExpr) composite.Bounds {
	at := func(e ast.Expr) *composite.Bound {
		if e == nil {
			return nil
		}
		return &composite.Bound{Off: f.index(e), Unsigned: f.isBig(e)}
	}
	return composite.Bounds{Low: at(e.Low), High: at(e.High), Max: at(e.Max)}
}

// assertion evaluates x.(T), with ok where it is not nil.
func (f *fn) assertion(e *ast.TypeAssertExpr, d, ok *uintptr) uintptr {
	v := f.value(e.X, nil)
	from, want := f.typeOf(e.X), f.typeOf(e.Type)
	return f.assert(v, from, want, d, ok)
}

func (f *fn) assert(v uintptr, from, want types.Type, d, ok *uintptr) uintptr {
	t := f.rt(want)
	to := f.Dest(d, t)
	if isInterface(want) {
		f.Emit(composite.AssertInterface(t, f.rt(from), to, v, ok))
	} else {
		f.Emit(composite.Assert(t, f.rt(from), to, v, ok))
	}
	return to
}

func (f *fn) unary(e *ast.UnaryExpr, d *uintptr) uintptr {
	switch e.Op {
	case token.AND:
		return f.addressOf(e.X, d)
	case token.ARROW:
		c := f.value(e.X, nil)
		to := f.Dest(d, f.rt(coreType(f.typeOf(e.X)).(*types.Chan).Elem()))
		f.Emit(composite.Receive(f.rtOf(e.X), &to, nil, c))
		return to
	case token.ADD:
		return f.value(e.X, d)
	}
	x, t := f.value(e.X, nil), f.rtOf(e)
	to := f.Dest(d, t)
	f.Emit(basic.Unary(e.Op, t, to, x))
	return to
}

// addressOf evaluates &x.
func (f *fn) addressOf(e ast.Expr, d *uintptr) uintptr {
	if lit, ok := ast.Unparen(e).(*ast.CompositeLit); ok {
		t := f.rtOf(lit)
		v := f.value(lit, nil)
		p := f.Temp(frame.PointerType)
		f.Emit(move.New(t, p))
		f.Emit(move.Store(t, p, 0, v))
		return f.Moved(frame.PointerType, p, d)
	}
	p := f.placeOf(e)
	if p.Kind == frame.Pointed && p.Delta == 0 {
		if !p.Sure {
			f.Emit(move.NilCheck(p.Off))
		}
		return f.Moved(frame.PointerType, p.Off, d)
	}
	return f.Address(p, d)
}

func (f *fn) binary(e *ast.BinaryExpr, d *uintptr) uintptr {
	switch e.Op {
	case token.LAND, token.LOR:
		return f.logical(e, d)
	case token.SHL, token.SHR:
		return f.shift(e.Op == token.SHL, e.X, e.Y, f.rtOf(e), d)
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return f.compare(e, d)
	}
	f.hoist(e.X, e.Y)
	x, y, t := f.value(e.X, nil), f.value(e.Y, nil), f.rtOf(e)
	to := f.Dest(d, t)
	f.Emit(f.arithmetic(e, e.Op, t, to, x, y))
	return to
}

func (f *fn) arithmetic(e ast.Node, op token.Token, t *rtype.Type, d, x, y uintptr) vm.Op {
	if o := basic.Binary(op, t, d, x, y); o != nil {
		return o
	}
	fail(e.Pos(), "no operation %s for %v", op, t)
	return nil
}

// logical evaluates && and ||. The result is put together aside: an operand may
// be where it goes.
func (f *fn) logical(e *ast.BinaryExpr, d *uintptr) uintptr {
	var end move.Label
	to := f.Temp(f.rtOf(e))
	f.value(e.X, &to)
	f.Emit(move.JumpIf(e.Op == token.LOR, to, &end))
	back := f.keep()
	f.value(e.Y, &to)
	back()
	f.Mark(&end)
	return f.Moved(f.rtOf(e), to, d)
}

func (f *fn) shift(left bool, x, y ast.Expr, t *rtype.Type, d *uintptr) uintptr {
	f.hoist(x, y)
	v := f.value(x, nil)
	n := f.shiftCount(y)
	to := f.Dest(d, t)
	f.Emit(basic.Shift(left, t, to, v, n))
	return to
}

// shiftCount gives the place of a shift count as a uint64.
func (f *fn) shiftCount(e ast.Expr) uintptr {
	if tv := f.pkg.Info.Types[e]; tv.Value != nil {
		return f.Constant(constant.ToInt(tv.Value), uint64Type)
	}
	n := f.Temp(uint64Type)
	f.Emit(basic.ShiftCount(f.rtOf(e), n, f.value(e, nil)))
	return n
}

var uint64Type = rtype.For[uint64]()

func (f *fn) compare(e *ast.BinaryExpr, d *uintptr) uintptr {
	x, y, t := f.operands(e)
	to := f.Dest(d, f.rtOf(e))
	f.Emit(basic.Compare(e.Op, t, to, x, y))
	return to
}

// operands evaluates what is compared, as values of one type.
func (f *fn) operands(e *ast.BinaryExpr) (x, y uintptr, t *rtype.Type) {
	f.hoist(e.X, e.Y)
	xt, yt := f.typeOf(e.X), f.typeOf(e.Y)
	want := xt
	if isNil(xt) || isInterface(yt) && !isInterface(xt) {
		want = yt
	}
	if isInterface(xt) && isInterface(yt) && !types.Identical(xt, yt) {
		want = types.NewInterfaceType(nil, nil)
	}
	return f.valueAs(e.X, want, nil), f.valueAs(e.Y, want, nil), f.rt(want)
}

// jumpUnless evaluates a condition and jumps to a label unless it holds.
func (f *fn) jumpUnless(e ast.Expr, l *move.Label) {
	e = ast.Unparen(e)
	_, done := f.done[e]
	if b, ok := e.(*ast.BinaryExpr); ok && !done && f.pkg.Info.Types[e].Value == nil {
		switch b.Op {
		case token.LAND:
			f.jumpUnless(b.X, l)
			f.jumpUnless(b.Y, l)
			return
		case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
			x, y, t := f.operands(b)
			if op := basic.JumpUnless(b.Op, t, x, y, l); op != nil {
				f.Emit(op)
				return
			}
			c := f.Temp(boolType)
			f.Emit(basic.Compare(b.Op, t, c, x, y))
			f.Emit(move.JumpIf(false, c, l))
			return
		}
	}
	f.Emit(move.JumpIf(false, f.value(e, nil), l))
}

var boolType = rtype.For[bool]()
