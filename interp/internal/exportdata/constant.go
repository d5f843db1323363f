package exportdata

import (
	"go/constant"
	"go/token"
	"math"
	"math/big"
)

func (e *encoder) constant(b *buffer, v constant.Value) {
	switch v.Kind() {
	case constant.Bool:
		kind := constFalse
		if constant.BoolVal(v) {
			kind = constTrue
		}
		b.byte(byte(kind))
	case constant.String:
		b.byte(byte(constString))
		b.string(constant.StringVal(v))
	case constant.Int:
		if n, exact := constant.Int64Val(v); exact && 0 <= n && n <= math.MaxInt32 {
			b.byte(byte(constInt))
			b.uint(int(n))
			return
		}
		b.byte(byte(constBigInt))
		b.string(v.ExactString())
	case constant.Float:
		b.byte(byte(constFloat))
		b.string(v.ExactString())
	case constant.Complex:
		b.byte(byte(constComplex))
		e.constant(b, constant.Real(v))
		e.constant(b, constant.Imag(v))
	default:
		e.fail("constant %v: no place for its kind", v)
	}
}

func (p *pkg) constant(c *cursor) constant.Value {
	switch constKind(c.byte()) {
	case constFalse:
		return constant.MakeBool(false)
	case constTrue:
		return constant.MakeBool(true)
	case constString:
		return constant.MakeString(c.string())
	case constInt:
		return constant.MakeInt64(int64(c.uint()))
	case constBigInt:
		if n, ok := new(big.Int).SetString(c.string(), 10); ok {
			return constant.Make(n)
		}
	case constFloat:
		return float(c.string())
	case constComplex:
		re, im := p.constant(c), p.constant(c)
		return constant.BinaryOp(constant.ToComplex(re), token.ADD, constant.MakeImag(im))
	}
	panic(errCorrupt)
}

// float reads what ExactString gives for a float: a fraction of whole numbers,
// or a mantissa and an exponent where that would be too long.
func float(text string) constant.Value {
	if r, ok := new(big.Rat).SetString(text); ok {
		return constant.ToFloat(constant.Make(r))
	}
	const precision = 512 // go/constant's
	f, _, err := big.ParseFloat(text, 0, precision, big.ToNearestEven)
	if err != nil {
		panic(errCorrupt)
	}
	return constant.Make(f)
}
