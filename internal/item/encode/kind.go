package encode

import (
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// encoderOf is how each form is sent.
var encoderOf [form.Room]func(e *encoder, p *form.Plan, v reflect.Value) *fail.Error

func init() { // here, since the functions refer to it
	encoderOf = [form.Room]func(e *encoder, p *form.Plan, v reflect.Value) *fail.Error{
		form.Impossible: encImpossible, form.Bool: encBool, form.Int: encInt, form.Uint: encUint,
		form.Float32: encFloat32, form.Float64: encFloat64, form.String: encString,
		form.Bytes: encBytes, form.ByteArray: encByteArray, form.Slice: encSlice, form.Array: encArray,
		form.Map: encMap, form.Struct: encStruct, form.Pointer: encPointer,
		form.Any: encInterface, form.AnyError: encInterface, form.Interface: encInterface,
		form.Encoded: encRaw, form.Time: encTime, form.Duration: encDuration, form.Big: encBig,
		form.Method: encMarshaler, form.Error: encError, form.Binary: encBinary,
	}
}

func encBool(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	e.buf = rawcbor.AppendBool(e.buf, v.Bool())
	return nil
}

func encInt(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	e.buf = rawcbor.AppendInt(e.buf, v.Int())
	return nil
}

func encUint(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorUint, v.Uint())
	return nil
}

func encFloat32(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	e.buf = rawcbor.AppendFloat32(e.buf, float32(v.Float()))
	return nil
}

func encFloat64(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	e.buf = rawcbor.AppendFloat64(e.buf, v.Float())
	return nil
}

func encString(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error { return e.string(v.String()) }

func encBytes(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error { return e.bytes(v.Bytes()) }

func encByteArray(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	if err := e.room(v.Len()); err != nil {
		return err
	}
	e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorBytes, uint64(v.Len()))
	if v.CanAddr() {
		e.buf = append(e.buf, v.Bytes()...)
		return nil
	}
	for i := range v.Len() {
		e.buf = append(e.buf, byte(v.Index(i).Uint()))
	}
	return nil
}

func encInterface(e *encoder, _ *form.Plan, v reflect.Value) *fail.Error {
	if v.IsNil() {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return nil
	}
	v = v.Elem()
	return e.value(form.PlanOf(v.Type()), v)
}

func encPointer(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	if v.IsNil() {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return nil
	}
	if len(e.s.Refs) > 0 {
		if ref := e.s.RefOf(p.Type); ref != nil {
			return e.ref(ref, v)
		}
	}
	if p.IsError {
		return encError(e, p, v)
	}
	elem := p.Elem.Get()
	if elem.Basic {
		return e.value(elem, v.Elem())
	}
	here := visit{p.Type, v.Pointer(), 0}
	if err := e.enter(here); err != nil {
		return err
	}
	if err := e.value(elem, v.Elem()); err != nil {
		return err
	}
	e.seen.pop(here)
	return nil
}

func (e *encoder) ref(ref *form.Ref, v reflect.Value) *fail.Error {
	id, err := fail.Guard(func() (uint64, error) { return ref.ID(v.Interface()) })
	if err != nil {
		return fail.Caused("", err)
	}
	e.buf = rawcbor.AppendHead(rawcbor.AppendHead(e.buf, rawcbor.MajorTag, ref.Tag), rawcbor.MajorUint, id)
	return nil
}

func encSlice(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	if v.IsNil() {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return nil
	}
	here := visit{p.Type, v.Pointer(), v.Len()}
	if err := e.open(here, rawcbor.MajorArray, v.Len()); err != nil {
		return err
	}
	if err := e.elements(p.Elem.Get(), v); err != nil {
		return err
	}
	return e.close(here)
}

func encArray(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	if err := e.descend(); err != nil {
		return err
	}
	e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorArray, uint64(v.Len()))
	if err := e.elements(p.Elem.Get(), v); err != nil {
		return err
	}
	return e.ascend()
}

func (e *encoder) elements(elem *form.Plan, v reflect.Value) *fail.Error {
	for i := range v.Len() {
		if err := e.value(elem, v.Index(i)); err != nil {
			return err.InIndex(i)
		}
	}
	return nil
}

func encMap(e *encoder, p *form.Plan, v reflect.Value) *fail.Error {
	if v.IsNil() {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return nil
	}
	here := visit{p.Type, v.Pointer(), 0}
	if err := e.open(here, rawcbor.MajorMap, v.Len()); err != nil {
		return err
	}
	pairs := pairEncoder{e: e, key: p.Key.Get(), elem: p.Elem.Get()}
	key, elem := reflect.New(p.Key.Type).Elem(), reflect.New(p.Elem.Type).Elem()
	want, got := v.Len(), 0
	for iter := v.MapRange(); iter.Next(); got++ {
		key.SetIterKey(iter)
		elem.SetIterValue(iter)
		if err := pairs.encode(key, elem); err != nil {
			return err.InKey(key.Interface())
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
	key, elem *form.Plan
	used      map[string]struct{}
}

func (pe *pairEncoder) encode(key, elem reflect.Value) *fail.Error {
	e, start := pe.e, len(pe.e.buf)
	if err := e.value(pe.key, key); err != nil {
		return err
	}
	if !pe.key.Basic {
		if pe.used == nil {
			pe.used = make(map[string]struct{})
		}
		encoded := string(e.buf[start:])
		if _, twice := pe.used[encoded]; twice && equalsItself(key) {
			return fail.Errorf("another key of the map is the same once it is encoded")
		}
		pe.used[encoded] = struct{}{}
	}
	return e.value(pe.elem, elem)
}

// equalsItself is false for what holds a NaN, of which a map may have many.
func equalsItself(v reflect.Value) bool { return v.Equal(v) }

func encImpossible(_ *encoder, p *form.Plan, _ reflect.Value) *fail.Error {
	return fail.Errorf("%s cannot be sent", impossible(p.Type))
}

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
	return fail.WithArticle(t)
}
