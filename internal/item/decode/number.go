package decode

import (
	"math"
	"math/big"
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// shownBits is up to where a number is worth its digits in a message.
const shownBits = 256

func misfit(n rawcbor.Integer, t reflect.Type) *fail.Error {
	x := n.Big()
	if x.BitLen() > shownBits {
		return fail.Errorf("an integer of %d bits does not fit %s", x.BitLen(), t)
	}
	return fail.Errorf("%s does not fit %s", x, t)
}

func decInt(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	n, ok, err := d.IntegerIfNext()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.Type)
	}
	i, ok := n.Int64()
	if !ok || v.OverflowInt(i) {
		return misfit(n, p.Type)
	}
	v.SetInt(i)
	return nil
}

func decUint(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	n, ok, err := d.IntegerIfNext()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.Type)
	}
	u, ok := n.Uint64()
	if !ok || v.OverflowUint(u) {
		return misfit(n, p.Type)
	}
	v.SetUint(u)
	return nil
}

func decFloat(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	h := d.Peek()
	if !h.IsFloat() {
		n, ok, err := d.IntegerIfNext()
		if err != nil {
			return err
		}
		if !ok {
			return d.mismatch(p.Type)
		}
		f := n.Float64()
		if math.IsInf(f, 0) || v.OverflowFloat(f) {
			return misfit(n, p.Type)
		}
		v.SetFloat(f)
		return nil
	}
	d.Pass(h)
	f := h.Float()
	if v.OverflowFloat(f) {
		return fail.Errorf("%g does not fit %s", f, p.Type)
	}
	v.SetFloat(f)
	return nil
}

func decBig(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	n, ok, err := d.IntegerIfNext()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.Type)
	}
	v.Addr().Interface().(*big.Int).Set(n.Big())
	return nil
}
