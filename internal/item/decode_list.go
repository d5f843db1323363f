package item

import (
	"bytes"
	"reflect"
)

func decBytes(d *decoder, p *plan, v reflect.Value) *Error {
	h := d.peek()
	if h.major != majorBytes {
		return d.mismatch(p.typ)
	}
	d.pos += h.size
	b, err := d.take(h.arg)
	if err == nil {
		v.SetBytes(bytes.Clone(b))
	}
	return err
}

func decByteArray(d *decoder, p *plan, v reflect.Value) *Error {
	h := d.peek()
	if h.major != majorBytes {
		return d.mismatch(p.typ)
	}
	d.pos += h.size
	b, err := d.take(h.arg)
	if err != nil {
		return err
	}
	if len(b) > v.Len() {
		return errorf("a byte string of %d bytes does not fit %s", len(b), p.typ)
	}
	v.SetZero()
	copy(v.Bytes(), b)
	return nil
}

// startBytes is how much room a slice gets before its first element has been decoded.
const startBytes = 64 << 10

func decSlice(d *decoder, p *plan, v reflect.Value) *Error {
	n, err := d.list(p.typ)
	if err != nil {
		return err
	}
	elem := p.elem.get()
	room := min(n, max(1, startBytes/max(1, int(p.elem.typ.Size()))))
	v.Set(reflect.MakeSlice(p.typ, room, room))
	for i := range n {
		if i == v.Len() {
			v.Grow(1)
			v.SetLen(min(n, v.Cap()))
		}
		if err := d.value(elem, v.Index(i)); err != nil {
			return err.inIndex(i)
		}
	}
	d.leave()
	return nil
}

func decArray(d *decoder, p *plan, v reflect.Value) *Error {
	n, err := d.list(p.typ)
	if err != nil {
		return err
	}
	if n > v.Len() {
		return errorf("an array of %d elements does not fit %s", n, p.typ)
	}
	elem := p.elem.get()
	v.SetZero()
	for i := range n {
		if err := d.value(elem, v.Index(i)); err != nil {
			return err.inIndex(i)
		}
	}
	d.leave()
	return nil
}

// list enters the next value if it is an array, for a t.
func (d *decoder) list(t reflect.Type) (int, *Error) {
	h := d.peek()
	if h.major != majorArray {
		return 0, d.mismatch(t)
	}
	d.pos += h.size
	return d.enter(h)
}
