package decode

import (
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// faultBody decodes what follows rawcbor.TagError.
func (d *decoder) faultBody() (error, *fail.Error) {
	var fault form.Fault
	if bad := d.value(form.FaultPlan, reflect.ValueOf(&fault).Elem()); bad != nil {
		return nil, bad
	}
	err, bad := d.s.ErrorOf(fault)
	if bad != nil {
		return nil, fail.Caused("error received: ", bad)
	}
	return err, nil
}

// decError decodes into the interface type error, which takes errors and nothing else.
func decError(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	if !d.NextIsTag(rawcbor.TagError) {
		return d.mismatch(p.Type)
	}
	return decFault(d, p, v)
}

// decErrorType decodes into a type that implements error: from an error if FromFault
// gives that very type, and otherwise as any type of its kind.
func decErrorType(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	if !d.NextIsTag(rawcbor.TagError) {
		return decoderOf[p.Kind](d, p, v)
	}
	return decFault(d, p, v)
}

func decFault(d *decoder, p *form.Plan, v reflect.Value) *fail.Error {
	d.Head() // the tag, which the caller has seen
	err, bad := d.faultBody()
	if bad != nil {
		return bad
	}
	return assign(v, err, "an error")
}

// assign sets v to x if v's type can hold it; what says what came.
func assign(v reflect.Value, x any, what string) *fail.Error {
	if x == nil {
		v.SetZero()
		return nil
	}
	xv := reflect.ValueOf(x)
	if !xv.Type().AssignableTo(v.Type()) {
		return fail.Errorf("%s cannot become %s", what, fail.WithArticle(v.Type()))
	}
	v.Set(xv)
	return nil
}
