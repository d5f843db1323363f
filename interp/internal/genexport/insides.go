package main

import (
	"go/token"
	"go/types"
)

// plainSignature stands for the signature of unexported methods: only their
// name matters, and what they take may be of types that nobody can see.
var plainSignature = types.NewSignatureType(nil, nil, nil, nil, nil, false)

// visible reports whether a source can tell that a type has the method m: it is
// exported, or an exported interface of its package asks for it.
func visible(m *types.Func) bool {
	if m.Exported() {
		return true
	}
	scope := m.Pkg().Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !token.IsExported(name) {
			continue
		}
		iface, ok := obj.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for asked := range iface.Methods() {
			if asked.Name() == m.Name() {
				return true
			}
		}
	}
	return false
}

// withoutInsides gives a struct type whose unexported fields are hollow. An
// embedded field that has something exported to offer stays as it is.
func withoutInsides(t *types.Struct) *types.Struct {
	fields, tags := make([]*types.Var, t.NumFields()), make([]string, t.NumFields())
	for i := range fields {
		field := t.Field(i)
		switch {
		case field.Exported(), field.Embedded() && offers(field.Type(), nil):
			fields[i], tags[i] = field, t.Tag(i)
		default:
			fields[i] = types.NewField(token.NoPos, field.Pkg(), field.Name(), hollow(field.Type()), false)
		}
	}
	return types.NewStruct(fields, tags)
}

// offers reports whether embedding a type gives the outer one an exported field
// or method.
func offers(t types.Type, seen []types.Type) bool {
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	for _, s := range seen {
		if types.Identical(s, t) {
			return false
		}
	}
	methods := types.NewMethodSet(types.NewPointer(t))
	for m := range methods.Methods() {
		if m.Obj().Exported() {
			return true
		}
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return types.IsInterface(t)
	}
	for field := range s.Fields() {
		if field.Exported() || field.Embedded() && offers(field.Type(), append(seen, t)) {
			return true
		}
	}
	return false
}

// hollow gives a type of the same size and comparability as t that is made of
// basic types only. One that depends on a type parameter is left alone.
func hollow(t types.Type) types.Type {
	if dependent(t) {
		return t
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return types.Typ[u.Kind()]
	case *types.Pointer:
		return types.Typ[types.UnsafePointer]
	case *types.Signature:
		return plainSignature
	case *types.Map:
		return types.NewMap(types.Typ[types.Int], types.Typ[types.Int])
	case *types.Chan:
		return types.NewChan(types.SendRecv, types.Typ[types.Int])
	case *types.Slice:
		return types.NewSlice(types.Typ[types.Int])
	case *types.Interface:
		return anyType
	case *types.Array:
		return types.NewArray(hollow(u.Elem()), u.Len())
	case *types.Struct:
		fields := make([]*types.Var, u.NumFields())
		for i := range fields {
			field := u.Field(i)
			fields[i] = types.NewField(token.NoPos, nil, "_", hollow(field.Type()), false)
		}
		return types.NewStruct(fields, nil)
	}
	return t
}

// dependent reports whether a type mentions a type parameter.
func dependent(t types.Type) bool {
	switch t := t.(type) {
	case *types.TypeParam:
		return true
	case *types.Named:
		return anyDependent(t.TypeArgs())
	case *types.Alias:
		return anyDependent(t.TypeArgs())
	case *types.Pointer:
		return dependent(t.Elem())
	case *types.Slice:
		return dependent(t.Elem())
	case *types.Array:
		return dependent(t.Elem())
	case *types.Chan:
		return dependent(t.Elem())
	case *types.Map:
		return dependent(t.Key()) || dependent(t.Elem())
	case *types.Signature:
		return dependentTuple(t.Params()) || dependentTuple(t.Results())
	case *types.Struct:
		for field := range t.Fields() {
			if dependent(field.Type()) {
				return true
			}
		}
	}
	return false
}

func anyDependent(list *types.TypeList) bool {
	for t := range list.Types() {
		if dependent(t) {
			return true
		}
	}
	return false
}

func dependentTuple(t *types.Tuple) bool {
	for v := range t.Variables() {
		if dependent(v.Type()) {
			return true
		}
	}
	return false
}
