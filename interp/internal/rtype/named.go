package rtype

import (
	"hash/fnv"
	"reflect"
	"sync"
	"unsafe"
)

// A Method is one method of a type that is made.
type Method struct {
	Name    string
	PkgPath string       // of one that is not exported
	Type    reflect.Type // without the receiver

	// Pointer is a func whose first parameter is an unsafe.Pointer: it is
	// called with what an interface holds, which is a pointer to the receiver or,
	// where the type is Direct, the receiver itself. Value is a func whose first
	// parameter is the receiver.
	Pointer, Value reflect.Value
}

// A Named is a defined type that is made in two steps, so that it can refer to
// itself: NewNamed gives the type, which may be pointed to at once, and Define
// says what it is.
type Named struct {
	t, ptr *Type
	u, pu  *uncommonType
	max    int
}

// kept holds what descriptors refer to. The collector does not look into them.
var kept struct {
	sync.Mutex
	list []any
}

func keep(x any) {
	kept.Lock()
	defer kept.Unlock()
	kept.list = append(kept.list, x)
}

// kindSize is the size of a kind's own part of a descriptor.
func kindSize(k reflect.Kind) uintptr {
	switch k {
	case reflect.Pointer:
		return unsafe.Sizeof(ptrType{})
	case reflect.Func:
		return unsafe.Sizeof(funcType{})
	case reflect.Slice:
		return unsafe.Sizeof(sliceType{})
	case reflect.Array:
		return unsafe.Sizeof(arrayType{})
	case reflect.Chan:
		return unsafe.Sizeof(chanType{})
	case reflect.Map:
		return unsafe.Sizeof(mapType{})
	case reflect.Interface:
		return unsafe.Sizeof(interfaceType{})
	case reflect.Struct:
		return unsafe.Sizeof(structType{})
	}
	return unsafe.Sizeof(Type{})
}

// newDescriptor gives room for a type of this kind with up to n methods and the
// parameters of a func type.
func newDescriptor(k reflect.Kind, params, n int) (*Type, *uncommonType) {
	const word = unsafe.Sizeof(uintptr(0))
	size := kindSize(k) + unsafe.Sizeof(uncommonType{}) + uintptr(params)*word
	moff := size - kindSize(k)
	size += uintptr(n) * unsafe.Sizeof(method{})
	block := make([]uintptr, (size+word-1)/word)
	keep(block)
	t := (*Type)(unsafe.Pointer(&block[0]))
	u := (*uncommonType)(unsafe.Add(unsafe.Pointer(t), kindSize(k)))
	u.moff = uint32(moff)
	return t, u
}

// NewNamed begins a defined type. name is as %T prints it without the package,
// and empty for a type literal with methods, whose text is then pkgName. The
// type has at most methods methods, and so has the pointer to it.
func NewNamed(kind reflect.Kind, pkgPath, pkgName, name string, params, methods int) *Named {
	n := &Named{max: methods}
	text := pkgName
	if name != "" {
		text = pkgName + "." + name
	}
	n.t, n.u = newDescriptor(kind, params, methods)
	n.ptr, n.pu = newDescriptor(reflect.Pointer, 0, methods)
	proto := prototype(kind)
	copyKind(n.t, proto)
	n.t.str, n.t.hash = nameOff(text, isExported(name)), hashOf(pkgPath, text, n.t)
	n.t.tflag = n.t.tflag&^tflagExtraStar | tflagUncommon
	if name != "" {
		n.t.tflag |= tflagNamed
	}
	n.u.pkgPath = nameOff(pkgPath, false)
	copyKind(n.ptr, For[*int]())
	(*ptrType)(unsafe.Pointer(n.ptr)).elem = n.t
	n.ptr.str, n.ptr.hash = nameOff("*"+text, false), n.t.hash*16777619^'*'
	n.ptr.tflag = n.ptr.tflag&^(tflagExtraStar|tflagNamed) | tflagUncommon
	n.ptr.ptrToThis = 0
	n.pu.pkgPath = n.u.pkgPath
	n.t.ptrToThis = typeOff(n.ptr)
	return n
}

// Type is the type.
func (n *Named) Type() *Type { return n.t }

// Pointer is the type of pointers to it.
func (n *Named) Pointer() *Type { return n.ptr }

