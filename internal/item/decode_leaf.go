package item

import (
	"bytes"
	"encoding"
	"reflect"
	"time"

	"github.com/fxamacker/cbor/v2"
)

func decAny(d *decoder, _ *plan, v reflect.Value) *Error {
	x, err := d.any()
	if err != nil {
		return err
	}
	return assign(v, x, "")
}

// decInterface decodes into an interface with methods: the generic form, if it has them.
func decInterface(d *decoder, p *plan, v reflect.Value) *Error {
	start := d.pos
	x, err := d.any()
	if err != nil {
		return err
	}
	if x != nil && !reflect.TypeOf(x).Implements(p.typ) {
		d.pos = start
		return d.mismatch(p.typ)
	}
	return assign(v, x, "")
}

func decPointer(d *decoder, p *plan, v reflect.Value) *Error {
	h := d.peek()
	if h.major == majorTag {
		if ref := d.c.refTag(h.arg); ref != nil && ref.Type == p.typ {
			d.pos += h.size
			x, err := d.refBody(ref)
			if err != nil {
				return err
			}
			return assign(v, x, "what was referred to")
		}
		if p.isError && h.arg == TagError {
			return decFault(d, p, v)
		}
	}
	if d.c.ref(p.typ) != nil {
		return d.mismatch(p.typ)
	}
	elem := reflect.New(p.elem.typ)
	if err := d.value(p.elem.get(), elem.Elem()); err != nil {
		return err
	}
	v.Set(elem)
	return nil
}

func decBool(d *decoder, p *plan, v reflect.Value) *Error {
	h := d.peek()
	if h.major != majorSimple || h.info != byteTrue&31 && h.info != byteFalse&31 {
		return d.mismatch(p.typ)
	}
	d.pos += h.size
	v.SetBool(h.info == byteTrue&31)
	return nil
}

func decString(d *decoder, p *plan, v reflect.Value) *Error {
	s, ok, err := d.stringIfNext()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.typ)
	}
	v.SetString(s)
	return nil
}

// stringIfNext reads the next value if it is a string, of either form.
func (d *decoder) stringIfNext() (string, bool, *Error) {
	h := d.peek()
	switch {
	case h.major == majorText:
		d.pos += h.size
		b, err := d.text(h)
		return string(b), true, err
	case h.major == majorTag && h.arg == TagBadText:
		d.pos += h.size
		s, err := d.badTextBody()
		return s, true, err
	}
	return "", false, nil
}

func (d *decoder) badTextBody() (string, *Error) {
	h, err := d.head()
	if err != nil {
		return "", err
	}
	if h.major != majorBytes {
		return "", errorf("a string without its bytes")
	}
	b, err := d.take(h.arg)
	return string(b), err
}

func decTime(d *decoder, p *plan, v reflect.Value) *Error {
	if !d.nextIsTag(tagTime) {
		return d.mismatch(p.typ)
	}
	d.head()
	t, err := d.timeBody()
	if err != nil {
		return err
	}
	v.Set(reflect.ValueOf(t))
	return nil
}

// timeBody reads the text after tag 0. The location is made of the offset alone: what is
// received must not depend on the zone of the machine that receives it.
func (d *decoder) timeBody() (time.Time, *Error) {
	h, err := d.head()
	if err != nil {
		return time.Time{}, err
	}
	if h.major != majorText {
		return time.Time{}, errorf("a time without its text")
	}
	b, err := d.text(h)
	if err != nil {
		return time.Time{}, err
	}
	t, bad := time.ParseInLocation(time.RFC3339Nano, string(b), time.UTC)
	if _, offset := t.Zone(); bad != nil || offset <= -day || offset >= day {
		return time.Time{}, errorf("%.64q is no time", b)
	}
	return t, nil
}

func decDuration(d *decoder, p *plan, v reflect.Value) *Error {
	if d.nextIsTag(TagDuration) {
		d.head()
	}
	return decInt(d, p, v)
}

func (d *decoder) durationBody() (time.Duration, *Error) {
	var x time.Duration
	err := decInt(d, planOf(durationType), reflect.ValueOf(&x).Elem())
	return x, err
}

// raw is the bytes of the next value.
func (d *decoder) raw() ([]byte, *Error) {
	start := d.pos
	err := d.skip()
	return d.data[start:d.pos:d.pos], err
}

func decRaw(d *decoder, _ *plan, v reflect.Value) *Error {
	b, err := d.raw()
	if err == nil {
		v.SetBytes(bytes.Clone(b))
	}
	return err
}

func decUnmarshaler(d *decoder, p *plan, v reflect.Value) *Error {
	b, err := d.raw()
	if err != nil {
		return err
	}
	u := v.Addr().Interface().(cbor.Unmarshaler)
	if _, bad := guard(func() (any, error) { return nil, u.UnmarshalCBOR(b) }); bad != nil {
		return caused("UnmarshalCBOR of "+p.typ.String()+": ", bad)
	}
	return nil
}

// decBinary takes a byte string by the type's method and anything else by its kind.
func decBinary(d *decoder, p *plan, v reflect.Value) *Error {
	h := d.peek()
	if h.major != majorBytes {
		return p.decKind(d, p, v)
	}
	d.pos += h.size
	b, err := d.take(h.arg)
	if err != nil {
		return err
	}
	u := v.Addr().Interface().(encoding.BinaryUnmarshaler)
	if _, bad := guard(func() (any, error) { return nil, u.UnmarshalBinary(b) }); bad != nil {
		return caused("UnmarshalBinary of "+p.typ.String()+": ", bad)
	}
	return nil
}
