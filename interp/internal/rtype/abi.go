package rtype

import (
	"encoding/binary"
	"reflect"
	"unsafe"
)

// A Type is the runtime's descriptor of a type (internal/abi.Type). Two types are
// the same if their descriptors are.
type Type struct {
	size       uintptr
	ptrBytes   uintptr
	hash       uint32
	tflag      uint8
	align      uint8
	fieldAlign uint8
	kind       uint8
	equal      func(unsafe.Pointer, unsafe.Pointer) bool
	gcData     *byte
	str        int32
	ptrToThis  int32
}

const (
	tflagUncommon      = 1 << 0
	tflagExtraStar     = 1 << 1
	tflagNamed         = 1 << 2
	tflagRegularMemory = 1 << 3
	tflagDirectIface   = 1 << 5
)

type (
	ptrType struct {
		Type
		elem *Type
	}
	sliceType struct {
		Type
		elem *Type
	}
	arrayType struct {
		Type
		elem, slice *Type
		len         uintptr
	}
	chanType struct {
		Type
		elem *Type
		dir  int
	}
	funcType struct {
		Type
		inCount, outCount uint16
	}
	mapType struct {
		Type
		key, elem, group             *Type
		hasher                       func(unsafe.Pointer, uintptr) uintptr
		groupSize, slotSize, elemOff uintptr
		flags                        uint32
	}
	structType struct {
		Type
		pkgPath *byte
		fields  []structField
	}
	structField struct {
		name   *byte
		typ    *Type
		offset uintptr
	}
	interfaceType struct {
		Type
		pkgPath *byte
		methods []imethod
	}
	imethod struct{ name, typ int32 }

	uncommonType struct {
		pkgPath        int32
		mcount, xcount uint16
		moff, _        uint32
	}
	method struct{ name, mtyp, ifn, tfn int32 }
)

// Of gives the descriptor of a type.
func Of(t reflect.Type) *Type {
	return (*Type)((*[2]unsafe.Pointer)(unsafe.Pointer(&t))[1])
}

// For gives the descriptor of T.
func For[T any]() *Type { return Of(reflect.TypeFor[T]()) }

// rtypeTab is the first word of every reflect.Type.
var rtypeTab = func() unsafe.Pointer {
	t := reflect.TypeFor[int]()
	return (*[2]unsafe.Pointer)(unsafe.Pointer(&t))[0]
}()

// Reflect gives the type as package reflect has it.
func (t *Type) Reflect() reflect.Type {
	words := [2]unsafe.Pointer{rtypeTab, unsafe.Pointer(t)}
	return *(*reflect.Type)(unsafe.Pointer(&words))
}

// Size is what a value of the type takes, in bytes.
func (t *Type) Size() uintptr { return t.size }

// Align is what the address of a value is a multiple of.
func (t *Type) Align() uintptr { return uintptr(t.align) }

// Kind is the type's kind.
func (t *Type) Kind() reflect.Kind { return reflect.Kind(t.kind) }

// HasPointers reports whether a value of the type can hold pointers.
func (t *Type) HasPointers() bool { return t.ptrBytes != 0 }

// Direct reports whether an interface holds a value of the type itself, and not
// a pointer to it.
func (t *Type) Direct() bool { return t.tflag&tflagDirectIface != 0 }

// Comparable reports whether values of the type can be compared.
func (t *Type) Comparable() bool { return t.equal != nil }

// Equal compares the values at p and q. It panics as == does.
func (t *Type) Equal(p, q unsafe.Pointer) bool { return t.equal(p, q) }

// Elem is what a pointer, slice, array, Go channel or map holds.
func (t *Type) Elem() *Type {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Chan, reflect.Array:
		return (*ptrType)(unsafe.Pointer(t)).elem
	case reflect.Map:
		return (*mapType)(unsafe.Pointer(t)).elem
	}
	return nil
}

// Key is the type of a map's keys.
func (t *Type) Key() *Type { return (*mapType)(unsafe.Pointer(t)).key }

// Field gives the type and the place of a struct's field.
func (t *Type) Field(i int) (*Type, uintptr) {
	f := &(*structType)(unsafe.Pointer(t)).fields[i]
	return f.typ, f.offset
}

func (t *Type) String() string { return t.Reflect().String() }

// encodeName gives a name as the runtime reads it: flags, length, text, tag.
func encodeName(name, tag string, exported, embedded bool) *byte {
	const isExported, hasTag, isEmbedded = 1 << 0, 1 << 1, 1 << 3
	var flags byte
	if exported {
		flags |= isExported
	}
	if embedded {
		flags |= isEmbedded
	}
	if tag != "" {
		flags |= hasTag
	}
	b := append([]byte{flags}, varint(len(name))...)
	b = append(b, name...)
	if tag != "" {
		b = append(append(b, varint(len(tag))...), tag...)
	}
	return &b[0]
}

func varint(n int) (b []byte) {
	for ; n >= 0x80; n >>= 7 {
		b = append(b, byte(n)|0x80)
	}
	return append(b, byte(n))
}

func nameOff(name string, exported bool) int32 {
	return addReflectOff(unsafe.Pointer(encodeName(name, "", exported, false)))
}

// methodName gives the name of a method. One that is not exported belongs to its
// package, whose path comes behind the name.
func methodName(name, pkgPath string) int32 {
	if isExported(name) {
		return nameOff(name, true)
	}
	const hasPkgPath = 1 << 2
	b := append([]byte{hasPkgPath}, varint(len(name))...)
	b = append(b, name...)
	b = binary.NativeEndian.AppendUint32(b, uint32(nameOff(pkgPath, false)))
	return addReflectOff(unsafe.Pointer(&b[0]))
}

func typeOff(t *Type) int32 { return addReflectOff(unsafe.Pointer(t)) }

func isExported(name string) bool { return name != "" && name[0] >= 'A' && name[0] <= 'Z' }