// Define says what the type is: it has under's form and content.
func (n *Named) Define(under *Type) {
	str, hash, tflag, ptr := n.t.str, n.t.hash, n.t.tflag, n.t.ptrToThis
	copyKind(n.t, under)
	n.t.str, n.t.hash, n.t.ptrToThis = str, hash, ptr
	n.t.tflag = tflag&(tflagNamed|tflagUncommon) | under.tflag&(tflagRegularMemory|tflagDirectIface|1<<4)
	if under.Kind() == reflect.Func {
		copy(params(n.t), params(under))
	}
	keep(under)
}

// SetMethods gives the type and the pointer to it their methods, sorted as
// SortMethods does.
func (n *Named) SetMethods(value, pointer []Method) error {
	if err := setMethods(n.t, n.u, value); err != nil {
		return err
	}
	return setMethods(n.ptr, n.pu, pointer)
}

func methodsOf(u *uncommonType, n int) []method {
	return unsafe.Slice((*method)(unsafe.Add(unsafe.Pointer(u), u.moff)), n)
}

func setMethods(t *Type, u *uncommonType, methods []Method) error {
	if len(methods) == 0 {
		return nil
	}
	table := methodsOf(u, len(methods))
	for i, m := range methods {
		ifn, err := entry(m.Pointer)
		if err != nil {
			return err
		}
		tfn := ifn
		if m.Value.IsValid() {
			if tfn, err = entry(m.Value); err != nil {
				return err
			}
		}
		table[i] = method{
			name: methodName(m.Name, m.PkgPath), mtyp: typeOff(Of(m.Type)),
			ifn: addReflectOff(ifn), tfn: addReflectOff(tfn),
		}
		if isExported(m.Name) {
			u.xcount++
		}
	}
	u.mcount = uint16(len(methods))
	return nil
}

// params gives the parameter and result types of a func type.
func params(t *Type) []*Type {
	f := (*funcType)(unsafe.Pointer(t))
	n := int(f.inCount) + int(f.outCount&(1<<15-1))
	off := unsafe.Sizeof(*f)
	if t.tflag&tflagUncommon != 0 {
		off += unsafe.Sizeof(uncommonType{})
	}
	return unsafe.Slice((**Type)(unsafe.Add(unsafe.Pointer(t), off)), n)
}

// copyKind copies the part of a descriptor that its kind has.
func copyKind(dst, src *Type) {
	words := kindSize(src.Kind()) / unsafe.Sizeof(uintptr(0))
	copy(unsafe.Slice((*uintptr)(unsafe.Pointer(dst)), words), unsafe.Slice((*uintptr)(unsafe.Pointer(src)), words))
}

// prototype gives a type of this kind, for size and form where these depend on
// the kind alone. Of structs and arrays they do not.
func prototype(k reflect.Kind) *Type {
	switch k {
	case reflect.Pointer:
		return For[*int]()
	case reflect.Func:
		return For[func()]()
	case reflect.Slice:
		return For[[]int]()
	case reflect.Array:
		return For[[1]int]()
	case reflect.Chan:
		return For[chan int]()
	case reflect.Map:
		return For[map[int]int]()
	case reflect.Interface:
		return For[any]()
	case reflect.Struct:
		return For[struct{}]()
	}
	return basics[k]
}

var basics = map[reflect.Kind]*Type{
	reflect.Bool: For[bool](), reflect.String: For[string](), reflect.UnsafePointer: For[unsafe.Pointer](),
	reflect.Int: For[int](), reflect.Int8: For[int8](), reflect.Int16: For[int16](), reflect.Int32: For[int32](), reflect.Int64: For[int64](),
	reflect.Uint: For[uint](), reflect.Uint8: For[uint8](), reflect.Uint16: For[uint16](), reflect.Uint32: For[uint32](), reflect.Uint64: For[uint64](),
	reflect.Uintptr: For[uintptr](), reflect.Float32: For[float32](), reflect.Float64: For[float64](),
	reflect.Complex64: For[complex64](), reflect.Complex128: For[complex128](),
}

// hashOf tells types of the same name apart by where they lie.
func hashOf(pkgPath, text string, t *Type) uint32 {
	h := fnv.New32a()
	h.Write([]byte(pkgPath))
	h.Write([]byte(text))
	return h.Sum32() ^ uint32(uintptr(unsafe.Pointer(t))>>4)
}
