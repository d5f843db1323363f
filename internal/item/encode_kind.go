package item

import "reflect"

func encBool(e *encoder, _ *plan, v reflect.Value) *Error {
	e.buf = appendBool(e.buf, v.Bool())
	return nil
}

func encInt(e *encoder, _ *plan, v reflect.Value) *Error {
	e.buf = appendInt(e.buf, v.Int())
	return nil
}

func encUint(e *encoder, _ *plan, v reflect.Value) *Error {
	e.buf = appendHead(e.buf, majorUint, v.Uint())
	return nil
}

func encFloat32(e *encoder, _ *plan, v reflect.Value) *Error {
	e.buf = appendFloat32(e.buf, float32(v.Float()))
	return nil
}

func encFloat64(e *encoder, _ *plan, v reflect.Value) *Error {
	e.buf = appendFloat64(e.buf, v.Float())
	return nil
}

func encString(e *encoder, _ *plan, v reflect.Value) *Error { return e.string(v.String()) }

func encBytes(e *encoder, _ *plan, v reflect.Value) *Error { return e.bytes(v.Bytes()) }

func encByteArray(e *encoder, _ *plan, v reflect.Value) *Error {
	if err := e.room(v.Len()); err != nil {
		return err
	}
	e.buf = appendHead(e.buf, majorBytes, uint64(v.Len()))
	if v.CanAddr() {
		e.buf = append(e.buf, v.Bytes()...)
		return nil
	}
	for i := range v.Len() {
		e.buf = append(e.buf, byte(v.Index(i).Uint()))
	}
	return nil
}

func encInterface(e *encoder, _ *plan, v reflect.Value) *Error {
	if v.IsNil() {
		e.buf = append(e.buf, byteNull)
		return nil
	}
	v = v.Elem()
	return e.value(planOf(v.Type()), v)
}

func encPointer(e *encoder, p *plan, v reflect.Value) *Error {
	if v.IsNil() {
		e.buf = append(e.buf, byteNull)
		return nil
	}
	if len(e.c.Refs) > 0 {
		if ref := e.c.ref(p.typ); ref != nil {
			return e.ref(ref, v)
		}
	}
	if p.isError {
		return encError(e, p, v)
	}
	elem := p.elem.get()
	if elem.basic {
		return e.value(elem, v.Elem())
	}
	here := visit{p.typ, v.Pointer(), 0}
	if err := e.enter(here); err != nil {
		return err
	}
	if err := e.value(elem, v.Elem()); err != nil {
		return err
	}
	e.seen.pop(here)
	return nil
}

func (e *encoder) ref(ref *Ref, v reflect.Value) *Error {
	id, err := guard(func() (uint64, error) { return ref.ID(v.Interface()) })
	if err != nil {
		return caused("", err)
	}
	e.buf = appendHead(appendHead(e.buf, majorTag, ref.Tag), majorUint, id)
	return nil
}

func encSlice(e *encoder, p *plan, v reflect.Value) *Error {
	if v.IsNil() {
		e.buf = append(e.buf, byteNull)
		return nil
	}
	here := visit{p.typ, v.Pointer(), v.Len()}
	if err := e.open(here, majorArray, v.Len()); err != nil {
		return err
	}
	if err := e.elements(p.elem.get(), v); err != nil {
		return err
	}
	return e.close(here)
}

func encArray(e *encoder, p *plan, v reflect.Value) *Error {
	if err := e.descend(); err != nil {
		return err
	}
	e.buf = appendHead(e.buf, majorArray, uint64(v.Len()))
	if err := e.elements(p.elem.get(), v); err != nil {
		return err
	}
	return e.ascend()
}

func (e *encoder) elements(elem *plan, v reflect.Value) *Error {
	for i := range v.Len() {
		if err := e.value(elem, v.Index(i)); err != nil {
			return err.inIndex(i)
		}
	}
	return nil
}

func encMap(e *encoder, p *plan, v reflect.Value) *Error {
	if v.IsNil() {
		e.buf = append(e.buf, byteNull)
		return nil
	}
	here := visit{p.typ, v.Pointer(), 0}
	if err := e.open(here, majorMap, v.Len()); err != nil {
		return err
	}
	pairs := pairEncoder{e: e, key: p.key.get(), elem: p.elem.get()}
	key, elem := reflect.New(p.key.typ).Elem(), reflect.New(p.elem.typ).Elem()
	want, got := v.Len(), 0
	for iter := v.MapRange(); iter.Next(); got++ {
		key.SetIterKey(iter)
		elem.SetIterValue(iter)
		if err := pairs.encode(key, elem); err != nil {
			return err.inKey(key.Interface())
		}
	}
	if got != want {
		return errChanged()
	}
	return e.close(here)
}

// pairEncoder encodes the pairs of one map. Keys that differ in Go may be alike once
// encoded (an int and an int8 in a map[any]any, two pointers to equal values); the other
// side refuses that, so this side says it first.
type pairEncoder struct {
	e         *encoder
	key, elem *plan
	used      map[string]struct{}
}

func (pe *pairEncoder) encode(key, elem reflect.Value) *Error {
	e, start := pe.e, len(pe.e.buf)
	if err := e.value(pe.key, key); err != nil {
		return err
	}
	if !pe.key.basic {
		if pe.used == nil {
			pe.used = make(map[string]struct{})
		}
		encoded := string(e.buf[start:])
		if _, twice := pe.used[encoded]; twice && equalsItself(key) {
			return errorf("another key of the map is the same once it is encoded")
		}
		pe.used[encoded] = struct{}{}
	}
	return e.value(pe.elem, elem)
}

// equalsItself is false for what holds a NaN, of which a map may have many.
func equalsItself(v reflect.Value) bool { return v.Equal(v) }

func encImpossible(_ *encoder, p *plan, _ reflect.Value) *Error {
	return errorf("%s cannot be sent", impossible(p.typ))
}

func decImpossible(d *decoder, p *plan, _ reflect.Value) *Error { return d.mismatch(p.typ) }

// impossible names the kinds that no item can hold.
func impossible(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Func:
		return "a func"
	case reflect.Chan:
		return "a Go channel"
	case reflect.UnsafePointer:
		return "an unsafe pointer"
	case reflect.Complex64, reflect.Complex128:
		return "a complex number"
	}
	return withArticle(t)
}
