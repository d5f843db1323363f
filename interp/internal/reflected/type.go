package reflected

import (
	"go/token"
	"go/types"
	"reflect"
)

// basics are the types that need no making.
var basics = map[reflect.Kind]types.BasicKind{
	reflect.Bool: types.Bool, reflect.String: types.String, reflect.Float32: types.Float32, reflect.Float64: types.Float64,
	reflect.Int: types.Int, reflect.Int8: types.Int8, reflect.Int16: types.Int16, reflect.Int32: types.Int32, reflect.Int64: types.Int64,
	reflect.Uint: types.Uint, reflect.Uint8: types.Uint8, reflect.Uint16: types.Uint16, reflect.Uint32: types.Uint32, reflect.Uint64: types.Uint64,
	reflect.Uintptr: types.Uintptr, reflect.Complex64: types.Complex64, reflect.Complex128: types.Complex128,
	reflect.UnsafePointer: types.UnsafePointer,
}

// underlying gives a type without its name.
func (r *Reflector) underlying(t reflect.Type) types.Type {
	if kind, ok := basics[t.Kind()]; ok {
		return types.Typ[kind]
	}
	switch t.Kind() {
	case reflect.Interface:
		return r.interfaceType(t)
	case reflect.Struct:
		return r.structType(t)
	case reflect.Func:
		return r.signature(t, 0, nil)
	case reflect.Pointer:
		return types.NewPointer(r.typeOf(t.Elem()))
	case reflect.Slice:
		return types.NewSlice(r.typeOf(t.Elem()))
	case reflect.Array:
		return types.NewArray(r.typeOf(t.Elem()), int64(t.Len()))
	case reflect.Chan:
		return types.NewChan(reflectedDirs[t.ChanDir()], r.typeOf(t.Elem()))
	}
	return types.NewMap(r.typeOf(t.Key()), r.typeOf(t.Elem()))
}

var reflectedDirs = map[reflect.ChanDir]types.ChanDir{
	reflect.BothDir: types.SendRecv, reflect.SendDir: types.SendOnly, reflect.RecvDir: types.RecvOnly,
}

func (r *Reflector) structType(t reflect.Type) types.Type {
	var fields []*types.Var
	var tags []string
	for f := range t.Fields() {
		fields = append(fields, types.NewField(token.NoPos, r.declarer(f.PkgPath), f.Name, r.typeOf(f.Type), f.Anonymous))
		tags = append(tags, string(f.Tag))
	}
	return types.NewStruct(fields, tags)
}

func (r *Reflector) interfaceType(t reflect.Type) types.Type {
	var methods []*types.Func
	for m := range t.Methods() {
		methods = append(methods, types.NewFunc(token.NoPos, r.declarer(m.PkgPath), m.Name, r.signature(m.Type, 0, nil)))
	}
	return types.NewInterfaceType(methods, nil).Complete()
}

// declarer gives the package that a name belongs to which is not exported.
func (r *Reflector) declarer(path string) *types.Package {
	if path == "" {
		return nil
	}
	if r.compiled().Has(path) {
		if pkg, err := r.compiled().Import(path); err == nil {
			return pkg
		}
	}
	return r.home(path)
}

// signature gives the type of a function but for its first skip parameters.
func (r *Reflector) signature(t reflect.Type, skip int, recv *types.Var) *types.Signature {
	var in, out []*types.Var
	for i := skip; i < t.NumIn(); i++ {
		in = append(in, types.NewParam(token.NoPos, nil, "", r.typeOf(t.In(i))))
	}
	for i := range t.NumOut() {
		out = append(out, types.NewParam(token.NoPos, nil, "", r.typeOf(t.Out(i))))
	}
	return types.NewSignatureType(recv, nil, nil, types.NewTuple(in...), types.NewTuple(out...), t.IsVariadic())
}
