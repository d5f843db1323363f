package interp

import (
	"reflect"
	"unsafe"
)

// yaegi keeps a value together with its interpreted type where it is held in an
// interface: in elements of a []any, in values of a map[string]any, in panic
// values. Compiled code that was given the whole would meet that pair, of a
// type that nothing can be done with.
const pairType = "valueInterface"

// Plain gives v as compiled code expects it: without anything of the
// interpreter's at any depth. It gives v itself if there is nothing to do, and
// changes nothing that v points to: what must change is copied, and so is what
// contains it. A slice or a map whose elements were of an interpreted interface
// type becomes one of any.
//
// Values that far code hands to compiled code are to pass through it before
// they are encoded.
func Plain(v any) any {
	p := plainer{inside: make(map[visit]bool)}
	out, changed := p.value(reflect.ValueOf(v))
	if !changed {
		return v
	}
	if !out.IsValid() {
		return nil
	}
	return out.Interface()
}

// A plainer is one walk through a value. It leaves cycles as they are.
type plainer struct {
	inside map[visit]bool // what it is in the middle of
}

// A visit tells one slice, map or pointer from another.
type visit struct {
	p unsafe.Pointer
	n int
	t reflect.Type
}

// enter reports whether v is new on the way down; the caller must leave it.
func (p *plainer) enter(v reflect.Value) (key visit, ok bool) {
	key = visit{p: v.UnsafePointer(), t: v.Type()}
	if v.Kind() == reflect.Slice {
		key.n = v.Len()
	}
	if p.inside[key] {
		return key, false
	}
	p.inside[key] = true
	return key, true
}

func (p *plainer) leave(key visit) { delete(p.inside, key) }

// pair reports whether t is yaegi's pair of a value and its type.
func pair(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && t.Name() == pairType && t.PkgPath()+"." == yaegiPackage
}

// opaque types have no room for an interface.
func opaque(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Struct, reflect.Pointer, reflect.Map:
		return false
	case reflect.Slice, reflect.Array:
		return opaque(t.Elem())
	}
	return true
}

// value gives the plain form of v, and whether that is another one.
func (p *plainer) value(v reflect.Value) (reflect.Value, bool) {
	if !v.IsValid() || opaque(v.Type()) {
		return v, false
	}
	if pair(v.Type()) {
		out, _ := p.value(unpair(v))
		return out, true
	}
	if inner, ok := asValue(v); ok {
		out, _ := p.value(inner)
		return out, true
	}
	switch v.Kind() {
	case reflect.Interface:
		return p.value(v.Elem())
	case reflect.Slice, reflect.Array:
		return p.list(v)
	case reflect.Map:
		return p.mapping(v)
	case reflect.Pointer:
		return p.pointer(v)
	case reflect.Struct:
		return p.structure(v)
	}
	return v, false
}

// asValue gives what a reflect.Value in an interface stands for: a panic value
// is one.
func asValue(v reflect.Value) (reflect.Value, bool) {
	if v.Type() != reflect.TypeFor[reflect.Value]() || !v.CanInterface() {
		return v, false
	}
	return v.Interface().(reflect.Value), true
}

// unpair gives the value of a pair.
func unpair(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	f := c.FieldByName("value")
	if !f.IsValid() || f.Type() != reflect.TypeFor[reflect.Value]() {
		return reflect.Value{}
	}
	return *(*reflect.Value)(f.Addr().UnsafePointer())
}

// list handles slices and arrays.
func (p *plainer) list(v reflect.Value) (reflect.Value, bool) {
	if v.Kind() == reflect.Slice && !v.IsNil() {
		key, ok := p.enter(v)
		if !ok {
			return v, false
		}
		defer p.leave(key)
	}
	elem := v.Type().Elem()
	changed := pair(elem)
	elems := make([]reflect.Value, v.Len())
	for i := range elems {
		var c bool
		elems[i], c = p.value(v.Index(i))
		changed = changed || c
	}
	if !changed {
		return v, false
	}
	list := reflect.SliceOf(common(elem, elems))
	if v.Kind() == reflect.Slice && v.IsNil() {
		return reflect.Zero(list), true
	}
	out := reflect.MakeSlice(list, len(elems), len(elems))
	for i, e := range elems {
		out.Index(i).Set(fit(e, list.Elem()))
	}
	return out, true
}

// mapping handles maps.
func (p *plainer) mapping(v reflect.Value) (reflect.Value, bool) {
	if !v.IsNil() {
		key, ok := p.enter(v)
		if !ok {
			return v, false
		}
		defer p.leave(key)
	}
	t := v.Type()
	changed := pair(t.Key()) || pair(t.Elem())
	var keys, elems []reflect.Value
	for iter := v.MapRange(); iter.Next(); {
		key, c1 := p.value(iter.Key())
		elem, c2 := p.value(iter.Value())
		keys, elems = append(keys, key), append(elems, elem)
		changed = changed || c1 || c2
	}
	if !changed {
		return v, false
	}
	m := reflect.MapOf(common(t.Key(), keys), common(t.Elem(), elems))
	if v.IsNil() {
		return reflect.Zero(m), true
	}
	out := reflect.MakeMap(m)
	for i, key := range keys {
		out.SetMapIndex(fit(key, m.Key()), fit(elems[i], m.Elem()))
	}
	return out, true
}

func (p *plainer) pointer(v reflect.Value) (reflect.Value, bool) {
	if v.IsNil() {
		return v, false
	}
	key, ok := p.enter(v)
	if !ok {
		return v, false
	}
	defer p.leave(key)
	elem, changed := p.value(v.Elem())
	if !changed || !elem.IsValid() {
		return v, false
	}
	out := reflect.New(elem.Type())
	out.Elem().Set(elem)
	return out, true
}

// structure handles structs. One with a field of an interpreted interface type
// becomes another type, with any in its place.
func (p *plainer) structure(v reflect.Value) (reflect.Value, bool) {
	t := v.Type()
	fields, values, changed, rebuild := make([]reflect.StructField, t.NumField()), make([]reflect.Value, t.NumField()), false, false
	for i := range fields {
		fields[i], values[i] = t.Field(i), v.Field(i)
		if !fields[i].IsExported() {
			continue
		}
		var c bool
		values[i], c = p.value(v.Field(i))
		changed = changed || c
		if c && !fits(values[i], fields[i].Type) {
			fields[i].Type, rebuild = reflect.TypeFor[any](), true
		}
	}
	if !changed {
		return v, false
	}
	if rebuild {
		t = reflect.StructOf(fields)
	}
	out := reflect.New(t).Elem()
	if !rebuild {
		out.Set(v)
	}
	for i, value := range values {
		if fields[i].IsExported() {
			out.Field(i).Set(fit(value, t.Field(i).Type))
		}
	}
	return out, true
}

// common is t if all values fit it, and any otherwise.
func common(t reflect.Type, values []reflect.Value) reflect.Type {
	if pair(t) {
		return reflect.TypeFor[any]()
	}
	for _, v := range values {
		if !fits(v, t) {
			return reflect.TypeFor[any]()
		}
	}
	return t
}

func fits(v reflect.Value, t reflect.Type) bool {
	if !v.IsValid() {
		return t.Kind() == reflect.Interface
	}
	return v.Type().AssignableTo(t)
}

// fit gives v, or the zero value of t for a nil that had no type.
func fit(v reflect.Value, t reflect.Type) reflect.Value {
	if !v.IsValid() {
		return reflect.Zero(t)
	}
	return v
}
