package item

import (
	"errors"
	"fmt"
	"reflect"
)

// Fault is an error as it travels.
type Fault struct {
	Name   string   `cbor:"n,omitempty"` // what kind of error: the name of its type
	Text   string   `cbor:"t,omitempty"`
	Stack  string   `cbor:"s,omitempty"`
	File   string   `cbor:"f,omitempty"`
	Line   int      `cbor:"l,omitempty"`
	Column int      `cbor:"c,omitempty"`
	Code   int      `cbor:"x,omitempty"`
	Is     []string `cbor:"i,omitempty"` // names of the sentinels that it is
}

var faultType = reflect.TypeFor[Fault]()

func (c *Codec) toFault(err error) (Fault, error) {
	if c.ToFault == nil {
		return guard(func() (Fault, error) {
			return Fault{Name: fmt.Sprintf("%T", err), Text: err.Error()}, nil
		})
	}
	return guard(func() (Fault, error) { return c.ToFault(err), nil })
}

func (c *Codec) fromFault(f Fault) (error, error) {
	if c.FromFault == nil {
		return errors.New(f.Text), nil
	}
	return guard(func() (error, error) { return c.FromFault(f), nil })
}

func encError(e *encoder, p *plan, v reflect.Value) *Error {
	fault, bad := e.c.toFault(v.Interface().(error))
	if bad != nil {
		return caused("Error of "+p.typ.String()+": ", bad)
	}
	e.buf = appendHead(e.buf, majorTag, TagError)
	return e.value(planOf(faultType), reflect.ValueOf(&fault).Elem())
}

// faultBody decodes what follows TagError.
func (d *decoder) faultBody() (error, *Error) {
	var fault Fault
	if bad := d.value(planOf(faultType), reflect.ValueOf(&fault).Elem()); bad != nil {
		return nil, bad
	}
	err, bad := d.c.fromFault(fault)
	if bad != nil {
		return nil, caused("error received: ", bad)
	}
	return err, nil
}

// decError decodes into the interface type error, which takes errors and nothing else.
func decError(d *decoder, p *plan, v reflect.Value) *Error {
	if !d.nextIsTag(TagError) {
		return d.mismatch(p.typ)
	}
	return decFault(d, p, v)
}

// decErrorType decodes into a type that implements error: from an error if FromFault
// gives that very type, and otherwise as any type of its kind.
func decErrorType(d *decoder, p *plan, v reflect.Value) *Error {
	if !d.nextIsTag(TagError) {
		return p.decKind(d, p, v)
	}
	return decFault(d, p, v)
}

func decFault(d *decoder, p *plan, v reflect.Value) *Error {
	d.head() // the tag, which the caller has seen
	err, bad := d.faultBody()
	if bad != nil {
		return bad
	}
	return assign(v, err, "an error")
}

// assign sets v to x if v's type can hold it; what says what came.
func assign(v reflect.Value, x any, what string) *Error {
	if x == nil {
		v.SetZero()
		return nil
	}
	xv := reflect.ValueOf(x)
	if !xv.Type().AssignableTo(v.Type()) {
		return errorf("%s cannot become %s", what, withArticle(v.Type()))
	}
	v.Set(xv)
	return nil
}
