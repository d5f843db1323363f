package compile

import (
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
)

// A place is where a value can be read, and perhaps stored.
type place struct {
	kind  placeKind
	t     *rtype.Type // of the value
	off   uintptr     // in the frame: of the value, of the pointer to it, of the slice or map
	delta uintptr     // pointed: how far behind the pointer
	sure  bool        // pointed: the pointer is not nil
	index uintptr     // element, entry: of the index or key
	whole *rtype.Type // entry: the map's type
}

type placeKind uint8

const (
	inFrame placeKind = iota
	pointed           // where a pointer points to
	element           // s[i] of a slice
	entry             // m[k] of a map
	nowhere           // _
)

// load gives the value at a place.
func (f *fn) load(p place, d *uintptr) uintptr {
	switch p.kind {
	case inFrame:
		return f.moved(p.t, p.off, d)
	case pointed:
		to := f.dest(d, p.t)
		f.emit(move.Load(p.t, to, p.off, p.delta))
		return to
	case element:
		to := f.dest(d, p.t)
		f.emit(composite.Index(p.t, to, p.off, p.index))
		return to
	case entry:
		to := f.dest(d, p.t)
		f.emit(composite.MapIndex(p.whole, to, p.off, p.index, nil))
		return to
	}
	return f.dest(d, p.t)
}

// store stores a value at a place.
func (f *fn) store(p place, v uintptr) {
	switch p.kind {
	case inFrame:
		if p.off != v {
			f.emit(move.Copy(p.t, p.off, v))
		}
	case pointed:
		f.emit(move.Store(p.t, p.off, p.delta, v))
	case element:
		f.emit(composite.SetIndex(p.t, p.off, p.index, v))
	case entry:
		f.emit(composite.SetMapIndex(p.whole, p.off, p.index, v))
	}
}

// address gives the place of a pointer to what is at p.
func (f *fn) address(p place, d *uintptr) uintptr {
	to := f.dest(d, pointerType)
	switch p.kind {
	case inFrame:
		f.emit(move.FrameAddress(to, p.off))
	case pointed:
		f.emit(move.Address(to, p.off, p.delta))
	case element:
		f.emit(composite.IndexAddress(p.t, to, p.off, p.index))
	}
	return to
}

var pointerType = rtype.For[unsafe.Pointer]()

// variablePlace is where a variable is.
func (v *variable) place() place {
	if v.boxed {
		return place{kind: pointed, t: v.t, off: v.off, sure: true}
	}
	return place{kind: inFrame, t: v.t, off: v.off}
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
	g := &variable{off: f.globalPlace(number), t: f.declared(v.Type()), boxed: true}
	f.vars[v] = g
	return g
}

// place gives where the value of an expression is. What cannot be assigned to is
// evaluated.
func (f *fn) placeOf(e ast.Expr) place {
	e = ast.Unparen(e)
	if off, ok := f.done[e]; ok {
		return place{kind: inFrame, t: f.rtOf(e), off: off}
	}
	switch e := e.(type) {
	case *ast.Ident:
		return f.identPlace(e)
	case *ast.SelectorExpr:
		return f.selectorPlace(e)
	case *ast.IndexExpr:
		return f.indexPlace(e)
	case *ast.StarExpr:
		return place{kind: pointed, t: f.rtOf(e), off: f.value(e.X, nil)}
	}
	return place{kind: inFrame, t: f.rtOf(e), off: f.value(e, nil)}
}

func (f *fn) identPlace(e *ast.Ident) place {
	if e.Name == "_" {
		return place{kind: nowhere}
	}
	if v, ok := f.pkg.Info.ObjectOf(e).(*types.Var); ok {
		return f.varPlace(e.Pos(), v)
	}
	return place{kind: inFrame, t: f.rtOf(e), off: f.value(e, nil)}
}

func (f *fn) varPlace(pos token.Pos, v *types.Var) place {
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() && !f.c.isGlobal(v) && f.c.compiled(v.Pkg().Path()) {
		return f.symbolVar(pos, v)
	}
	return f.lookup(pos, v).place()
}

func (f *fn) selectorPlace(e *ast.SelectorExpr) place {
	sel := f.pkg.Info.Selections[e]
	if sel == nil && f.pkg.Info.Types[e].Value == nil { // of a package
		return f.identPlace(e.Sel)
	}
	if sel == nil || sel.Kind() != types.FieldVal {
		return place{kind: inFrame, t: f.rtOf(e), off: f.value(e, nil)}
	}
	return f.follow(f.placeOf(e.X), f.typeOf(e.X), sel.Index())
}

