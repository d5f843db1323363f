package main

import (
	"encoding/binary"
	"fmt"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// An encoder writes one section. It panics with an encodeError when it meets
// something that the format has no place for.
type encoder struct {
	pkg   *types.Package
	refer func(*types.TypeName) // told of every declared type that is referred to

	strings    table
	packages   table
	types      table
	typeParams map[*types.TypeParam]int
	skip       sizes // how much of each table the section before has written
	decls      []decl
}

// sizes says how long the tables of a section are.
type sizes struct{ strings, packages, types, typeParams int }

type decl struct {
	name int
	data []byte
}

type encodeError struct{ error }

// A table numbers byte strings in the order in which they come.
type table struct {
	index map[string]int
	list  []string
}

func (t *table) add(s string) int {
	i, ok := t.index[s]
	if !ok {
		if t.index == nil {
			t.index = make(map[string]int)
		}
		i = len(t.list)
		t.index[s] = i
		t.list = append(t.list, s)
	}
	return i
}

func newEncoder(pkg *types.Package, refer func(*types.TypeName)) *encoder {
	return &encoder{pkg: pkg, refer: refer, typeParams: make(map[*types.TypeParam]int)}
}

// next makes the encoder ready for the section that continues this one.
func (e *encoder) next() {
	e.skip = sizes{len(e.strings.list), len(e.packages.list), len(e.types.list), len(e.typeParams)}
	e.decls = nil
}

func (e *encoder) fail(format string, args ...any) {
	panic(encodeError{fmt.Errorf("%s: "+format, append([]any{e.pkg.Path()}, args...)...)})
}

// bytes gives the section.
func (e *encoder) bytes() []byte {
	var b buffer
	list := e.strings.list[e.skip.strings:]
	b.uint(len(list))
	for _, s := range list {
		b.string(s)
	}
	list = e.packages.list[e.skip.packages:]
	b.uint(len(list))
	for _, path := range list {
		b.string(path)
	}
	b.uint(len(e.typeParams) - e.skip.typeParams)
	list = e.types.list[e.skip.types:]
	b.uint(len(list))
	for _, t := range list {
		b.uint(len(t))
	}
	b.uint(len(e.decls))
	for _, d := range e.decls {
		b.uint(d.name)
		b.uint(len(d.data))
	}
	for _, t := range list {
		b.raw(t)
	}
	for _, d := range e.decls {
		b.raw(string(d.data))
	}
	return b
}

// buffer is what is written piece by piece.
type buffer []byte

func (b *buffer) uint(n int)      { *b = binary.AppendUvarint(*b, uint64(n)) }
func (b *buffer) byte(c byte)     { *b = append(*b, c) }
func (b *buffer) raw(s string)    { *b = append(*b, s...) }
func (b *buffer) string(s string) { b.uint(len(s)); b.raw(s) }
func (b *buffer) bool(v bool) {
	var c byte
	if v {
		c = 1
	}
	b.byte(c)
}

// name writes a name by its number in the table of strings.
func (e *encoder) name(b *buffer, s string) { b.uint(e.strings.add(s)) }

// packageRef writes a package: 0 is the one that the section belongs to.
func (e *encoder) packageRef(b *buffer, pkg *types.Package) {
	if pkg == nil || pkg == e.pkg {
		b.uint(0)
		return
	}
	b.uint(1 + e.packages.add(pkg.Path()))
}

// declare adds the declaration of an object.
func (e *encoder) declare(obj types.Object) {
	var b buffer
	switch obj := obj.(type) {
	case *types.TypeName:
		e.typeName(&b, obj)
	case *types.Const:
		b.byte(byte(format.DeclConst))
		e.typ(&b, obj.Type())
		e.constant(&b, obj.Val())
	case *types.Var:
		b.byte(byte(format.DeclVar))
		e.typ(&b, obj.Type())
	case *types.Func:
		b.byte(byte(format.DeclFunc))
		sig := obj.Signature()
		e.declareTypeParams(&b, sig.TypeParams())
		e.signature(&b, sig)
	default:
		e.fail("%v: no place for it", obj)
	}
	e.decls = append(e.decls, decl{e.strings.add(obj.Name()), b})
}

func (e *encoder) typeName(b *buffer, obj *types.TypeName) {
	if alias, ok := obj.Type().(*types.Alias); ok {
		b.byte(byte(format.DeclAlias))
		e.declareTypeParams(b, alias.TypeParams())
		e.typ(b, alias.Rhs())
		return
	}
	named, ok := obj.Type().(*types.Named)
	if !ok {
		e.fail("%v: neither an alias nor a type with a name", obj)
	}
	b.byte(byte(format.DeclNamed))
	e.declareTypeParams(b, named.TypeParams())
	e.typ(b, named.Underlying())
	var methods []*types.Func
	for m := range named.Methods() {
		if visible(m) {
			methods = append(methods, m)
		}
	}
	b.uint(len(methods))
	for _, m := range methods {
		e.method(b, m)
	}
}

// method writes a method of a type with a name.
func (e *encoder) method(b *buffer, m *types.Func) {
	sig := m.Signature()
	e.name(b, m.Name())
	_, pointer := types.Unalias(sig.Recv().Type()).(*types.Pointer)
	b.bool(pointer)
	e.name(b, sig.Recv().Name())
	e.declareTypeParams(b, sig.RecvTypeParams())
	if !token.IsExported(m.Name()) {
		sig = plainSignature
	}
	e.signature(b, sig)
}

// declareTypeParams writes names first and constraints after, since a
// constraint may refer to any of them.
func (e *encoder) declareTypeParams(b *buffer, list *types.TypeParamList) {
	b.uint(list.Len())
	for p := range list.TypeParams() {
		e.typeParams[p] = len(e.typeParams)
		e.name(b, p.Obj().Name())
		b.uint(e.typeParams[p])
	}
	var last types.Type
	for p := range list.TypeParams() {
		same := p.Constraint() == last // as in [A, B any]
		b.bool(same)
		if !same {
			last = p.Constraint()
			e.typ(b, last)
		}
	}
}
