package decode

import (
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

func decMap(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	n, err := d.pairs(p.Type)
	if err != nil {
		return err
	}
	pd := pairDecoder{
		d: d, keyPlan: p.Key.Get(), elemPlan: p.Elem.Get(),
		m:    reflect.MakeMapWithSize(p.Type, min(n, startCap)),
		key:  reflect.New(p.Key.Type).Elem(),
		elem: reflect.New(p.Elem.Type).Elem(),
	}
	for i := range n {
		if err := pd.decode(i); err != nil {
			return err
		}
	}
	d.Leave()
	v.Set(pd.m)
	return nil
}

// pairs enters the next value if it is a map, for a t.
func (d *decoder) pairs(t reflect.Type) (int, *fail.Error) {
	h := d.Peek()
	if h.Major != rawcbor.MajorMap {
		return 0, d.mismatch(t)
	}
	d.Pass(h)
	return d.Enter(h)
}

// pairDecoder decodes the pairs of one map of a known type.
type pairDecoder struct {
	d                 *decoder
	keyPlan, elemPlan *form.Plan
	m, key, elem      reflect.Value // the latter two are used again for each pair
	used              usedKeys
}

func (pd *pairDecoder) decode(i int) *fail.Error {
	d, start := pd.d, pd.d.Pos()
	if err := pd.decodeKey(); err != nil {
		return err.In(d.stepAt(start, i))
	}
	if !pd.keyPlan.Basic && pd.used.twice(d.Since(start), pd.key.Interface()) {
		return errTwice().InKey(pd.key.Interface())
	}
	pd.elem.SetZero()
	if err := d.value(pd.elemPlan, pd.elem); err != nil {
		return err.InKey(pd.key.Interface())
	}
	if pd.m.SetMapIndex(pd.key, pd.elem); pd.m.Len() == i {
		return errTwice().InKey(pd.key.Interface())
	}
	return nil
}

func (pd *pairDecoder) decodeKey() *fail.Error {
	pd.key.SetZero()
	if pd.keyPlan.Type == anyType {
		key, err := pd.d.anyKey()
		if err != nil {
			return err
		}
		return assign(pd.key, key, "")
	}
	if err := pd.d.value(pd.keyPlan, pd.key); err != nil {
		return err
	}
	if !pd.keyPlan.Basic && !pd.key.Comparable() {
		return fail.Errorf("what came as %s cannot be a key", fail.WithArticle(pd.keyPlan.Type))
	}
	return nil
}

// stepAt is the step to the i-th pair, whose key at start is not what was wanted: the key
// itself if it is a simple one, else its number.
func (d *decoder) stepAt(start, i int) string {
	again := decoder{Cursor: d.At(start), s: &form.Settings{}}
	switch again.Peek().Major {
	case rawcbor.MajorUint, rawcbor.MajorNeg, rawcbor.MajorText, rawcbor.MajorSimple:
		if key, err := again.any(); err == nil {
			return fail.KeyStep(key)
		}
	}
	return keyNumber(i)
}
