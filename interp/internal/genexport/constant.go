package main

import (
	"go/constant"
	"math"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

func (e *encoder) constant(b *buffer, v constant.Value) {
	switch v.Kind() {
	case constant.Bool:
		kind := format.ConstFalse
		if constant.BoolVal(v) {
			kind = format.ConstTrue
		}
		b.byte(byte(kind))
	case constant.String:
		b.byte(byte(format.ConstString))
		b.string(constant.StringVal(v))
	case constant.Int:
		if n, exact := constant.Int64Val(v); exact && 0 <= n && n <= math.MaxInt32 {
			b.byte(byte(format.ConstInt))
			b.uint(int(n))
			return
		}
		b.byte(byte(format.ConstBigInt))
		b.string(v.ExactString())
	case constant.Float:
		b.byte(byte(format.ConstFloat))
		b.string(v.ExactString())
	case constant.Complex:
		b.byte(byte(format.ConstComplex))
		e.constant(b, constant.Real(v))
		e.constant(b, constant.Imag(v))
	default:
		e.fail("constant %v: no place for its kind", v)
	}
}
