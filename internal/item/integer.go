package item

import (
	"math"
	"math/big"
	"reflect"
)

// integer is an integer as received: mag, or -1-mag if neg, or big beyond 64 bits.
type integer struct {
	neg bool
	mag uint64
	big *big.Int
}

// integer reads the next value if it is one.
func (d *decoder) integer() (n integer, ok bool, err *Error) {
	h := d.peek()
	switch {
	case h.major == majorUint || h.major == majorNeg:
		d.pos += h.size
		return integer{neg: h.major == majorNeg, mag: h.arg}, true, nil
	case h.major == majorTag && (h.arg == tagPosBig || h.arg == tagNegBig):
		d.pos += h.size
		n, err = d.bigBody(h.arg == tagNegBig)
		return n, true, err
	}
	return n, false, nil
}

// bigBody reads the bytes after tag 2 or 3. What fits 64 bits is an ordinary integer.
func (d *decoder) bigBody(neg bool) (integer, *Error) {
	h, err := d.head()
	if err != nil {
		return integer{}, err
	}
	if h.major != majorBytes {
		return integer{}, errorf("a big integer without its bytes")
	}
	b, err := d.take(h.arg)
	if err != nil {
		return integer{}, err
	}
	mag := new(big.Int).SetBytes(b)
	if mag.IsUint64() {
		return integer{neg: neg, mag: mag.Uint64()}, nil
	}
	if neg {
		mag.Not(mag)
	}
	return integer{neg: neg, big: mag}, nil
}

func (n integer) int64() (int64, bool) {
	if n.big != nil || n.mag > math.MaxInt64 {
		return 0, false
	}
	if n.neg {
		return ^int64(n.mag), true
	}
	return int64(n.mag), true
}

func (n integer) uint64() (uint64, bool) { return n.mag, n.big == nil && !n.neg }

func (n integer) bigInt() *big.Int {
	if n.big != nil {
		return n.big
	}
	x := new(big.Int).SetUint64(n.mag)
	if n.neg {
		x.Not(x)
	}
	return x
}

func (n integer) float64() float64 {
	switch {
	case n.big != nil || n.neg && n.mag == math.MaxUint64:
		f, _ := new(big.Float).SetInt(n.bigInt()).Float64()
		return f
	case n.neg:
		return -float64(n.mag + 1)
	}
	return float64(n.mag)
}

// any is the generic form: int if it fits, else uint64, else *big.Int.
func (n integer) any() any {
	if i, ok := n.int64(); ok && i == int64(int(i)) {
		return int(i)
	}
	if u, ok := n.uint64(); ok {
		return u
	}
	return n.bigInt()
}

// shownBits is up to where a number is worth its digits in a message.
const shownBits = 256

func (n integer) misfit(t reflect.Type) *Error {
	x := n.bigInt()
	if x.BitLen() > shownBits {
		return errorf("an integer of %d bits does not fit %s", x.BitLen(), t)
	}
	return errorf("%s does not fit %s", x, t)
}

func decInt(d *decoder, p *plan, v reflect.Value) *Error {
	n, ok, err := d.integer()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.typ)
	}
	i, ok := n.int64()
	if !ok || v.OverflowInt(i) {
		return n.misfit(p.typ)
	}
	v.SetInt(i)
	return nil
}

func decUint(d *decoder, p *plan, v reflect.Value) *Error {
	n, ok, err := d.integer()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.typ)
	}
	u, ok := n.uint64()
	if !ok || v.OverflowUint(u) {
		return n.misfit(p.typ)
	}
	v.SetUint(u)
	return nil
}

func decFloat(d *decoder, p *plan, v reflect.Value) *Error {
	h := d.peek()
	if !h.isFloat() {
		n, ok, err := d.integer()
		if err != nil {
			return err
		}
		if !ok {
			return d.mismatch(p.typ)
		}
		f := n.float64()
		if math.IsInf(f, 0) || v.OverflowFloat(f) {
			return n.misfit(p.typ)
		}
		v.SetFloat(f)
		return nil
	}
	d.pos += h.size
	f := h.float()
	if v.OverflowFloat(f) {
		return errorf("%g does not fit %s", f, p.typ)
	}
	v.SetFloat(f)
	return nil
}

func decBig(d *decoder, p *plan, v reflect.Value) *Error {
	n, ok, err := d.integer()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.typ)
	}
	v.Addr().Interface().(*big.Int).Set(n.bigInt())
	return nil
}
