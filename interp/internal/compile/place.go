package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/rtype"
)

// place is where a variable is.
func (v *variable) place() frame.Place {
	if v.boxed {
		return frame.Place{Kind: frame.Pointed, Type: v.t, Off: v.off, Sure: true}
	}
	return frame.Place{Kind: frame.InFrame, Type: v.t, Off: v.off}
}

// lookup finds a variable: our own, one of the function around us, or a
// package's.
func (f *fn) lookup(pos token.Pos, v *types.Var) *variable {
	if found := f.vars[v]; found != nil {
		return found
	}
	if f.outer != nil {
		if outer := f.outer.lookup(pos, v); outer != nil {
			if n, global := f.c.globals[v]; global {
				return f.global(v, n)
			}
			return f.capture(v, outer)
		}
	}
	if n, ok := f.c.globals[v]; ok {
		return f.global(v, n)
	}
	if f.outer == nil {
		fail(pos, "variable %s is not known here", v.Name())
	}
	return nil
}

func (f *fn) global(v *types.Var, number int) *variable {
	g := &variable{off: f.Global(number), t: f.declared(v.Type()), boxed: true}
	f.vars[v] = g
	return g
}

// placeOf gives where the value of an expression is. What cannot be assigned to is
// evaluated.
func (f *fn) placeOf(e ast.Expr) frame.Place {
	e = ast.Unparen(e)
	if off, ok := f.done[e]; ok {
		return frame.Place{Kind: frame.InFrame, Type: f.rtOf(e), Off: off}
	}
	switch e := e.(type) {
	case *ast.Ident:
		return f.identPlace(e)
	case *ast.SelectorExpr:
		return f.selectorPlace(e)
	case *ast.IndexExpr:
		return f.indexPlace(e)
	case *ast.StarExpr:
		return frame.Place{Kind: frame.Pointed, Type: f.rtOf(e), Off: f.value(e.X, nil)}
	}
	return frame.Place{Kind: frame.InFrame, Type: f.rtOf(e), Off: f.value(e, nil)}
}

func (f *fn) identPlace(e *ast.Ident) frame.Place {
	if e.Name == "_" {
		return frame.Place{Kind: frame.Nowhere}
	}
	if v, ok := f.pkg.Info.ObjectOf(e).(*types.Var); ok {
		return f.varPlace(e.Pos(), v)
	}
	return frame.Place{Kind: frame.InFrame, Type: f.rtOf(e), Off: f.value(e, nil)}
}

func (f *fn) varPlace(pos token.Pos, v *types.Var) frame.Place {
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && !f.c.isGlobal(v) && f.c.compiled(v.Pkg().Path()) {
		return f.symbolVar(pos, v)
	}
	return f.lookup(pos, v).place()
}

func (f *fn) selectorPlace(e *ast.SelectorExpr) frame.Place {
	sel := f.pkg.Info.Selections[e]
	if sel == nil && f.pkg.Info.Types[e].Value == nil { // of a package
		return f.identPlace(e.Sel)
	}
	if sel == nil || sel.Kind() != types.FieldVal {
		return frame.Place{Kind: frame.InFrame, Type: f.rtOf(e), Off: f.value(e, nil)}
	}
	return f.follow(f.placeOf(e.X), f.typeOf(e.X), sel.Index())
}

// follow goes from a place to a field of what is there, through embedded fields.
func (f *fn) follow(p frame.Place, t types.Type, path []int) frame.Place {
	p, _ = f.followTyped(p, t, path)
	return p
}

func (f *fn) followTyped(p frame.Place, t types.Type, path []int) (frame.Place, types.Type) {
	for _, i := range path {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			p = frame.Place{Kind: frame.Pointed, Type: f.rt(ptr.Elem()), Off: f.Load(p, nil)}
			t = ptr.Elem()
		}
		rt, delta := f.rt(t).Field(i)
		p = f.Part(p, rt, delta)
		t = t.Underlying().(*types.Struct).Field(i).Type()
		p.Type = f.rt(t)
	}
	return p, t
}

