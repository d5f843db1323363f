package rtype

import (
	"reflect"
	"strconv"
	"strings"
	"unsafe"
)

// A Field is one field of a struct type that is made.
type Field struct {
	Name     string
	PkgPath  string // of an unexported field
	Tag      string
	Embedded bool

	// Type is the field's type, or one of the same size with pointers in the
	// same places where the type is not known yet: SetField changes it later.
	Type *Type
}

// Struct makes a struct type. Two calls give the same type only if nothing is
// embedded.
func Struct(fields []Field) *Type {
	list := make([]reflect.StructField, len(fields))
	plain := true
	for i, f := range fields {
		list[i] = reflect.StructField{Name: f.Name, PkgPath: f.PkgPath, Tag: reflect.StructTag(f.Tag), Type: f.Type.Reflect()}
		if f.Name == "_" {
			list[i].PkgPath = "main" // reflect wants one
		}
		plain = plain && !f.Embedded && f.Name != "_"
	}
	samePackage(list)
	t := Of(reflect.StructOf(list))
	if plain {
		return t
	}
	return embed(t, fields)
}

// samePackage gives all unexported fields the path of the first: reflect does
// not take two. Those of a type literal have the path of the literal anyway.
func samePackage(list []reflect.StructField) {
	path := ""
	for i := range list {
		switch {
		case list[i].PkgPath == "":
		case path == "":
			path = list[i].PkgPath
		default:
			list[i].PkgPath = path
		}
	}
}

// embed gives a copy of a struct type in which fields are embedded.
func embed(t *Type, fields []Field) *Type {
	c, _ := newDescriptor(reflect.Struct, 0, 0)
	copyKind(c, t)
	keep(t)
	own := append([]structField(nil), (*structType)(unsafe.Pointer(t)).fields...)
	for i, f := range fields {
		own[i].name = encodeName(f.Name, f.Tag, isExported(f.Name), f.Embedded)
		keep(own[i].name)
	}
	keep(own)
	(*structType)(unsafe.Pointer(c)).fields = own
	c.ptrToThis = 0
	c.tflag &^= tflagExtraStar | tflagUncommon | tflagNamed
	c.str = nameOff(StructText(fields), false)
	c.hash = hashOf("", "struct", c)
	FinishStruct(c)
	return c
}

// StructText is how %T prints a struct type.
func StructText(fields []Field) string {
	var b strings.Builder
	b.WriteString("struct {")
	for i, f := range fields {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteByte(' ')
		if !f.Embedded {
			b.WriteString(f.Name + " ")
		}
		b.WriteString(f.Type.String())
		if f.Tag != "" {
			b.WriteString(" " + strconv.Quote(f.Tag))
		}
	}
	if len(fields) > 0 {
		b.WriteByte(' ')
	}
	return b.String() + "}"
}

// OwnFields makes a defined struct type's fields its own, so that SetField
// changes no other type.
func OwnFields(t *Type) {
	s := (*structType)(unsafe.Pointer(t))
	s.fields = append([]structField(nil), s.fields...)
	keep(s.fields)
}

// SetField gives a field its type. FinishStruct must follow.
func SetField(t *Type, i int, typ *Type) {
	(*structType)(unsafe.Pointer(t)).fields[i].typ = typ
	keep(typ)
}

// FinishStruct makes the type comparable if its fields are.
func FinishStruct(t *Type) {
	fields := (*structType)(unsafe.Pointer(t)).fields
	t.tflag &^= tflagRegularMemory
	for _, f := range fields {
		if f.typ.equal == nil {
			t.equal = nil
			return
		}
	}
	t.equal = func(p, q unsafe.Pointer) bool {
		for i := range fields {
			f := &fields[i]
			if !isBlank(f.name) && !f.typ.equal(unsafe.Add(p, f.offset), unsafe.Add(q, f.offset)) {
				return false
			}
		}
		return true
	}
	keep(t.equal)
}

func isBlank(name *byte) bool {
	b := unsafe.Slice(name, 3)
	return b[1] == 1 && b[2] == '_'
}

// An InterfaceMethod is one method of an interface type that is made.
type InterfaceMethod struct {
	Name    string
	PkgPath string // of one that is not exported
	Type    *Type  // a func type
}

// Interface makes an interface type. Its methods are sorted as SortMethods does;
// text is how it prints. Two calls give two types.
func Interface(pkgPath, text string, methods []InterfaceMethod) *Type {
	if len(methods) == 0 {
		return For[any]()
	}
	t, _ := newDescriptor(reflect.Interface, 0, 0)
	copyKind(t, For[error]())
	t.tflag, t.ptrToThis = 0, 0
	t.str = nameOff(text, false)
	t.hash = hashOf(pkgPath, text, t)
	it := (*interfaceType)(unsafe.Pointer(t))
	it.pkgPath = encodeName(pkgPath, "", false, false)
	it.methods = make([]imethod, len(methods))
	for i, m := range methods {
		it.methods[i] = imethod{name: methodName(m.Name, m.PkgPath), typ: typeOff(m.Type)}
	}
	keep(it.pkgPath)
	keep(it.methods)
	return t
}

// LessMethod orders methods, given by name and package, as the runtime wants them.
func LessMethod(name, pkgPath, otherName, otherPath string) bool {
	if x, y := isExported(name), isExported(otherName); x != y {
		return x
	}
	if name != otherName {
		return name < otherName
	}
	return pkgPath < otherPath
}
