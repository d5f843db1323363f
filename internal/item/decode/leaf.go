package decode

import (
	"bytes"
	"encoding"
	"reflect"
	"time"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

func decAny(d *decoder, _ *form.Plan, v reflect.Value) *fail.Error {
	x, err := d.any()
	if err != nil {
		return err
	}
	return assign(v, x, "")
}

// decInterface decodes into an interface with methods: the generic form, if it has them.
func decInterface(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	start := d.Pos()
	x, err := d.any()
	if err != nil {
		return err
	}
	if x != nil && !reflect.TypeOf(x).Implements(p.Type) {
		d.Back(start)
		return d.mismatch(p.Type)
	}
	return assign(v, x, "")
}

func decPointer(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	h := d.Peek()
	if h.Major == rawcbor.MajorTag {
		if ref := d.s.RefTag(h.Arg); ref != nil && ref.Type == p.Type {
			d.Pass(h)
			x, err := d.refBody(ref)
			if err != nil {
				return err
			}
			return assign(v, x, "what was referred to")
		}
		if p.IsError && h.Arg == rawcbor.TagError {
			return decFault(d, p, v)
		}
	}
	if d.s.RefOf(p.Type) != nil {
		return d.mismatch(p.Type)
	}
	elem := reflect.New(p.Elem.Type)
	if err := d.value(p.Elem.Get(), elem.Elem()); err != nil {
		return err
	}
	v.Set(elem)
	return nil
}

func decBool(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	h := d.Peek()
	if h.Major != rawcbor.MajorSimple || h.Info != rawcbor.ByteTrue&31 && h.Info != rawcbor.ByteFalse&31 {
		return d.mismatch(p.Type)
	}
	d.Pass(h)
	v.SetBool(h.Info == rawcbor.ByteTrue&31)
	return nil
}

func decString(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	s, ok, err := d.StringIfNext()
	if err != nil {
		return err
	}
	if !ok {
		return d.mismatch(p.Type)
	}
	v.SetString(s)
	return nil
}

func decTime(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	if !d.NextIsTag(rawcbor.TagTime) {
		return d.mismatch(p.Type)
	}
	d.Head()
	t, err := d.TimeBody()
	if err != nil {
		return err
	}
	v.Set(reflect.ValueOf(t))
	return nil
}

func decDuration(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	if d.NextIsTag(rawcbor.TagDuration) {
		d.Head()
	}
	return decInt(d, p, v)
}

var durationPlan = form.PlanOf(reflect.TypeFor[time.Duration]())

func (d *decoder) durationBody() (time.Duration, *fail.Error) {
	var x time.Duration
	err := decInt(d, durationPlan, reflect.ValueOf(&x).Elem())
	return x, err
}

func decRaw(d *decoder, _ *form.Plan, v reflect.Value) *fail.Error {
	b, err := d.Raw()
	if err == nil {
		v.SetBytes(bytes.Clone(b))
	}
	return err
}

func decUnmarshaler(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	b, err := d.Raw()
	if err != nil {
		return err
	}
	u := v.Addr().Interface().(form.Unmarshaler)
	if _, bad := fail.Guard(func() (any, error) { return nil, u.UnmarshalCBOR(b) }); bad != nil {
		return fail.Caused("UnmarshalCBOR of "+p.Type.String()+": ", bad)
	}
	return nil
}

// decBinary takes a byte string by the type's method and anything else by its kind.
func decBinary(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	h := d.Peek()
	if h.Major != rawcbor.MajorBytes {
		return decoderOf[p.Kind](d, p, v)
	}
	d.Pass(h)
	b, err := d.Take(h.Arg)
	if err != nil {
		return err
	}
	u := v.Addr().Interface().(encoding.BinaryUnmarshaler)
	if _, bad := fail.Guard(func() (any, error) { return nil, u.UnmarshalBinary(b) }); bad != nil {
		return fail.Caused("UnmarshalBinary of "+p.Type.String()+": ", bad)
	}
	return nil
}
