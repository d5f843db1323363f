package compile

import (
	"go/ast"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/call"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// builtinName gives the name of a predeclared function, or of one of unsafe.
func (f *fn) builtinName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if b, ok := f.pkg.Info.Uses[e].(*types.Builtin); ok {
			return b.Name()
		}
	case *ast.SelectorExpr:
		return "unsafe." + e.Sel.Name
	}
	return ""
}

// builtin evaluates a call of a predeclared function.
func (f *fn) builtin(e *ast.CallExpr, d *uintptr) uintptr {
	if f.spreads(e) {
		e = f.spreadOut(e)
	}
	f.hoist(e.Args...)
	switch f.builtinName(e.Fun) {
	case "len":
		return f.length(e.Args[0], false, d)
	case "cap":
		return f.length(e.Args[0], true, d)
	case "append":
		return f.appendCall(e, d)
	case "copy":
		return f.copyCall(e, d)
	case "make":
		return f.makeCall(e, d)
	case "new":
		return f.newCall(e, d)
	case "delete":
		m := coreType(f.typeOf(e.Args[0])).(*types.Map)
		f.Emit(composite.MapDelete(f.rt(m), f.value(e.Args[0], nil), f.valueAs(e.Args[1], m.Key(), nil)))
	case "clear":
		f.clearCall(e.Args[0])
	case "close":
		f.Emit(composite.Close(f.rtOf(e.Args[0]), f.value(e.Args[0], nil)))
	case "panic":
		v := f.valueAs(e.Args[0], anyType, nil)
		f.At(e.Pos())
		f.Emit(call.Panic(v))
	case "recover":
		to := f.Dest(d, rtype.For[any]())
		f.Emit(call.Recover(to))
		return to
	case "print", "println":
		f.printCall(e)
	case "min", "max":
		return f.extreme(e, d)
	case "complex", "real", "imag":
		return f.complexCall(e, d)
	default:
		return f.unsafeCall(e, d)
	}
	return 0
}

var anyType = types.NewInterfaceType(nil, nil)

func (f *fn) spreads(e *ast.CallExpr) bool {
	if len(e.Args) != 1 {
		return false
	}
	_, ok := f.pkg.Info.Types[e.Args[0]].Type.(*types.Tuple)
	return ok
}

// spreadOut gives a call in which the results of f in append(f()) and its like
// are arguments of their own.
func (f *fn) spreadOut(e *ast.CallExpr) *ast.CallExpr {
	values, from := f.many(e.Args[0])
	call := &ast.CallExpr{Fun: e.Fun, Lparen: e.Lparen, Rparen: e.Rparen}
	f.made[call] = f.pkg.Info.TypeOf(e)
	for i, v := range values {
		arg := &ast.Ident{NamePos: e.Args[0].Pos(), Name: "result"}
		f.made[arg] = from[i]
		f.done[arg] = v.Off
		call.Args = append(call.Args, arg)
	}
	return call
}

// length evaluates len or cap. Those of strings and slices lie in the value.
func (f *fn) length(e ast.Expr, capacity bool, d *uintptr) uintptr {
	t := f.typeOf(e)
	switch u := coreType(t).(type) {
	case *types.Slice:
		off := f.value(e, nil) + frame.LengthWord
		if capacity {
			off += frame.LengthWord
		}
		return f.Moved(frame.IntType, off, d)
	case *types.Basic:
		return f.Moved(frame.IntType, f.value(e, nil)+frame.LengthWord, d)
	case *types.Array:
		f.touch(f.placeOf(e))
		return f.Moved(frame.IntType, f.Integer(int(u.Len())), d)
	case *types.Pointer:
		f.value(e, nil)
		return f.Moved(frame.IntType, f.Integer(int(u.Elem().Underlying().(*types.Array).Len())), d)
	case *types.Map:
		m := f.value(e, nil)
		to := f.Dest(d, frame.IntType)
		f.Emit(composite.MapLen(to, m))
		return to
	}
	c := f.value(e, nil)
	to := f.Dest(d, frame.IntType)
	f.Emit(composite.ChanLen(f.rt(t), capacity, to, c))
	return to
}

// touch panics where reading what is at p does, without reading it.
func (f *fn) touch(p frame.Place) {
	switch {
	case p.Kind == frame.Pointed && !p.Sure:
		f.Emit(move.NilCheck(p.Off))
	case p.Kind == frame.Element:
		f.Address(p, nil)
	}
}

