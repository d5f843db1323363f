package decode

import (
	"math"
	"strconv"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// startCap is how many elements get room before the first of them has been decoded.
const startCap = 1024

// any decodes the next value into its generic form.
func (d *decoder) any() (any, *fail.Error) {
	h, err := d.Head()
	if err != nil {
		return nil, err
	}
	switch h.Major {
	case rawcbor.MajorUint:
		if h.Arg <= math.MaxInt {
			return int(h.Arg), nil
		}
		return h.Arg, nil
	case rawcbor.MajorNeg:
		return rawcbor.Negative(h.Arg).Any(), nil
	case rawcbor.MajorBytes:
		b, err := d.Take(h.Arg)
		return append([]byte{}, b...), err
	case rawcbor.MajorText:
		b, err := d.Text(h)
		return string(b), err
	case rawcbor.MajorArray:
		return d.anyArray(h)
	case rawcbor.MajorMap:
		return d.anyMap(h)
	case rawcbor.MajorTag:
		return d.anyTag(h.Arg)
	}
	return d.anySimple(h)
}

func (d *decoder) anySimple(h rawcbor.Head) (any, *fail.Error) {
	switch {
	case h.IsFloat():
		return h.Float(), nil
	case h.Info == rawcbor.ByteFalse&31:
		return false, nil
	case h.Info == rawcbor.ByteTrue&31:
		return true, nil
	case h.IsNull():
		return nil, nil
	}
	return nil, fail.Errorf("unknown simple value %d", h.Arg)
}

func (d *decoder) anyArray(h rawcbor.Head) (any, *fail.Error) {
	n, err := d.Enter(h)
	if err != nil {
		return nil, err
	}
	list := make([]any, 0, min(n, startCap))
	for i := range n {
		x, err := d.any()
		if err != nil {
			return nil, err.InIndex(i)
		}
		list = append(list, x)
	}
	d.Leave()
	return list, nil
}

// anyMap gives a map[string]any as long as the keys are strings; at the first other key
// it moves to a map[any]any.
func (d *decoder) anyMap(h rawcbor.Head) (any, *fail.Error) {
	n, err := d.Enter(h)
	if err != nil {
		return nil, err
	}
	m := make(map[string]any, min(n, startCap))
	for i := range n {
		key, ok, err := d.StringIfNext()
		if err != nil {
			return nil, err.In(keyNumber(i))
		}
		if !ok {
			return d.anyKeyedMap(m, i, n)
		}
		elem, err := d.any()
		if err != nil {
			return nil, err.InKey(key)
		}
		if m[key] = elem; len(m) == i {
			return nil, errTwice().InKey(key)
		}
	}
	d.Leave()
	return m, nil
}

func errTwice() *fail.Error { return fail.Errorf("the key comes twice") }

// keyNumber is the step to a key that could not be decoded, counted from 0.
func keyNumber(i int) string { return "[key " + strconv.Itoa(i) + "]" }

// anyKeyedMap goes on from the i-th of n pairs, those before being in m.
func (d *decoder) anyKeyedMap(m map[string]any, i, n int) (any, *fail.Error) {
	out := make(map[any]any, min(n, startCap))
	for key, elem := range m {
		out[key] = elem
	}
	var used usedKeys
	for ; i < n; i++ {
		start := d.Pos()
		key, err := d.anyKey()
		if err != nil {
			return nil, err.In(keyNumber(i))
		}
		if used.twice(d.Since(start), key) {
			return nil, errTwice().InKey(key)
		}
		elem, err := d.any()
		if err != nil {
			return nil, err.InKey(key)
		}
		if out[key] = elem; len(out) == i {
			return nil, errTwice().InKey(key)
		}
	}
	d.Leave()
	return out, nil
}

// anyTag decodes what follows the tag.
func (d *decoder) anyTag(num uint64) (any, *fail.Error) {
	switch num {
	case rawcbor.TagTime:
		return untyped(d.TimeBody())
	case rawcbor.TagPosBig, rawcbor.TagNegBig:
		n, err := d.BigBody(num == rawcbor.TagNegBig)
		if err != nil {
			return nil, err
		}
		return n.Any(), nil
	case rawcbor.TagDuration:
		return untyped(d.durationBody())
	case rawcbor.TagError:
		return untyped(d.faultBody())
	case rawcbor.TagBadText:
		return untyped(d.BadTextBody())
	}
	if ref := d.s.RefTag(num); ref != nil {
		return d.refBody(ref)
	}
	return nil, errUnknownTag(num)
}

func untyped[T any](x T, err *fail.Error) (any, *fail.Error) {
	if err != nil {
		return nil, err
	}
	return x, nil
}

func (d *decoder) refBody(ref *form.Ref) (any, *fail.Error) {
	h, err := d.Head()
	if err != nil {
		return nil, err
	}
	if h.Major != rawcbor.MajorUint {
		return nil, fail.Errorf("%s without its id", fail.WithArticle(ref.Type))
	}
	x, bad := fail.Guard(func() (any, error) { return ref.Resolve(h.Arg) })
	if bad != nil {
		return nil, fail.Caused("", bad)
	}
	return x, nil
}
