package exportdata

import (
	"go/constant"
	"go/token"
	"math/big"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

func (p *pkg) constant(c *cursor) constant.Value {
	switch format.ConstKind(c.byte()) {
	case format.ConstFalse:
		return constant.MakeBool(false)
	case format.ConstTrue:
		return constant.MakeBool(true)
	case format.ConstString:
		return constant.MakeString(c.string())
	case format.ConstInt:
		return constant.MakeInt64(int64(c.uint()))
	case format.ConstBigInt:
		if n, ok := new(big.Int).SetString(c.string(), 10); ok {
			return constant.Make(n)
		}
	case format.ConstFloat:
		return float(c.string())
	case format.ConstComplex:
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
