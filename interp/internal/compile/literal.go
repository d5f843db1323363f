package compile

import (
	"go/ast"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
)

// literal evaluates a composite literal. It is put together aside: what it is
// assigned to may be used in it.
func (f *fn) literal(e *ast.CompositeLit, d *uintptr) uintptr {
	t := f.typeOf(e)
	if ptr, ok := coreType(t).(*types.Pointer); ok { // &T left out within a literal
		return f.pointerLiteral(e, ptr.Elem(), d)
	}
	return f.literalOf(e, t, d)
}

func (f *fn) literalOf(e *ast.CompositeLit, t types.Type, d *uintptr) uintptr {
	f.hoist(f.values(e)...)
	rt := f.rt(t)
	switch u := coreType(t).(type) {
	case *types.Struct:
		return f.structLiteral(e, u, rt, d)
	case *types.Array:
		return f.arrayLiteral(e, u, rt, d)
	case *types.Slice:
		return f.sliceLiteral(e, u, rt, d)
	case *types.Map:
		return f.mapLiteral(e, u, rt, d)
	}
	fail(e.Pos(), "no literal of type %v", t)
	return 0
}

// values are the expressions of a literal in their order, with the keys of a map.
func (f *fn) values(e *ast.CompositeLit) (list []ast.Expr) {
	_, isMap := coreType(f.elided(e)).(*types.Map)
	for _, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		switch {
		case !ok:
			list = append(list, elt)
		case isMap:
			list = append(list, kv.Key, kv.Value)
		default:
			list = append(list, kv.Value)
		}
	}
	return list
}

// elided is the type of a literal's content: within another literal, &T may be
// left out.
func (f *fn) elided(e *ast.CompositeLit) types.Type {
	t := f.typeOf(e)
	if ptr, ok := coreType(t).(*types.Pointer); ok {
		return ptr.Elem()
	}
	return t
}

func (f *fn) pointerLiteral(e *ast.CompositeLit, elem types.Type, d *uintptr) uintptr {
	t := f.rt(elem)
	v := f.literalOf(e, elem, nil)
	p := f.Temp(frame.PointerType)
	f.Emit(move.New(t, p))
	f.Emit(move.Store(t, p, 0, v))
	return f.Moved(frame.PointerType, p, d)
}

func (f *fn) structLiteral(e *ast.CompositeLit, s *types.Struct, t *rtype.Type, d *uintptr) uintptr {
	to := f.Temp(t)
	if len(e.Elts) < s.NumFields() || t.Size() > 64 {
		f.Emit(move.Zero(t, to))
	}
	for i, elt := range e.Elts {
		index, value := i, elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			value = kv.Value
			index = fieldIndex(s, kv.Key.(*ast.Ident).Name)
		}
		_, off := t.Field(index)
		at := to + off
		if s.Field(index).Name() == "_" { // evaluated, and not stored
			at = f.Temp(f.rt(s.Field(index).Type()))
		}
		f.valueAs(value, s.Field(index).Type(), &at)
	}
	return f.Moved(t, to, d)
}

func fieldIndex(s *types.Struct, name string) int {
	for i := range s.NumFields() {
		if s.Field(i).Name() == name {
			return i
		}
	}
	return -1
}

// eachElement calls visit with the index of each element of an array or slice
// literal, and gives the literal's length.
func (f *fn) eachElement(e *ast.CompositeLit, visit func(i int, value ast.Expr)) (length int) {
	i := 0
	for _, elt := range e.Elts {
		value := elt
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			i, _ = f.constInt(kv.Key)
			value = kv.Value
		}
		if visit != nil {
			visit(i, value)
		}
		i++
		length = max(length, i)
	}
	return length
}

func (f *fn) arrayLiteral(e *ast.CompositeLit, a *types.Array, t *rtype.Type, d *uintptr) uintptr {
	elem := f.rt(a.Elem())
	if t.Size() > largest {
		p := f.Temp(frame.PointerType)
		f.Emit(move.New(t, p))
		f.eachElement(e, func(i int, value ast.Expr) {
			f.Emit(move.Store(elem, p, uintptr(i)*elem.Size(), f.valueAs(value, a.Elem(), nil)))
		})
		return f.Load(frame.Place{Kind: frame.Pointed, Type: t, Off: p}, d)
	}
	to := f.Temp(t)
	if len(e.Elts) < int(a.Len()) {
		f.Emit(move.Zero(t, to))
	}
	f.eachElement(e, func(i int, value ast.Expr) {
		at := to + uintptr(i)*elem.Size()
		f.valueAs(value, a.Elem(), &at)
	})
	return f.Moved(t, to, d)
}

func (f *fn) sliceLiteral(e *ast.CompositeLit, s *types.Slice, t *rtype.Type, d *uintptr) uintptr {
	elem, to := f.rt(s.Elem()), f.Temp(t)
	f.Emit(composite.ArrayLiteral(elem, f.eachElement(e, nil), to))
	f.eachElement(e, func(i int, value ast.Expr) {
		n := f.InUse()
		v := f.valueAs(value, s.Elem(), nil)
		f.Emit(move.Store(elem, to, uintptr(i)*elem.Size(), v)) // a slice begins with its pointer
		f.ReleaseTo(n)
	})
	return f.Moved(t, to, d)
}

func (f *fn) mapLiteral(e *ast.CompositeLit, m *types.Map, t *rtype.Type, d *uintptr) uintptr {
	to := f.Temp(t)
	f.Emit(composite.MakeMap(t, to, f.Integer(len(e.Elts))))
	for _, elt := range e.Elts {
		kv := elt.(*ast.KeyValueExpr)
		n := f.InUse()
		k, v := f.valueAs(kv.Key, m.Key(), nil), f.valueAs(kv.Value, m.Elem(), nil)
		f.Emit(composite.SetMapIndex(t, to, k, v))
		f.ReleaseTo(n)
	}
	return f.Moved(t, to, d)
}
