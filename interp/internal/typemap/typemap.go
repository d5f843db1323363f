package typemap

import (
	"fmt"
	"go/token"
	"go/types"
	"reflect"
	"sort"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Map makes types for one program. It is for one goroutine at a time.
type Map struct {
	// Symbol gives a symbol of a compiled package, a type as a nil pointer to it;
	// it is invalid for what the package has not.
	Symbol func(path, name string) reflect.Value

	// Symbols gives the names of a compiled package's symbols.
	Symbols func(path string) []string

	// Compiled reports whether a package is compiled, and not the program's own.
	Compiled func(path string) bool

	// Methods gives the methods of a type that is made, and those of the pointer
	// to it.
	Methods func(t types.Type, rt, ptr *rtype.Type) (value, pointer []rtype.Method)

	// Local numbers the types that functions declare, by their positions: in their
	// order in the package, from 1.
	Local map[token.Pos]int

	// Err is the first thing that went wrong.
	Err error

	known   typeutil.Map
	hidden  map[*types.TypeName]*rtype.Type
	pending []func()
	busy    bool
}

// Type gives the type that t is at run time.
func (m *Map) Type(t types.Type) *rtype.Type {
	t = types.Unalias(t)
	if rt, ok := m.known.At(t).(*rtype.Type); ok {
		return rt
	}
	outer := m.busy
	m.busy = true
	rt := m.make(t)
	m.known.Set(t, rt)
	m.busy = outer
	if !outer {
		m.finish()
	}
	return rt
}

// finish completes the types that were begun.
func (m *Map) finish() {
	m.busy = true
	for len(m.pending) > 0 {
		next := m.pending[0]
		m.pending = m.pending[1:]
		next()
	}
	m.busy = false
}

func (m *Map) make(t types.Type) *rtype.Type {
	switch t := t.(type) {
	case *types.Basic:
		return basic(t)
	case *types.Named:
		return m.named(t)
	case *types.Pointer:
		return rtype.Of(reflect.PointerTo(m.Type(t.Elem()).Reflect()))
	case *types.Slice:
		return rtype.Of(reflect.SliceOf(m.Type(t.Elem()).Reflect()))
	case *types.Array:
		return rtype.Of(reflect.ArrayOf(int(t.Len()), m.Type(t.Elem()).Reflect()))
	case *types.Map:
		return rtype.Of(reflect.MapOf(m.Type(t.Key()).Reflect(), m.Type(t.Elem()).Reflect()))
	case *types.Chan:
		elem := m.Type(t.Elem()).Reflect()
		if elem.Size() >= 1<<16 {
			m.fail("channel element type %v too large (>64kB)", elem)
			elem = reflect.TypeFor[int]()
		}
		return rtype.Of(reflect.ChanOf(chanDir(t.Dir()), elem))
	case *types.Signature:
		return rtype.Of(m.Func(t))
	case *types.Struct:
		return m.structType(t)
	case *types.Interface:
		return m.interfaceType(t)
	}
	m.fail("no such type at run time: %v", t)
	return rtype.For[int]()
}

func (m *Map) fail(format string, args ...any) {
	if m.Err == nil {
		m.Err = fmt.Errorf(format, args...)
	}
}

func chanDir(d types.ChanDir) reflect.ChanDir {
	switch d {
	case types.SendOnly:
		return reflect.SendDir
	case types.RecvOnly:
		return reflect.RecvDir
	}
	return reflect.BothDir
}

// Func gives the func type of a signature, without its receiver.
func (m *Map) Func(t *types.Signature) reflect.Type {
	return reflect.FuncOf(m.tuple(t.Params()), m.tuple(t.Results()), t.Variadic())
}

func (m *Map) tuple(t *types.Tuple) (list []reflect.Type) {
	for i := range t.Len() {
		list = append(list, m.Type(t.At(i).Type()).Reflect())
	}
	return list
}

// named gives a defined type: a compiled one, or one that is made.
func (m *Map) named(t *types.Named) *rtype.Type {
	obj := t.Obj()
	if obj.Pkg() == nil {
		return rtype.For[error]()
	}
	path := obj.Pkg().Path()
	if m.Compiled(path) && t.TypeArgs().Len() == 0 && obj.Parent() == obj.Pkg().Scope() {
		if rt := m.symbolType(path, obj); rt != nil {
			return rt
		}
	}
	return m.define(t, t.Underlying(), path, obj.Pkg().Name(), m.typeName(t))
}

// define makes a type that has a name, or methods. What it consists of may refer
// to it: its size is found first, what it holds is filled in later.
func (m *Map) define(t, under types.Type, path, pkgName, name string) *rtype.Type {
	kind := kindOf(under)
	params := 0
	if sig, ok := under.(*types.Signature); ok {
		params = sig.Params().Len() + sig.Results().Len()
	}
	methods := 0
	if kind != reflect.Interface {
		methods = types.NewMethodSet(types.NewPointer(t)).Len()
	}
	n := rtype.NewNamed(kind, path, pkgName, name, params, methods)
	rt := n.Type()
	m.known.Set(t, rt)
	switch u := under.(type) {
	case *types.Struct:
		n.Define(rtype.Struct(m.fields(u, m.standIn)))
		rtype.OwnFields(rt)
		rtype.FinishStruct(rt)
		m.pending = append(m.pending, func() {
			for i := range u.NumFields() {
				rtype.SetField(rt, i, m.Type(u.Field(i).Type()))
			}
			rtype.FinishStruct(rt)
		})
	case *types.Array:
		n.Define(rtype.Of(reflect.ArrayOf(int(u.Len()), m.standIn(u.Elem()).Reflect())))
		m.pending = append(m.pending, func() { n.Define(m.Type(u)) })
	default:
		m.pending = append(m.pending, func() { n.Define(m.Type(under)) })
	}
	if methods > 0 {
		m.pending = append(m.pending, func() {
			if err := n.SetMethods(m.Methods(t, rt, n.Pointer())); err != nil {
				m.fail("%w", err)
			}
		})
	}
	return rt
}

// standIn gives a type that lies in memory as t does, where t itself may not be
// known yet.
func (m *Map) standIn(t types.Type) *rtype.Type {
	switch u := t.Underlying().(type) {
	case *types.Pointer:
		return rtype.For[*int]()
	case *types.Map:
		return rtype.For[map[int]int]()
	case *types.Chan:
		return rtype.For[chan int]()
	case *types.Signature:
		return rtype.For[func()]()
	case *types.Slice:
		return rtype.For[[]byte]()
	case *types.Interface:
		return rtype.For[any]()
	case *types.Array:
		return rtype.Of(reflect.ArrayOf(int(u.Len()), m.standIn(u.Elem()).Reflect()))
	case *types.Struct:
		if _, ok := types.Unalias(t).(*types.Named); ok {
			return m.Type(t)
		}
		return rtype.Struct(m.fields(u, m.standIn))
	}
	return m.Type(t.Underlying())
}

// fields gives the fields of a struct type with types as typ makes them.
func (m *Map) fields(t *types.Struct, typ func(types.Type) *rtype.Type) []rtype.Field {
	fields := make([]rtype.Field, t.NumFields())
	for i := range fields {
		f := t.Field(i)
		fields[i] = rtype.Field{Name: f.Name(), Tag: t.Tag(i), Embedded: f.Embedded(), Type: typ(f.Type())}
		if !f.Exported() {
			fields[i].PkgPath = f.Pkg().Path()
		}
	}
	return fields
}

// structType gives a struct type without a name. What it embeds may give it
// methods.
func (m *Map) structType(t *types.Struct) *rtype.Type {
	if types.NewMethodSet(types.NewPointer(t)).Len() > 0 {
		return m.define(t, t, "", rtype.StructText(m.fields(t, m.Type)), "")
	}
	return rtype.Struct(m.fields(t, m.Type))
}

func (m *Map) interfaceType(t *types.Interface) *rtype.Type {
	if t.NumMethods() == 0 {
		return rtype.For[any]()
	}
	list := make([]rtype.InterfaceMethod, t.NumMethods())
	path := "main"
	for i := range list {
		f := t.Method(i)
		list[i] = rtype.InterfaceMethod{Name: f.Name(), Type: rtype.Of(m.Func(f.Type().(*types.Signature)))}
		if !f.Exported() {
			path = f.Pkg().Path()
			list[i].PkgPath = path
		}
	}
	sort.Slice(list, func(i, j int) bool {
		return rtype.LessMethod(list[i].Name, list[i].PkgPath, list[j].Name, list[j].PkgPath)
	})
	var text []string
	for _, f := range list {
		text = append(text, f.Name+strings.TrimPrefix(f.Type.String(), "func"))
	}
	return rtype.Interface(path, "interface { "+strings.Join(text, "; ")+" }", list)
}

func kindOf(t types.Type) reflect.Kind {
	switch t := t.(type) {
	case *types.Basic:
		return basic(t).Kind()
	case *types.Pointer:
		return reflect.Pointer
	case *types.Slice:
		return reflect.Slice
	case *types.Array:
		return reflect.Array
	case *types.Map:
		return reflect.Map
	case *types.Chan:
		return reflect.Chan
	case *types.Signature:
		return reflect.Func
	case *types.Struct:
		return reflect.Struct
	}
	return reflect.Interface
}
