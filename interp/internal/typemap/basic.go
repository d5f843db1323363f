package typemap

import (
	"go/types"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

var basics = map[types.BasicKind]*rtype.Type{
	types.Bool: rtype.For[bool](), types.String: rtype.For[string](), types.UnsafePointer: rtype.For[unsafe.Pointer](),
	types.Int: rtype.For[int](), types.Int8: rtype.For[int8](), types.Int16: rtype.For[int16](),
	types.Int32: rtype.For[int32](), types.Int64: rtype.For[int64](),
	types.Uint: rtype.For[uint](), types.Uint8: rtype.For[uint8](), types.Uint16: rtype.For[uint16](),
	types.Uint32: rtype.For[uint32](), types.Uint64: rtype.For[uint64](), types.Uintptr: rtype.For[uintptr](),
	types.Float32: rtype.For[float32](), types.Float64: rtype.For[float64](),
	types.Complex64: rtype.For[complex64](), types.Complex128: rtype.For[complex128](),
	types.UntypedBool: rtype.For[bool](), types.UntypedInt: rtype.For[int](), types.UntypedRune: rtype.For[rune](),
	types.UntypedFloat: rtype.For[float64](), types.UntypedComplex: rtype.For[complex128](),
	types.UntypedString: rtype.For[string](), types.UntypedNil: rtype.For[unsafe.Pointer](),
}

func basic(t *types.Basic) *rtype.Type { return basics[t.Kind()] }

// symbolType finds the type of a compiled package that obj names. One that is
// not exported is found where an exported symbol mentions it.
func (m *Map) symbolType(path string, obj *types.TypeName) *rtype.Type {
	if v := m.Symbol(path, obj.Name()); v.IsValid() {
		return rtype.Of(v.Type().Elem())
	}
	if rt := m.hidden[obj]; rt != nil {
		return rt
	}
	scope := obj.Pkg().Scope()
	for _, name := range m.Symbols(path) {
		o, v := scope.Lookup(name), m.Symbol(path, name)
		if o == nil || !v.IsValid() {
			continue
		}
		s := search{want: obj, seen: make(map[reflect.Type]bool)}
		t := v.Type()
		if isType(o) {
			t = t.Elem()
		}
		if rt := s.find(o.Type(), t); rt != nil {
			if m.hidden == nil {
				m.hidden = make(map[*types.TypeName]*rtype.Type)
			}
			m.hidden[obj] = rtype.Of(rt)
			return m.hidden[obj]
		}
	}
	return nil
}

func isType(o types.Object) bool {
	_, ok := o.(*types.TypeName)
	return ok
}

// A search walks a type as the checker has it beside the same type at run time.
type search struct {
	want *types.TypeName
	seen map[reflect.Type]bool
}

func (s *search) find(t types.Type, rt reflect.Type) reflect.Type {
	t = types.Unalias(t)
	if n, ok := t.(*types.Named); ok {
		if n.Obj() == s.want {
			return rt
		}
		if s.seen[rt] {
			return nil
		}
		s.seen[rt] = true
		if found := s.methods(n, rt); found != nil {
			return found
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return s.element(u.Elem(), rt, reflect.Pointer)
	case *types.Slice:
		return s.element(u.Elem(), rt, reflect.Slice)
	case *types.Array:
		return s.element(u.Elem(), rt, reflect.Array)
	case *types.Chan:
		return s.element(u.Elem(), rt, reflect.Chan)
	case *types.Map:
		return s.element(u.Elem(), rt, reflect.Map)
	case *types.Signature:
		if rt.Kind() == reflect.Func {
			return s.signature(u, rt, 0)
		}
	case *types.Struct:
		return s.fields(u, rt)
	}
	return nil
}

func (s *search) element(t types.Type, rt reflect.Type, kind reflect.Kind) reflect.Type {
	if rt.Kind() != kind {
		return nil
	}
	return s.find(t, rt.Elem())
}

func (s *search) fields(t *types.Struct, rt reflect.Type) reflect.Type {
	if rt.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumFields() {
		if f, ok := rt.FieldByName(t.Field(i).Name()); ok {
			if found := s.find(t.Field(i).Type(), f.Type); found != nil {
				return found
			}
		}
	}
	return nil
}

// signature searches parameters and results; skip is how many the run-time type
// has in front.
func (s *search) signature(t *types.Signature, rt reflect.Type, skip int) reflect.Type {
	for i := range t.Params().Len() {
		if i+skip < rt.NumIn() {
			if found := s.find(t.Params().At(i).Type(), rt.In(i+skip)); found != nil {
				return found
			}
		}
	}
	for i := range t.Results().Len() {
		if i < rt.NumOut() {
			if found := s.find(t.Results().At(i).Type(), rt.Out(i)); found != nil {
				return found
			}
		}
	}
	return nil
}

// methods searches the signatures of a type's methods.
func (s *search) methods(n *types.Named, rt reflect.Type) reflect.Type {
	ptr, skip := rt, 0
	if rt.Kind() != reflect.Interface {
		ptr, skip = reflect.PointerTo(rt), 1
	}
	for i := range n.NumMethods() {
		if m, ok := ptr.MethodByName(n.Method(i).Name()); ok {
			if found := s.signature(n.Method(i).Type().(*types.Signature), m.Type, skip); found != nil {
				return found
			}
		}
	}
	return nil
}
