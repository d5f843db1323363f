package main

import (
	"go/token"
	"go/types"
	"slices"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

var anyType = types.Universe.Lookup("any").Type()

// typ writes a type by its number. Two types that are written alike are one.
func (e *encoder) typ(b *buffer, t types.Type) {
	if t == anyType.Underlying() {
		t = anyType // it is printed as any
	}
	if i := slices.Index(format.Predeclared, t); i >= 0 {
		b.uint(i)
		return
	}
	var entry buffer
	e.entry(&entry, t)
	b.uint(len(format.Predeclared) + e.types.add(string(entry)))
}

func (e *encoder) entry(b *buffer, t types.Type) {
	switch t := t.(type) {
	case *types.Named:
		e.named(b, t.Obj(), t.TypeArgs())
	case *types.Alias:
		e.named(b, t.Obj(), t.TypeArgs())
	case *types.TypeParam:
		number, ok := e.typeParams[t]
		if !ok {
			e.fail("type parameter %v: used outside its declaration", t)
		}
		b.byte(byte(format.TagTypeParam))
		b.uint(number)
	case *types.Pointer:
		b.byte(byte(format.TagPointer))
		e.typ(b, t.Elem())
	case *types.Slice:
		b.byte(byte(format.TagSlice))
		e.typ(b, t.Elem())
	case *types.Array:
		b.byte(byte(format.TagArray))
		b.uint(int(t.Len()))
		e.typ(b, t.Elem())
	case *types.Map:
		b.byte(byte(format.TagMap))
		e.typ(b, t.Key())
		e.typ(b, t.Elem())
	case *types.Chan:
		b.byte(byte(format.TagChan))
		b.byte(byte(t.Dir()))
		e.typ(b, t.Elem())
	case *types.Struct:
		b.byte(byte(format.TagStruct))
		e.structure(b, t)
	case *types.Interface:
		b.byte(byte(format.TagInterface))
		e.interfaceType(b, t)
	case *types.Signature:
		b.byte(byte(format.TagSignature))
		e.signature(b, t)
	case *types.Union:
		b.byte(byte(format.TagUnion))
		b.uint(t.Len())
		for term := range t.Terms() {
			b.bool(term.Tilde())
			e.typ(b, term.Type())
		}
	default:
		e.fail("type %v: no place for a %T", t, t)
	}
}

// named writes a reference to a declared type.
func (e *encoder) named(b *buffer, obj *types.TypeName, args *types.TypeList) {
	e.refer(obj)
	b.byte(byte(format.TagNamed))
	e.packageRef(b, obj.Pkg())
	e.name(b, obj.Name())
	b.uint(args.Len())
	for arg := range args.Types() {
		e.typ(b, arg)
	}
}

func (e *encoder) structure(b *buffer, t *types.Struct) {
	t = withoutInsides(t)
	var pkg *types.Package
	for field := range t.Fields() {
		if !field.Exported() {
			pkg = field.Pkg()
		}
	}
	e.packageRef(b, pkg)
	b.uint(t.NumFields())
	for i := range t.NumFields() {
		field, flags := t.Field(i), byte(0)
		if field.Embedded() {
			flags |= format.FieldEmbedded
		}
		if t.Tag(i) != "" {
			flags |= format.FieldTagged
		}
		b.byte(flags)
		e.name(b, field.Name())
		e.typ(b, field.Type())
		if t.Tag(i) != "" {
			e.name(b, t.Tag(i))
		}
	}
}

func (e *encoder) interfaceType(b *buffer, t *types.Interface) {
	var pkg *types.Package
	for m := range t.ExplicitMethods() {
		if !m.Exported() {
			pkg = m.Pkg()
		}
	}
	e.packageRef(b, pkg)
	b.bool(t.IsImplicit())
	b.uint(t.NumExplicitMethods())
	for m := range t.ExplicitMethods() {
		e.name(b, m.Name())
		sig := m.Signature()
		if !token.IsExported(m.Name()) {
			sig = plainSignature
		}
		e.signature(b, sig)
	}
	b.uint(t.NumEmbeddeds())
	for embedded := range t.EmbeddedTypes() {
		e.typ(b, embedded)
	}
}

func (e *encoder) signature(b *buffer, sig *types.Signature) {
	b.bool(sig.Variadic())
	e.tuple(b, sig.Params())
	e.tuple(b, sig.Results())
}

func (e *encoder) tuple(b *buffer, t *types.Tuple) {
	b.uint(t.Len())
	for v := range t.Variables() {
		e.name(b, v.Name())
		e.typ(b, v.Type())
	}
}
