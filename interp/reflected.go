package interp

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
)

// reflected makes the types of a package that is known by its symbols alone:
// functions and variables of types that can be told by reflection.
func reflected(path string, table map[string]reflect.Value, im types.Importer) (*types.Package, error) {
	pkg := types.NewPackage(path, base(path))
	for name, v := range table {
		t, err := reflectedType(v.Type(), im)
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", path, name, err)
		}
		if sig, ok := t.(*types.Signature); ok && !v.CanAddr() {
			pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, sig))
		} else {
			pkg.Scope().Insert(types.NewVar(token.NoPos, pkg, name, t))
		}
	}
	pkg.MarkComplete()
	return pkg, nil
}

var reflectedBasics = map[reflect.Kind]types.BasicKind{
	reflect.Bool: types.Bool, reflect.String: types.String, reflect.Float32: types.Float32, reflect.Float64: types.Float64,
	reflect.Int: types.Int, reflect.Int8: types.Int8, reflect.Int16: types.Int16, reflect.Int32: types.Int32, reflect.Int64: types.Int64,
	reflect.Uint: types.Uint, reflect.Uint8: types.Uint8, reflect.Uint16: types.Uint16, reflect.Uint32: types.Uint32, reflect.Uint64: types.Uint64,
}

func reflectedType(t reflect.Type, im types.Importer) (types.Type, error) {
	if t == reflect.TypeFor[error]() {
		return types.Universe.Lookup("error").Type(), nil
	}
	if t.Name() != "" && t.PkgPath() != "" {
		pkg, err := im.Import(t.PkgPath())
		if err != nil {
			return nil, err
		}
		if o := pkg.Scope().Lookup(t.Name()); o != nil {
			return o.Type(), nil
		}
	}
	if kind, ok := reflectedBasics[t.Kind()]; ok && t.PkgPath() == "" {
		return types.Typ[kind], nil
	}
	switch t.Kind() {
	case reflect.Interface:
		if t.NumMethod() == 0 {
			return types.NewInterfaceType(nil, nil), nil
		}
	case reflect.Pointer, reflect.Slice, reflect.Map, reflect.Chan:
		return reflectedComposite(t, im)
	case reflect.Func:
		return reflectedFunc(t, im)
	}
	return nil, fmt.Errorf("type %v cannot be told", t)
}

func reflectedComposite(t reflect.Type, im types.Importer) (types.Type, error) {
	elem, err := reflectedType(t.Elem(), im)
	if err != nil {
		return nil, err
	}
	switch t.Kind() {
	case reflect.Pointer:
		return types.NewPointer(elem), nil
	case reflect.Slice:
		return types.NewSlice(elem), nil
	case reflect.Chan:
		return types.NewChan(types.SendRecv, elem), nil
	}
	key, err := reflectedType(t.Key(), im)
	if err != nil {
		return nil, err
	}
	return types.NewMap(key, elem), nil
}

func reflectedFunc(t reflect.Type, im types.Importer) (types.Type, error) {
	var in, out []*types.Var
	for i := range t.NumIn() {
		p, err := reflectedType(t.In(i), im)
		if err != nil {
			return nil, err
		}
		in = append(in, types.NewParam(token.NoPos, nil, "", p))
	}
	for i := range t.NumOut() {
		r, err := reflectedType(t.Out(i), im)
		if err != nil {
			return nil, err
		}
		out = append(out, types.NewParam(token.NoPos, nil, "", r))
	}
	return types.NewSignatureType(nil, nil, nil, types.NewTuple(in...), types.NewTuple(out...), t.IsVariadic()), nil
}
