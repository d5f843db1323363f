package compile

import (
	"go/ast"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile/frame"
	"github.com/farside-go/farside/interp/internal/ops/basic"
	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/rtype"
)

// conversion evaluates T(x).
func (f *fn) conversion(e *ast.CallExpr, d *uintptr) uintptr {
	x := e.Args[0]
	from, to := f.typeOf(x), f.typeOf(e)
	if isInterface(to) || isNil(from) {
		return f.valueAs(x, to, d)
	}
	if c := f.pkg.Info.Types[x].Value; c != nil && isNumeric(from) && isNumeric(to) {
		return f.Moved(f.rt(to), f.Constant(c, f.rt(to)), d) // of a type parameter
	}
	v := f.value(x, nil)
	f.At(e.Pos())
	return f.convert(v, from, to, d)
}

// convert converts a value between types that are no interfaces.
func (f *fn) convert(v uintptr, from, to types.Type, d *uintptr) uintptr {
	ft, tt := f.rt(from), f.rt(to)
	fb, fromBasic := coreType(from).(*types.Basic)
	tb, toBasic := coreType(to).(*types.Basic)
	switch {
	case fromBasic && toBasic && numeric(fb) && numeric(tb):
		if ft.Kind() == tt.Kind() {
			return f.Moved(tt, v, d)
		}
		r := f.Dest(d, tt)
		f.Emit(basic.Convert(tt, ft, r, v))
		return r
	case toBasic && isString(to) && fromBasic && numeric(fb):
		n := f.Temp(int64Type)
		f.Emit(basic.Convert(int64Type, ft, n, v))
		r := f.Dest(d, tt)
		f.Emit(basic.RuneToString(r, n))
		return r
	case toBasic && isString(to) && !fromBasic:
		r := f.Dest(d, tt)
		if isBytes(from) {
			f.Emit(basic.BytesToString(r, v))
		} else {
			f.Emit(basic.RunesToString(r, v))
		}
		return r
	case fromBasic && isString(from) && !toBasic:
		r := f.Dest(d, tt)
		if isBytes(to) {
			f.Emit(basic.StringToBytes(r, v))
		} else {
			f.Emit(basic.StringToRunes(r, v))
		}
		return r
	}
	return f.convertSlice(v, from, to, d)
}

// convertSlice converts a slice to an array or to a pointer to one. All other
// conversions leave a value as it is.
func (f *fn) convertSlice(v uintptr, from, to types.Type, d *uintptr) uintptr {
	tt := f.rt(to)
	if _, ok := coreType(from).(*types.Slice); !ok {
		return f.Moved(tt, v, d)
	}
	switch u := coreType(to).(type) {
	case *types.Array:
		p := f.Temp(frame.PointerType)
		f.Emit(composite.SliceToArray(int(u.Len()), p, v))
		if u.Len() == 0 {
			return f.Moved(tt, f.Zero(tt), d)
		}
		return f.Load(frame.Place{Kind: frame.Pointed, Type: tt, Off: p}, d)
	case *types.Pointer:
		r := f.Dest(d, tt)
		f.Emit(composite.SliceToArray(int(u.Elem().Underlying().(*types.Array).Len()), r, v))
		return r
	}
	return f.Moved(tt, v, d)
}

var int64Type = rtype.For[int64]()

func numeric(b *types.Basic) bool { return b.Info()&types.IsNumeric != 0 }

func isNumeric(t types.Type) bool {
	b, ok := coreType(t).(*types.Basic)
	return ok && numeric(b)
}

func isBytes(t types.Type) bool {
	s, ok := coreType(t).(*types.Slice)
	if !ok {
		return false
	}
	b, ok := s.Elem().Underlying().(*types.Basic)
	return ok && b.Kind() == types.Uint8
}
