package item

import "reflect"

// Ref is one kind of value that travels by reference. Its form is Tag with the id as an
// unsigned integer.
type Ref struct {
	Tag     uint64                       // a CBOR tag that nothing else here uses
	Type    reflect.Type                 // concrete pointer type, e.g. *channel.Channel
	ID      func(v any) (uint64, error)  // for encoding: its id, or why it cannot travel
	Resolve func(id uint64) (any, error) // for decoding
}

// Raw is one value already encoded: it is sent verbatim (a nil or empty one as null), and
// received as a copy of its bytes without being decoded.
type Raw []byte

// Codec encodes and decodes items. Its methods may be called from several goroutines at
// once as long as its fields do not change; the zero Codec has no limit and no references.
type Codec struct {
	MaxBytes  int   // size limit of one encoded item; 0: no limit
	Refs      []Ref // what travels by reference
	ToFault   func(error) Fault
	FromFault func(Fault) error
}

// Append appends the encoding of v to dst. On an error, which is an *Error, it returns dst
// as it was. The size limit counts the appended bytes only.
func (c *Codec) Append(dst []byte, v any) ([]byte, error) {
	if out, ok := c.appendScalar(dst, v); ok {
		return out, nil
	}
	return c.appendValue(dst, v)
}

func (c *Codec) appendValue(dst []byte, v any) (out []byte, err error) {
	e := newEncoder(c, dst)
	defer func() {
		// Types made at run time by an interpreter can break reflection's own rules.
		if r := recover(); r != nil {
			out, err = dst, errPanic(r).done()
		}
	}()
	if bad := e.any(v); bad != nil {
		out, err = dst, bad.done()
	} else {
		out = e.buf
	}
	e.release()
	return out, err
}

// Decode decodes the one item that is data into dst, a non-nil pointer; a *any gets the
// generic form. After an error, which is an *Error, dst may be partly set but every part
// of it is valid. Nothing in dst refers to data afterwards.
func (c *Codec) Decode(data []byte, dst any) error {
	if c.MaxBytes > 0 && len(data) > c.MaxBytes {
		return errTooLarge(c.MaxBytes).done()
	}
	if decodeScalar(data, dst) {
		return nil
	}
	return c.decodeValue(data, dst)
}

func (c *Codec) decodeValue(data []byte, dst any) (err error) {
	v := reflect.ValueOf(dst)
	if v.Kind() != reflect.Pointer || v.IsNil() {
		return errorf("cannot decode into %T: it takes a non-nil pointer", dst).done()
	}
	if err := wellformed(data); err != nil {
		return err.done()
	}
	defer func() {
		if r := recover(); r != nil {
			err = errPanic(r).done()
		}
	}()
	d := &decoder{c: c, data: data}
	if p, ok := dst.(*any); ok {
		x, bad := d.any()
		if bad != nil {
			return bad.done()
		}
		*p = x
		return nil
	}
	return d.value(planOf(v.Type().Elem()), v.Elem()).done()
}

// ref is the Ref for values of type t.
func (c *Codec) ref(t reflect.Type) *Ref {
	for i := range c.Refs {
		if c.Refs[i].Type == t {
			return &c.Refs[i]
		}
	}
	return nil
}

// refTag is the Ref whose tag is num.
func (c *Codec) refTag(num uint64) *Ref {
	for i := range c.Refs {
		if c.Refs[i].Tag == num {
			return &c.Refs[i]
		}
	}
	return nil
}
