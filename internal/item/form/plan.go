package form

import (
	"encoding"
	"math/big"
	"reflect"
	"sync"
	"sync/atomic"
	"time"
)

// A Plan is what is known of a type before any value of it is seen. Plans do not depend on
// Settings: whether a pointer type is a Ref's is asked when a value comes by.
type Plan struct {
	Type   reflect.Type
	Kind   Form // by the kind of the type alone
	Enc    Form // as which it is sent
	Dec    Form // as which it is received
	Elem   Lazy
	Key    Lazy
	Fields *Fields // of a struct that travels as one

	Basic     bool // bool, number or string with no method that changes its form
	OwnForm   bool // travels in a form that is not its kind's
	IsError   bool // a pointer type that travels as an error
	KeepsNull bool // takes null by itself instead of becoming zero
}

// A Lazy is the plan of a part, made when first used: types refer to themselves.
type Lazy struct {
	Type reflect.Type
	plan atomic.Pointer[Plan]
}

// Get gives the plan.
func (l *Lazy) Get() *Plan {
	if p := l.plan.Load(); p != nil {
		return p
	}
	p := PlanOf(l.Type)
	l.plan.Store(p)
	return p
}

var plans sync.Map // reflect.Type -> *Plan

// PlanOf gives the plan for values of type t.
func PlanOf(t reflect.Type) *Plan {
	if p, ok := plans.Load(t); ok {
		return p.(*Plan)
	}
	p, _ := plans.LoadOrStore(t, newPlan(t))
	return p.(*Plan)
}

// The interfaces by which a type of the user's travels in a form of its own. They are
// those of github.com/fxamacker/cbor.
type (
	Marshaler   interface{ MarshalCBOR() ([]byte, error) }
	Unmarshaler interface{ UnmarshalCBOR([]byte) error }
)

var (
	errorType    = reflect.TypeFor[error]()
	rawType      = reflect.TypeFor[Raw]()
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	bigType      = reflect.TypeFor[big.Int]()

	marshalerType         = reflect.TypeFor[Marshaler]()
	unmarshalerType       = reflect.TypeFor[Unmarshaler]()
	binaryMarshalerType   = reflect.TypeFor[encoding.BinaryMarshaler]()
	binaryUnmarshalerType = reflect.TypeFor[encoding.BinaryUnmarshaler]()
)

func newPlan(t reflect.Type) *Plan {
	p := &Plan{Type: t}
	p.Kind = p.byKind()
	p.Enc, p.Dec = p.Kind, p.Kind
	switch {
	case t.Kind() == reflect.Interface:
	case t.Kind() == reflect.Pointer:
		p.IsError = t.Implements(errorType) && !t.Implements(marshalerType)
	case t == rawType:
		p.useForm(Encoded)
		p.KeepsNull = true
	case t == timeType:
		p.useForm(Time)
	case t == durationType:
		p.useForm(Duration)
	case t == bigType:
		p.useForm(Big)
	default:
		p.useMethods()
	}
	return p
}

func (p *Plan) useForm(f Form) { p.Enc, p.Dec, p.OwnForm = f, f, true }

// useMethods lets a type's own methods go before its kind.
func (p *Plan) useMethods() {
	ptr := reflect.PointerTo(p.Type)
	p.OwnForm = true
	switch {
	case ptr.Implements(marshalerType):
		p.Enc = Method
	case p.Type.Implements(errorType):
		p.Enc = Error
	case ptr.Implements(binaryMarshalerType):
		p.Enc = Binary
	default:
		p.OwnForm = false
	}
	switch {
	case ptr.Implements(unmarshalerType):
		p.Dec = Method
	case p.Type.Implements(errorType):
		p.Dec = Error
	case ptr.Implements(binaryUnmarshalerType):
		p.Dec = Binary
	default:
		p.Basic = p.Basic && !p.OwnForm
		return
	}
	p.Basic = false
}

// isLeaf reports whether a struct type travels whole, so that embedding it promotes none
// of its fields.
func isLeaf(t reflect.Type) bool {
	ptr := reflect.PointerTo(t)
	return t == timeType || t == bigType || t.Implements(errorType) ||
		ptr.Implements(marshalerType) || ptr.Implements(binaryMarshalerType)
}

// byKind chooses by the kind of the type alone.
func (p *Plan) byKind() Form {
	switch p.Type.Kind() {
	case reflect.Bool, reflect.String, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		p.Basic = true
		return basicForm(p.Type.Kind())
	case reflect.Interface:
		return interfaceForm(p.Type)
	case reflect.Pointer:
		p.Elem.Type = p.Type.Elem()
		return Pointer
	case reflect.Slice, reflect.Array:
		p.Elem.Type = p.Type.Elem()
		return p.listForm()
	case reflect.Map:
		p.Key.Type, p.Elem.Type = p.Type.Key(), p.Type.Elem()
		return Map
	case reflect.Struct:
		p.Fields = fieldsOf(p.Type, isLeaf)
		return Struct
	}
	return Impossible
}

func basicForm(k reflect.Kind) Form {
	switch k {
	case reflect.Bool:
		return Bool
	case reflect.String:
		return String
	case reflect.Float32:
		return Float32
	case reflect.Float64:
		return Float64
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return Int
	}
	return Uint
}

// listForm tells bytes from other lists. Bytes whose type has methods go one by one.
func (p *Plan) listForm() Form {
	elem := p.Type.Elem()
	bytes := elem.Kind() == reflect.Uint8 && PlanOf(elem).Basic
	switch {
	case bytes && p.Type.Kind() == reflect.Slice:
		return Bytes
	case bytes:
		return ByteArray
	case p.Type.Kind() == reflect.Slice:
		return Slice
	}
	return Array
}

func interfaceForm(t reflect.Type) Form {
	switch {
	case t == errorType:
		return AnyError
	case t.NumMethod() == 0:
		return Any
	}
	return Interface
}
