package item

import (
	"encoding"
	"math/big"
	"reflect"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fxamacker/cbor/v2"
)

type (
	encFunc func(e *encoder, p *plan, v reflect.Value) *Error
	decFunc func(d *decoder, p *plan, v reflect.Value) *Error
)

// plan is what is known of a type before any value of it is seen. Plans do not depend on
// a Codec: whether a pointer type is a Ref's is asked when a value comes by.
type plan struct {
	typ     reflect.Type
	enc     encFunc
	dec     decFunc
	decKind decFunc // dec, if the type had no methods
	elem    lazyPlan
	key     lazyPlan
	fields  *fields // of a struct that travels as one

	basic     bool // bool, number or string with no method that changes its form
	ownForm   bool // travels in a form that is not its kind's
	isError   bool // a pointer type that travels as an error
	keepsNull bool // takes null by itself instead of becoming zero
}

// lazyPlan is the plan of a part, made when first used: types refer to themselves.
type lazyPlan struct {
	typ  reflect.Type
	plan atomic.Pointer[plan]
}

func (l *lazyPlan) get() *plan {
	if p := l.plan.Load(); p != nil {
		return p
	}
	p := planOf(l.typ)
	l.plan.Store(p)
	return p
}

var plans sync.Map // reflect.Type -> *plan

func planOf(t reflect.Type) *plan {
	if p, ok := plans.Load(t); ok {
		return p.(*plan)
	}
	p, _ := plans.LoadOrStore(t, newPlan(t))
	return p.(*plan)
}

var (
	anyType      = reflect.TypeFor[any]()
	anySliceType = reflect.TypeFor[[]any]()
	anyMapType   = reflect.TypeFor[map[string]any]()
	errorType    = reflect.TypeFor[error]()
	rawType      = reflect.TypeFor[Raw]()
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	bigType      = reflect.TypeFor[big.Int]()

	marshalerType         = reflect.TypeFor[cbor.Marshaler]()
	unmarshalerType       = reflect.TypeFor[cbor.Unmarshaler]()
	binaryMarshalerType   = reflect.TypeFor[encoding.BinaryMarshaler]()
	binaryUnmarshalerType = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

func newPlan(t reflect.Type) *plan {
	p := &plan{typ: t}
	p.enc, p.dec = p.byKind()
	p.decKind = p.dec
	switch {
	case t.Kind() == reflect.Interface:
	case t.Kind() == reflect.Pointer:
		p.isError = t.Implements(errorType) && !t.Implements(marshalerType)
	case t == rawType:
		p.enc, p.dec, p.ownForm, p.keepsNull = encRaw, decRaw, true, true
	case t == timeType:
		p.enc, p.dec, p.ownForm = encTime, decTime, true
	case t == durationType:
		p.enc, p.dec, p.ownForm = encDuration, decDuration, true
	case t == bigType:
		p.enc, p.dec, p.ownForm = encBig, decBig, true
	default:
		p.useMethods()
	}
	return p
}

// useMethods lets a type's own methods go before its kind.
func (p *plan) useMethods() {
	ptr := reflect.PointerTo(p.typ)
	p.ownForm = true
	switch {
	case ptr.Implements(marshalerType):
		p.enc = encMarshaler
	case p.typ.Implements(errorType):
		p.enc = encError
	case ptr.Implements(binaryMarshalerType):
		p.enc = encBinary
	default:
		p.ownForm = false
	}
	switch {
	case ptr.Implements(unmarshalerType):
		p.dec = decUnmarshaler
	case p.typ.Implements(errorType):
		p.dec = decErrorType
	case ptr.Implements(binaryUnmarshalerType):
		p.dec = decBinary
	default:
		p.basic = p.basic && !p.ownForm
		return
	}
	p.basic = false
}

// isLeaf reports whether a struct type travels whole, so that embedding it promotes none
// of its fields.
func isLeaf(t reflect.Type) bool {
	ptr := reflect.PointerTo(t)
	return t == timeType || t == bigType || t.Implements(errorType) ||
		ptr.Implements(marshalerType) || ptr.Implements(binaryMarshalerType)
}

// byKind chooses by the kind of the type alone.
func (p *plan) byKind() (encFunc, decFunc) {
	switch p.typ.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.basic = true
		return basicKind(p.typ.Kind())
	case reflect.Interface:
		return encInterface, interfaceDecoder(p.typ)
	case reflect.Pointer:
		p.elem.typ = p.typ.Elem()
		return encPointer, decPointer
	case reflect.Slice, reflect.Array:
		p.elem.typ = p.typ.Elem()
		return p.listKind()
	case reflect.Map:
		p.key.typ, p.elem.typ = p.typ.Key(), p.typ.Elem()
		return encMap, decMap
	case reflect.Struct:
		p.fields = fieldsOf(p.typ, isLeaf)
		return encStruct, decStruct
	}
	return encImpossible, decImpossible
}

func basicKind(k reflect.Kind) (encFunc, decFunc) {
	switch k {
	case reflect.Bool:
		return encBool, decBool
	case reflect.String:
		return encString, decString
	case reflect.Float32:
		return encFloat32, decFloat
	case reflect.Float64:
		return encFloat64, decFloat
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return encInt, decInt
	}
	return encUint, decUint
}

// listKind tells bytes from other lists. Bytes whose type has methods go one by one.
func (p *plan) listKind() (encFunc, decFunc) {
	elem := p.typ.Elem()
	bytes := elem.Kind() == reflect.Uint8 && planOf(elem).basic
	switch {
	case bytes && p.typ.Kind() == reflect.Slice:
		return encBytes, decBytes
	case bytes:
		return encByteArray, decByteArray
	case p.typ.Kind() == reflect.Slice:
		return encSlice, decSlice
	}
	return encArray, decArray
}

func interfaceDecoder(t reflect.Type) decFunc {
	switch {
	case t == errorType:
		return decError
	case t.NumMethod() == 0:
		return decAny
	}
	return decInterface
}