// follow goes from a place to a field of what is there, through embedded fields.
func (f *fn) follow(p place, t types.Type, path []int) place {
	p, _ = f.followTyped(p, t, path)
	return p
}

func (f *fn) followTyped(p place, t types.Type, path []int) (place, types.Type) {
	for _, i := range path {
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			p = place{kind: pointed, t: f.rt(ptr.Elem()), off: f.load(p, nil)}
			t = ptr.Elem()
		}
		rt, delta := f.rt(t).Field(i)
		p = f.part(p, rt, delta)
		t = t.Underlying().(*types.Struct).Field(i).Type()
		p.t = f.rt(t)
	}
	return p, t
}

// part gives the place of a part of what is at p.
func (f *fn) part(p place, t *rtype.Type, delta uintptr) place {
	switch p.kind {
	case inFrame:
		return place{kind: inFrame, t: t, off: p.off + delta}
	case pointed:
		return place{kind: pointed, t: t, off: p.off, delta: p.delta + delta, sure: p.sure}
	case element:
		return place{kind: pointed, t: t, off: f.address(p, nil), delta: delta}
	}
	return place{kind: inFrame, t: t, off: f.load(p, nil) + delta}
}

func (f *fn) indexPlace(e *ast.IndexExpr) place {
	if f.pkg.Info.Types[e].IsType() || f.isFunc(e.X) {
		return place{kind: inFrame, t: f.rtOf(e), off: f.value(e, nil)}
	}
	f.hoist(e.X, e.Index)
	t := f.typeOf(e.X)
	switch u := coreType(t).(type) {
	case *types.Slice:
		s := f.value(e.X, nil)
		return place{kind: element, t: f.rt(u.Elem()), off: s, index: f.indexOf(e.Index, s+lengthWord)}
	case *types.Map:
		return place{kind: entry, t: f.rt(u.Elem()), whole: f.rt(t), off: f.value(e.X, nil), index: f.valueAs(e.Index, u.Key(), nil)}
	case *types.Pointer:
		a := u.Elem().Underlying().(*types.Array)
		p := place{kind: pointed, t: f.rt(u.Elem()), off: f.value(e.X, nil)}
		return f.arrayPlace(p, f.rt(a.Elem()), int(a.Len()), e.Index)
	case *types.Array:
		return f.arrayPlace(f.placeOf(e.X), f.rt(u.Elem()), int(u.Len()), e.Index)
	}
	return place{kind: inFrame, t: f.rtOf(e), off: f.value(e, nil)} // of a string
}

// arrayPlace gives the place of an element of the array at p.
func (f *fn) arrayPlace(p place, elem *rtype.Type, n int, index ast.Expr) place {
	if i, ok := f.constInt(index); ok && i >= 0 && i < n {
		return f.part(p, elem, uintptr(i)*elem.Size())
	}
	i, d := f.indexOf(index, f.integer(n)), f.temp(pointerType)
	switch p.kind {
	case pointed:
		f.emit(composite.IndexPointer(elem, n, d, p.off, p.delta, i))
	case inFrame:
		f.emit(composite.IndexFrame(elem, n, d, p.off, i))
	case element:
		f.emit(composite.IndexPointer(elem, n, d, f.address(p, nil), 0, i))
	default:
		f.emit(composite.IndexFrame(elem, n, d, f.load(p, nil), i))
	}
	return place{kind: pointed, t: elem, off: d}
}

// index gives the place of an index as an int.
func (f *fn) index(e ast.Expr) uintptr {
	if n, ok := f.constInt(e); ok {
		return f.integer(n)
	}
	t, v := f.typeOf(e), f.value(e, nil)
	return f.toInt(f.rt(t), v)
}

// lengthWord is where the length lies in a string or a slice.
const lengthWord = 8

// indexOf is index for something of the length that is at n.
func (f *fn) indexOf(e ast.Expr, n uintptr) uintptr {
	i := f.index(e)
	if f.isBig(e) {
		f.emit(composite.BigIndex(i, n))
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
	if t.Kind() == intType.Kind() {
		return v
	}
	d := f.temp(intType)
	f.emit(basic.Convert(intType, t, d, v))
	return d
}

var intType = rtype.For[int]()

// constInt gives the value of a constant integer.
func (f *fn) constInt(e ast.Expr) (int, bool) {
	tv := f.pkg.Info.Types[e]
	if tv.Value == nil {
		return 0, false
	}
	return exactInt(tv.Value)
}
