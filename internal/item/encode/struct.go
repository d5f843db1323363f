package encode

import (
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

func encStruct(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	fs, err := e.s.FieldsOf(p)
	if err != nil {
		return err
	}
	if err := e.descend(); err != nil {
		return err
	}
	if fs.ToArray {
		err = e.structArray(fs, v)
	} else {
		err = e.structMap(fs, v)
	}
	if err != nil {
		return err
	}
	return e.ascend()
}

func (e *encoder) structMap(fs *form.Fields, v reflect.Value) *fail.Error {
	start, count := len(e.buf), len(fs.List)
	e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorMap, uint64(count))
	for _, f := range fs.List {
		fv, ok := f.Of(v)
		if ok && (f.OmitEmpty || f.OmitZero) {
			omit, err := e.omitted(f, fv)
			if err != nil {
				return err.InField(f.GoName)
			}
			ok = !omit
		}
		if !ok {
			count--
			continue
		}
		e.buf = append(e.buf, f.Key...)
		if err := e.value(f.Plan.Get(), fv); err != nil {
			return err.InField(f.GoName)
		}
	}
	if count < len(fs.List) {
		rawcbor.SetCount(e.buf[start:], uint64(count))
	}
	return nil
}

// structArray sends every field, since an array has no other way to say which is which.
func (e *encoder) structArray(fs *form.Fields, v reflect.Value) *fail.Error {
	e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorArray, uint64(len(fs.List)))
	for _, f := range fs.List {
		fv, ok := f.Of(v)
		if !ok {
			e.buf = append(e.buf, rawcbor.ByteNull)
			continue
		}
		if err := e.value(f.Plan.Get(), fv); err != nil {
			return err.InField(f.GoName)
		}
	}
	return nil
}

func (e *encoder) omitted(f *form.Field, v reflect.Value) (bool, *fail.Error) {
	if f.OmitEmpty && e.isEmpty(f.Plan.Get(), v) {
		return true, nil
	}
	if !f.OmitZero {
		return false, nil
	}
	zero, err := fail.Guard(func() (bool, error) { return isZero(v), nil })
	if err != nil {
		return false, fail.Caused("IsZero of "+v.Type().String()+": ", err)
	}
	return zero, nil
}

func isZero(v reflect.Value) bool {
	type zeroer interface{ IsZero() bool }
	if v.IsZero() && (v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface) {
		return true // nil, on which most IsZero methods panic
	}
	if z, ok := v.Interface().(zeroer); ok {
		return z.IsZero()
	}
	if v.CanAddr() {
		if z, ok := v.Addr().Interface().(zeroer); ok {
			return z.IsZero()
		}
	}
	return v.IsZero()
}

// isEmpty is encoding/json's idea of it, and true as well for a struct that would be sent
// without any field, which one in a form of its own never is.
func (e *encoder) isEmpty(p *form.Plan, v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		return !p.OwnForm && e.isEmptyStruct(p, v)
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool, reflect.Interface, reflect.Pointer, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.IsZero()
	}
	return false
}

func (e *encoder) isEmptyStruct(p *form.Plan, v reflect.Value) bool {
	fs, err := e.s.FieldsOf(p)
	if err != nil {
		return false
	}
	if fs.ToArray {
		return len(fs.List) == 0
	}
	for _, f := range fs.List {
		fv, ok := f.Of(v)
		if ok && !(f.OmitEmpty && e.isEmpty(f.Plan.Get(), fv)) {
			return false
		}
	}
	return true
}
