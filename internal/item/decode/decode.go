package decode

import (
	"fmt"
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// Into decodes the one item that is data into dst, a non-nil pointer; a *any gets the
// generic form. After an error dst may be partly set but every part of it is valid.
// Nothing in dst refers to data afterwards.
func Into(s *form.Settings, data []byte, dst any) error {
	if s.MaxBytes > 0 && len(data) > s.MaxBytes {
		return fail.TooLarge(s.MaxBytes).Done()
	}
	if decodeScalar(data, dst) {
		return nil
	}
	return decodeValue(s, data, dst)
}

func decodeValue(s *form.Settings, data []byte, dst any) (err error) {
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return fail.Errorf("cannot decode into %T: it takes a non-nil pointer", dst).Done()
	}
	if err := rawcbor.Wellformed(data); err != nil {
		return err.Done()
	}
	defer func() {
		if r := recover(); r != nil {
			err = fail.Panicked(r).Done()
		}
	}()
	d := &decoder{s: s, Cursor: rawcbor.NewCursor(data, 0)}
	if p, ok := dst.(*any); ok {
		x, bad := d.any()
		if bad != nil {
			return bad.Done()
		}
		*p = x
		return nil
	}
	return d.value(form.PlanOf(v.Type().Elem()), v.Elem()).Done()
}

// decoder is one Into at work.
type decoder struct {
	rawcbor.Cursor
	s *form.Settings
}

// decoderOf is how each form is received.
var decoderOf [form.Room]func(d *decoder, p *form.Plan, v reflect.Value) *fail.Error

func init() { // here, since the functions refer to it
	decoderOf = [form.Room]func(d *decoder, p *form.Plan, v reflect.Value) *fail.Error{
		form.Impossible: decImpossible, form.Bool: decBool, form.Int: decInt, form.Uint: decUint,
		form.Float32: decFloat, form.Float64: decFloat, form.String: decString,
		form.Bytes: decBytes, form.ByteArray: decByteArray, form.Slice: decSlice, form.Array: decArray,
		form.Map: decMap, form.Struct: decStruct, form.Pointer: decPointer,
		form.Any: decAny, form.AnyError: decError, form.Interface: decInterface,
		form.Encoded: decRaw, form.Time: decTime, form.Duration: decDuration, form.Big: decBig,
		form.Method: decUnmarshaler, form.Error: decErrorType, form.Binary: decBinary,
	}
}

// value decodes the next value into v, which can be set and whose type is p's.
func (d *decoder) value(p *form.Plan, v reflect.Value) *fail.Error {
	if !p.KeepsNull && d.PassNull() {
		v.SetZero()
		return nil
	}
	return decoderOf[p.Dec](d, p, v)
}

// mismatch says that the next value cannot become a t.
func (d *decoder) mismatch(t reflect.Type) *fail.Error {
	h := d.Peek()
	if h.Size == 0 {
		return rawcbor.Malformed()
	}
	if h.Major == rawcbor.MajorTag && !d.knowsTag(h.Arg) {
		return errUnknownTag(h.Arg)
	}
	return fail.Errorf("%s cannot become %s", d.came(h), fail.WithArticle(t))
}

// came names what the head begins.
func (d *decoder) came(h rawcbor.Head) string {
	switch h.Major {
	case rawcbor.MajorUint, rawcbor.MajorNeg:
		return "an integer"
	case rawcbor.MajorBytes:
		return "a byte string"
	case rawcbor.MajorText:
		return "a string"
	case rawcbor.MajorArray:
		return "an array"
	case rawcbor.MajorMap:
		return "a map"
	case rawcbor.MajorTag:
		return d.cameTag(h.Arg)
	}
	switch {
	case h.IsFloat():
		return "a float"
	case h.IsNull():
		return "null"
	case h.Arg == rawcbor.ByteTrue&31, h.Arg == rawcbor.ByteFalse&31:
		return "a bool"
	}
	return fmt.Sprintf("the unknown simple value %d", h.Arg)
}

func (d *decoder) cameTag(num uint64) string {
	switch num {
	case rawcbor.TagTime:
		return "a time"
	case rawcbor.TagPosBig, rawcbor.TagNegBig:
		return "an integer"
	case rawcbor.TagDuration:
		return "a duration"
	case rawcbor.TagError:
		return "an error"
	case rawcbor.TagBadText:
		return "a string"
	}
	if ref := d.s.RefTag(num); ref != nil {
		return fail.WithArticle(ref.Type)
	}
	return fmt.Sprintf("the unknown tag %d", num)
}

func (d *decoder) knowsTag(num uint64) bool {
	switch num {
	case rawcbor.TagTime, rawcbor.TagPosBig, rawcbor.TagNegBig, rawcbor.TagDuration, rawcbor.TagError, rawcbor.TagBadText:
		return true
	}
	return d.s.RefTag(num) != nil
}

func errUnknownTag(num uint64) *fail.Error { return fail.Errorf("unknown tag %d", num) }

func decImpossible(d *decoder, p *form.Plan, _ reflect.Value) *fail.Error { return d.mismatch(p.Type) }
