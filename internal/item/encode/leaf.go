package encode

import (
	"encoding"
	"math/big"
	"reflect"
	"time"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

func (e *encoder) duration(x time.Duration) {
	e.buf = rawcbor.AppendInt(rawcbor.AppendHead(e.buf, rawcbor.MajorTag, rawcbor.TagDuration), int64(x))
}

func encDuration(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	e.duration(time.Duration(v.Int()))
	return nil
}

func encTime(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	return e.time(v.Interface().(time.Time))
}

func (e *encoder) time(t time.Time) (err *fail.Error) {
	if e.buf, err = rawcbor.AppendTime(e.buf, t); err != nil {
		return err
	}
	return e.checkSize()
}

func encBig(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	n := addressed(v).Interface().(*big.Int)
	if err := e.room(n.BitLen() / 8); err != nil {
		return err
	}
	e.buf = rawcbor.AppendBig(e.buf, n)
	return nil
}

// addressed is a pointer to v, or to a copy where v has no address: a method is found
// whichever receiver it has, wherever the value happens to lie.
func addressed(v reflect.Value) reflect.Value {
	if v.CanAddr() {
		return v.Addr()
	}
	p := reflect.New(v.Type())
	p.Elem().Set(v)
	return p
}

func encMarshaler(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	m := addressed(v).Interface().(form.Marshaler)
	out, err := fail.Guard(m.MarshalCBOR)
	if err != nil {
		return fail.Caused("MarshalCBOR of "+p.Type.String()+": ", err)
	}
	if bad := e.encoded(out); bad != nil {
		bad.Msg = "MarshalCBOR of " + p.Type.String() + ": " + bad.Msg
		return bad
	}
	return nil
}

func encBinary(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	m := addressed(v).Interface().(encoding.BinaryMarshaler)
	out, err := fail.Guard(m.MarshalBinary)
	if err != nil {
		return fail.Caused("MarshalBinary of "+p.Type.String()+": ", err)
	}
	if out == nil {
		out = []byte{}
	}
	return e.bytes(out)
}

func encRaw(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	if v.Len() == 0 {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return nil
	}
	return e.encoded(v.Bytes())
}

// encoded appends what somebody else encoded. One malformed value would spoil the whole
// item, so it is judged here as the other side will judge it.
func (e *encoder) encoded(b []byte) *fail.Error {
	if err := e.room(len(b)); err != nil {
		return err
	}
	if err := rawcbor.Wellformed(b); err != nil {
		return err
	}
	inner := rawcbor.NewCursor(b, e.depth)
	if err := inner.Skip(); err != nil {
		return err
	}
	e.buf = append(e.buf, b...)
	return nil
}

func encError(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	fault, bad := e.s.FaultOf(v.Interface().(error))
	if bad != nil {
		return fail.Caused("Error of "+p.Type.String()+": ", bad)
	}
	e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorTag, rawcbor.TagError)
	return e.value(form.FaultPlan, reflect.ValueOf(&fault).Elem())
}
