package item

import (
	"encoding"
	"math/big"
	"reflect"
	"time"

	"github.com/fxamacker/cbor/v2"
)

func (e *encoder) duration(x time.Duration) {
	e.buf = appendInt(appendHead(e.buf, majorTag, TagDuration), int64(x))
}

func encDuration(e *encoder, _ *plan, v reflect.Value) *Error {
	e.duration(time.Duration(v.Int()))
	return nil
}

func encTime(e *encoder, _ *plan, v reflect.Value) *Error {
	return e.time(v.Interface().(time.Time))
}

// time writes t with its offset. RFC 3339 has offsets of whole minutes and years of four
// digits; the instant matters more than the offset.
func (e *encoder) time(t time.Time) *Error {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.In(time.FixedZone("", offset-offset%60))
	}
	if _, offset := t.Zone(); offset <= -day || offset >= day || !fourDigits(t) {
		t = t.UTC()
	}
	if !fourDigits(t) {
		return errorf("a time in the year %d cannot be sent", t.Year())
	}
	e.buf = appendHead(e.buf, majorTag, tagTime)
	var text [len(time.RFC3339Nano)]byte
	out := t.AppendFormat(text[:0], time.RFC3339Nano)
	e.buf = append(appendHead(e.buf, majorText, uint64(len(out))), out...)
	return e.checkSize()
}

// day is what the offset of a zone stays under, in seconds.
const day = 24 * 60 * 60

func fourDigits(t time.Time) bool { return t.Year() >= 0 && t.Year() <= 9999 }

func encBig(e *encoder, _ *plan, v reflect.Value) *Error {
	n := addressed(v).Interface().(*big.Int)
	if err := e.room(n.BitLen() / 8); err != nil {
		return err
	}
	tag, major, mag := uint64(tagPosBig), byte(majorUint), n
	if n.Sign() < 0 {
		tag, major, mag = tagNegBig, majorNeg, new(big.Int).Not(n) // -1-n
	}
	if mag.IsUint64() {
		e.buf = appendHead(e.buf, major, mag.Uint64())
		return nil
	}
	e.buf = appendHead(e.buf, majorTag, tag)
	return e.bytes(mag.Bytes())
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

func encMarshaler(e *encoder, p *plan, v reflect.Value) *Error {
	m := addressed(v).Interface().(cbor.Marshaler)
	out, err := guard(m.MarshalCBOR)
	if err != nil {
		return caused("MarshalCBOR of "+p.typ.String()+": ", err)
	}
	if bad := e.encoded(out); bad != nil {
		bad.Msg = "MarshalCBOR of " + p.typ.String() + ": " + bad.Msg
		return bad
	}
	return nil
}

func encBinary(e *encoder, p *plan, v reflect.Value) *Error {
	m := addressed(v).Interface().(encoding.BinaryMarshaler)
	out, err := guard(m.MarshalBinary)
	if err != nil {
		return caused("MarshalBinary of "+p.typ.String()+": ", err)
	}
	if out == nil {
		out = []byte{}
	}
	return e.bytes(out)
}

func encRaw(e *encoder, _ *plan, v reflect.Value) *Error {
	if v.Len() == 0 {
		e.buf = append(e.buf, byteNull)
		return nil
	}
	return e.encoded(v.Bytes())
}

// encoded appends what somebody else encoded. One malformed value would spoil the whole
// item, so it is judged here as the other side will judge it.
func (e *encoder) encoded(b []byte) *Error {
	if err := e.room(len(b)); err != nil {
		return err
	}
	if err := wellformed(b); err != nil {
		return err
	}
	inner := decoder{data: b, depth: e.depth}
	if err := inner.skip(); err != nil {
		return err
	}
	e.buf = append(e.buf, b...)
	return nil
}