func (f *fn) indexPlace(e *ast.IndexExpr) frame.Place {
	if f.pkg.Info.Types[e].IsType() || f.isFunc(e.X) {
		return frame.Place{Kind: frame.InFrame, Type: f.rtOf(e), Off: f.value(e, nil)}
	}
	f.hoist(e.X, e.Index)
	t := f.typeOf(e.X)
	switch u := coreType(t).(type) {
	case *types.Slice:
		s := f.value(e.X, nil)
		return frame.Place{Kind: frame.Element, Type: f.rt(u.Elem()), Off: s, Index: f.indexOf(e.Index, s+frame.LengthWord)}
	case *types.Map:
		return frame.Place{Kind: frame.Entry, Type: f.rt(u.Elem()), Whole: f.rt(t), Off: f.value(e.X, nil), Index: f.valueAs(e.Index, u.Key(), nil)}
	case *types.Pointer:
		a := u.Elem().Underlying().(*types.Array)
		p := frame.Place{Kind: frame.Pointed, Type: f.rt(u.Elem()), Off: f.value(e.X, nil)}
		return f.arrayPlace(p, f.rt(a.Elem()), int(a.Len()), e.Index)
	case *types.Array:
		return f.arrayPlace(f.placeOf(e.X), f.rt(u.Elem()), int(u.Len()), e.Index)
	}
	return frame.Place{Kind: frame.InFrame, Type: f.rtOf(e), Off: f.value(e, nil)} // of a string
}

// arrayPlace gives the place of an element of the array at p.
func (f *fn) arrayPlace(p frame.Place, elem *rtype.Type, n int, index ast.Expr) frame.Place {
	if i, ok := f.constInt(index); ok && i >= 0 && i < n {
		return f.Part(p, elem, uintptr(i)*elem.Size())
	}
	i, d := f.indexOf(index, f.Integer(n)), f.Temp(frame.PointerType)
	switch p.Kind {
	case frame.Pointed:
		f.Emit(composite.IndexPointer(elem, n, d, p.Off, p.Delta, i))
	case frame.InFrame:
		f.Emit(composite.IndexFrame(elem, n, d, p.Off, i))
	case frame.Element:
		f.Emit(composite.IndexPointer(elem, n, d, f.Address(p, nil), 0, i))
	default:
		f.Emit(composite.IndexFrame(elem, n, d, f.Load(p, nil), i))
	}
	return frame.Place{Kind: frame.Pointed, Type: elem, Off: d}
}

// index gives the place of an index as an int.
func (f *fn) index(e ast.Expr) uintptr {
	if n, ok := f.constInt(e); ok {
		return f.Integer(n)
	}
	t, v := f.typeOf(e), f.value(e, nil)
	return f.toInt(f.rt(t), v)
}

// indexOf is index for something of the length that is at n.
func (f *fn) indexOf(e ast.Expr, n uintptr) uintptr {
	i := f.index(e)
	if f.isBig(e) {
		f.Emit(composite.BigIndex(i, n))
	}
	return i
}

// isBig reports whether an index may not fit an int.
func (f *fn) isBig(e ast.Expr) bool {
	if _, ok := f.constInt(e); ok {
		return false
	}
	switch f.rtOf(e).Kind() {
	case reflect.Uint, reflect.Uint64, reflect.Uintptr:
		return true
	}
	return false
}

// toInt converts an integer to int. One that does not fit is no valid index or
// size, and becomes one that is not.
func (f *fn) toInt(t *rtype.Type, v uintptr) uintptr {
	if t.Kind() == frame.IntType.Kind() {
		return v
	}
	d := f.Temp(frame.IntType)
	f.Emit(basic.Convert(frame.IntType, t, d, v))
	return d
}

// constInt gives the value of a constant integer.
func (f *fn) constInt(e ast.Expr) (int, bool) {
	tv := f.pkg.Info.Types[e]
	if tv.Value == nil {
		return 0, false
	}
	return exactInt(tv.Value)
}
