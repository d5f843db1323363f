package item

import "reflect"

func encStruct(e *encoder, p *plan, v reflect.Value) *Error {
	fs, err := e.c.fields(p)
	if err != nil {
		return err
	}
	if err := e.descend(); err != nil {
		return err
	}
	if fs.toArray {
		err = e.structArray(fs, v)
	} else {
		err = e.structMap(fs, v)
	}
	if err != nil {
		return err
	}
	return e.ascend()
}

func (e *encoder) structMap(fs *fields, v reflect.Value) *Error {
	start, count := len(e.buf), len(fs.list)
	e.buf = appendHead(e.buf, majorMap, uint64(count))
	for _, f := range fs.list {
		fv, ok := f.of(v)
		if ok && (f.omitEmpty || f.omitZero) {
			omit, err := e.omitted(f, fv)
			if err != nil {
				return err.inField(f.goName)
			}
			ok = !omit
		}
		if !ok {
			count--
			continue
		}
		e.buf = append(e.buf, f.key...)
		if err := e.value(f.plan.get(), fv); err != nil {
			return err.inField(f.goName)
		}
	}
	if count < len(fs.list) {
		setCount(e.buf[start:], uint64(count))
	}
	return nil
}

// structArray sends every field, since an array has no other way to say which is which.
func (e *encoder) structArray(fs *fields, v reflect.Value) *Error {
	e.buf = appendHead(e.buf, majorArray, uint64(len(fs.list)))
	for _, f := range fs.list {
		fv, ok := f.of(v)
		if !ok {
			e.buf = append(e.buf, byteNull)
			continue
		}
		if err := e.value(f.plan.get(), fv); err != nil {
			return err.inField(f.goName)
		}
	}
	return nil
}

// of is the field in the struct v; there is none in a nil embedded pointer.
func (f *field) of(v reflect.Value) (reflect.Value, bool) {
	for i, n := range f.index {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return v, false
			}
			v = v.Elem()
		}
		v = v.Field(n)
	}
	return v, true
}

func (e *encoder) omitted(f *field, v reflect.Value) (bool, *Error) {
	if f.omitEmpty && e.isEmpty(f.plan.get(), v) {
		return true, nil
	}
	if !f.omitZero {
		return false, nil
	}
	zero, err := guard(func() (bool, error) { return isZero(v), nil })
	if err != nil {
		return false, caused("IsZero of "+v.Type().String()+": ", err)
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
func (e *encoder) isEmpty(p *plan, v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct:
		return !p.ownForm && e.isEmptyStruct(p, v)
	case reflect.Array, reflect.Map, reflect.Slice, reflect.String:
		return v.Len() == 0
	case reflect.Bool, reflect.Interface, reflect.Pointer, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return v.IsZero()
	}
	return false
}

func (e *encoder) isEmptyStruct(p *plan, v reflect.Value) bool {
	fs, err := e.c.fields(p)
	if err != nil {
		return false
	}
	if fs.toArray {
		return len(fs.list) == 0
	}
	for _, f := range fs.list {
		fv, ok := f.of(v)
		if ok && !(f.omitEmpty && e.isEmpty(f.plan.get(), fv)) {
			return false
		}
	}
	return true
}
