package item

import "reflect"

func decMap(d *decoder, p *plan, v reflect.Value) *Error {
	n, err := d.pairs(p.typ)
	if err != nil {
		return err
	}
	pd := pairDecoder{
		d: d, keyPlan: p.key.get(), elemPlan: p.elem.get(),
		m:    reflect.MakeMapWithSize(p.typ, min(n, startCap)),
		key:  reflect.New(p.key.typ).Elem(),
		elem: reflect.New(p.elem.typ).Elem(),
	}
	for i := range n {
		if err := pd.decode(i); err != nil {
			return err
		}
	}
	d.leave()
	v.Set(pd.m)
	return nil
}

// pairs enters the next value if it is a map, for a t.
func (d *decoder) pairs(t reflect.Type) (int, *Error) {
	h := d.peek()
	if h.major != majorMap {
		return 0, d.mismatch(t)
	}
	d.pos += h.size
	return d.enter(h)
}

// pairDecoder decodes the pairs of one map of a known type.
type pairDecoder struct {
	d                 *decoder
	keyPlan, elemPlan *plan
	m, key, elem      reflect.Value // the latter two are used again for each pair
	used              usedKeys
}

func (pd *pairDecoder) decode(i int) *Error {
	d, start := pd.d, pd.d.pos
	if err := pd.decodeKey(); err != nil {
		return err.in(d.stepAt(start, i))
	}
	if !pd.keyPlan.basic && pd.used.twice(d.data[start:d.pos], pd.key.Interface()) {
		return errTwice().inKey(pd.key.Interface())
	}
	pd.elem.SetZero()
	if err := d.value(pd.elemPlan, pd.elem); err != nil {
		return err.inKey(pd.key.Interface())
	}
	if pd.m.SetMapIndex(pd.key, pd.elem); pd.m.Len() == i {
		return errTwice().inKey(pd.key.Interface())
	}
	return nil
}

func (pd *pairDecoder) decodeKey() *Error {
	pd.key.SetZero()
	if pd.keyPlan.typ == anyType {
		key, err := pd.d.anyKey()
		if err != nil {
			return err
		}
		return assign(pd.key, key, "")
	}
	if err := pd.d.value(pd.keyPlan, pd.key); err != nil {
		return err
	}
	if !pd.keyPlan.basic && !pd.key.Comparable() {
		return errorf("what came as %s cannot be a key", withArticle(pd.keyPlan.typ))
	}
	return nil
}

// stepAt is the step to the i-th pair, whose key at start is not what was wanted: the key
// itself if it is a simple one, else its number.
func (d *decoder) stepAt(start, i int) string {
	again := decoder{c: &Codec{}, data: d.data, pos: start}
	switch d.data[start] >> 5 {
	case majorUint, majorNeg, majorText, majorSimple:
		if key, err := again.any(); err == nil {
			return keyStep(key)
		}
	}
	return keyNumber(i)
}
