package decode

import (
	"bytes"
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

func decBytes(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	h := d.Peek()
	if h.Major != rawcbor.MajorBytes {
		return d.mismatch(p.Type)
	}
	d.Pass(h)
	b, err := d.Take(h.Arg)
	if err == nil {
		v.SetBytes(bytes.Clone(b))
	}
	return err
}

func decByteArray(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	h := d.Peek()
	if h.Major != rawcbor.MajorBytes {
		return d.mismatch(p.Type)
	}
	d.Pass(h)
	b, err := d.Take(h.Arg)
	if err != nil {
		return err
	}
	if len(b) > v.Len() {
		return fail.Errorf("a byte string of %d bytes does not fit %s", len(b), p.Type)
	}
	v.SetZero()
	copy(v.Bytes(), b)
	return nil
}

// startBytes is how much room a slice gets before its first element has been decoded.
const startBytes = 64 << 10

func decSlice(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	n, err := d.list(p.Type)
	if err != nil {
		return err
	}
	elem := p.Elem.Get()
	room := min(n, max(1, startBytes/max(1, int(p.Elem.Type.Size()))))
	v.Set(reflect.MakeSlice(p.Type, room, room))
	for i := range n {
		if i == v.Len() {
			v.Grow(1)
			v.SetLen(min(n, v.Cap()))
		}
		if err := d.value(elem, v.Index(i)); err != nil {
			return err.InIndex(i)
		}
	}
	d.Leave()
	return nil
}

func decArray(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	n, err := d.list(p.Type)
	if err != nil {
		return err
	}
	if n > v.Len() {
		return fail.Errorf("an array of %d elements does not fit %s", n, p.Type)
	}
	elem := p.Elem.Get()
	v.SetZero()
	for i := range n {
		if err := d.value(elem, v.Index(i)); err != nil {
			return err.InIndex(i)
		}
	}
	d.Leave()
	return nil
}

// list enters the next value if it is an array, for a t.
func (d *decoder) list(t reflect.Type) (int, *fail.Error) {
	h := d.Peek()
	if h.Major != rawcbor.MajorArray {
		return 0, d.mismatch(t)
	}
	d.Pass(h)
	return d.Enter(h)
}