func (f *fn) appendCall(e *ast.CallExpr, d *uintptr) uintptr {
	t := f.typeOf(e)
	elem := coreType(t).(*types.Slice).Elem()
	s := f.valueAs(e.Args[0], t, nil)
	if e.Ellipsis.IsValid() {
		more := f.typeOf(e.Args[1])
		if isNil(more) {
			more = t
		}
		v := f.valueAs(e.Args[1], more, nil)
		to := f.Dest(d, f.rt(t))
		if isString(more) {
			f.Emit(composite.AppendString(to, s, v))
		} else {
			f.Emit(composite.AppendSlice(f.rt(elem), to, s, v))
		}
		return to
	}
	var values []uintptr
	for _, arg := range e.Args[1:] {
		values = append(values, f.valueAs(arg, elem, nil))
	}
	to := f.Dest(d, f.rt(t))
	f.Emit(composite.Append(f.rt(elem), to, s, values))
	return to
}

func (f *fn) copyCall(e *ast.CallExpr, d *uintptr) uintptr {
	dst, src := f.value(e.Args[0], nil), f.value(e.Args[1], nil)
	to := f.Dest(d, frame.IntType)
	if isString(f.typeOf(e.Args[1])) {
		f.Emit(composite.CopyString(to, dst, src))
	} else {
		elem := coreType(f.typeOf(e.Args[0])).(*types.Slice).Elem()
		f.Emit(composite.Copy(f.rt(elem), to, dst, src))
	}
	return to
}

func (f *fn) makeCall(e *ast.CallExpr, d *uintptr) uintptr {
	t := f.typeOf(e)
	size := func(i int) uintptr {
		if i < len(e.Args) {
			return f.index(e.Args[i])
		}
		return f.Integer(0)
	}
	n := size(1)
	switch u := coreType(t).(type) {
	case *types.Slice:
		c := n
		if len(e.Args) > 2 {
			c = size(2)
		}
		to := f.Dest(d, f.rt(t))
		f.Emit(composite.MakeSlice(f.rt(u.Elem()), to, n, c))
		return to
	case *types.Map:
		to := f.Dest(d, f.rt(t))
		f.Emit(composite.MakeMap(f.rt(t), to, n))
		return to
	}
	to := f.Dest(d, f.rt(t))
	f.Emit(composite.MakeChan(f.rt(t), to, n))
	return to
}

// newCall evaluates new(T), and new(expr).
func (f *fn) newCall(e *ast.CallExpr, d *uintptr) uintptr {
	t := f.rt(coreType(f.typeOf(e)).(*types.Pointer).Elem())
	to := f.Dest(d, frame.PointerType)
	if f.pkg.Info.Types[e.Args[0]].IsType() {
		f.Emit(move.New(t, to))
		return to
	}
	v := f.value(e.Args[0], nil)
	p := f.Temp(frame.PointerType)
	f.Emit(move.New(t, p))
	f.Emit(move.Store(t, p, 0, v))
	return f.Moved(frame.PointerType, p, &to)
}

func (f *fn) clearCall(e ast.Expr) {
	t, v := f.typeOf(e), f.value(e, nil)
	if s, ok := coreType(t).(*types.Slice); ok {
		f.Emit(composite.ClearSlice(f.rt(s.Elem()), v))
	} else {
		f.Emit(composite.MapClear(f.rt(t), v))
	}
}

func (f *fn) printCall(e *ast.CallExpr) {
	var values []vm.Slot
	for _, arg := range e.Args {
		values = append(values, f.slotOf(f.value(arg, nil), f.typeOf(arg)))
	}
	f.Emit(basic.Print(f.builtinName(e.Fun) == "println", values))
}

// extreme evaluates min and max.
func (f *fn) extreme(e *ast.CallExpr, d *uintptr) uintptr {
	t := f.rtOf(e)
	to := f.Temp(t)
	f.value(e.Args[0], &to)
	for _, arg := range e.Args[1:] {
		f.Emit(basic.Extreme(f.builtinName(e.Fun) == "max", t, to, f.value(arg, nil)))
	}
	return f.Moved(t, to, d)
}

func (f *fn) complexCall(e *ast.CallExpr, d *uintptr) uintptr {
	x := f.value(e.Args[0], nil)
	switch name := f.builtinName(e.Fun); name {
	case "complex":
		y := f.value(e.Args[1], nil)
		to := f.Dest(d, f.rtOf(e))
		f.Emit(basic.Complex(f.rtOf(e), to, x, y))
		return to
	default:
		to := f.Dest(d, f.rtOf(e))
		f.Emit(basic.Part(name == "imag", f.rtOf(e.Args[0]), to, x))
		return to
	}
}

// unsafeCall evaluates a call of a function of package unsafe, which only the
// syntax that we have of compiled packages may use.
func (f *fn) unsafeCall(e *ast.CallExpr, d *uintptr) uintptr {
	fail(e.Pos(), "%s cannot be used in interpreted source; build the program instead", f.builtinName(e.Fun))
	return 0
}
