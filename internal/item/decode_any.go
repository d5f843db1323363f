package item

import (
	"math"
	"strconv"
)

// startCap is how many elements get room before the first of them has been decoded.
const startCap = 1024

// any decodes the next value into its generic form.
func (d *decoder) any() (any, *Error) {
	h, err := d.head()
	if err != nil {
		return nil, err
	}
	switch h.major {
	case majorUint:
		if h.arg <= math.MaxInt {
			return int(h.arg), nil
		}
		return h.arg, nil
	case majorNeg:
		return integer{neg: true, mag: h.arg}.any(), nil
	case majorBytes:
		b, err := d.take(h.arg)
		return append([]byte{}, b...), err
	case majorText:
		b, err := d.text(h)
		return string(b), err
	case majorArray:
		return d.anyArray(h)
	case majorMap:
		return d.anyMap(h)
	case majorTag:
		return d.anyTag(h.arg)
	}
	return d.anySimple(h)
}

func (d *decoder) anySimple(h head) (any, *Error) {
	switch {
	case h.isFloat():
		return h.float(), nil
	case h.info == byteFalse&31:
		return false, nil
	case h.info == byteTrue&31:
		return true, nil
	case h.isNull():
		return nil, nil
	}
	return nil, errorf("unknown simple value %d", h.arg)
}

func (d *decoder) anyArray(h head) (any, *Error) {
	n, err := d.enter(h)
	if err != nil {
		return nil, err
	}
	list := make([]any, 0, min(n, startCap))
	for i := range n {
		x, err := d.any()
		if err != nil {
			return nil, err.inIndex(i)
		}
		list = append(list, x)
	}
	d.leave()
	return list, nil
}

// anyMap gives a map[string]any as long as the keys are strings; at the first other key
// it moves to a map[any]any.
func (d *decoder) anyMap(h head) (any, *Error) {
	n, err := d.enter(h)
	if err != nil {
		return nil, err
	}
	m := make(map[string]any, min(n, startCap))
	for i := range n {
		key, ok, err := d.stringIfNext()
		if err != nil {
			return nil, err.in(keyNumber(i))
		}
		if !ok {
			return d.anyKeyedMap(m, i, n)
		}
		elem, err := d.any()
		if err != nil {
			return nil, err.inKey(key)
		}
		if m[key] = elem; len(m) == i {
			return nil, errTwice().inKey(key)
		}
	}
	d.leave()
	return m, nil
}

func errTwice() *Error { return errorf("the key comes twice") }

// keyNumber is the step to a key that could not be decoded, counted from 0.
func keyNumber(i int) string { return "[key " + strconv.Itoa(i) + "]" }

// anyKeyedMap goes on from the i-th of n pairs, those before being in m.
func (d *decoder) anyKeyedMap(m map[string]any, i, n int) (any, *Error) {
	out := make(map[any]any, min(n, startCap))
	for key, elem := range m {
		out[key] = elem
	}
	var used usedKeys
	for ; i < n; i++ {
		start := d.pos
		key, err := d.anyKey()
		if err != nil {
			return nil, err.in(keyNumber(i))
		}
		if used.twice(d.data[start:d.pos], key) {
			return nil, errTwice().inKey(key)
		}
		elem, err := d.any()
		if err != nil {
			return nil, err.inKey(key)
		}
		if out[key] = elem; len(out) == i {
			return nil, errTwice().inKey(key)
		}
	}
	d.leave()
	return out, nil
}

// anyTag decodes what follows the tag.
func (d *decoder) anyTag(num uint64) (any, *Error) {
	switch num {
	case tagTime:
		return untyped(d.timeBody())
	case tagPosBig, tagNegBig:
		n, err := d.bigBody(num == tagNegBig)
		if err != nil {
			return nil, err
		}
		return n.any(), nil
	case TagDuration:
		return untyped(d.durationBody())
	case TagError:
		return untyped(d.faultBody())
	case TagBadText:
		return untyped(d.badTextBody())
	}
	if ref := d.c.refTag(num); ref != nil {
		return d.refBody(ref)
	}
	return nil, errUnknownTag(num)
}

func untyped[T any](x T, err *Error) (any, *Error) {
	if err != nil {
		return nil, err
	}
	return x, nil
}

func (d *decoder) refBody(ref *Ref) (any, *Error) {
	h, err := d.head()
	if err != nil {
		return nil, err
	}
	if h.major != majorUint {
		return nil, errorf("%s without its id", withArticle(ref.Type))
	}
	x, bad := guard(func() (any, error) { return ref.Resolve(h.arg) })
	if bad != nil {
		return nil, caused("", bad)
	}
	return x, nil
}
