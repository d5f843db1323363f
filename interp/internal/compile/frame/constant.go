package frame

import (
	"fmt"
	"go/constant"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// constantPlace gives the place of a value that is in the frame from the start.
func (b *Builder) constantPlace(key string, t *rtype.Type, p unsafe.Pointer) uintptr {
	if off, ok := b.constKeys[key]; ok {
		return off
	}
	off := b.place(t)
	b.constants = append(b.constants, vm.Constant{Slot: vm.Slot{Off: off, Type: t}, Value: p})
	b.constKeys[key] = off
	return off
}

// Pointer gives the place of a pointer to something that is always there.
func (b *Builder) Pointer(p unsafe.Pointer) uintptr {
	cell := new(unsafe.Pointer)
	*cell = p
	return b.constantPlace(fmt.Sprintf("&%p", p), rtype.For[unsafe.Pointer](), unsafe.Pointer(cell))
}

// Global gives the place of a pointer to a package's variable.
func (b *Builder) Global(number int) uintptr {
	key := fmt.Sprintf("global:%d", number)
	if off, ok := b.constKeys[key]; ok {
		return off
	}
	off := b.place(PointerType)
	b.Func.Globals = append(b.Func.Globals, vm.Global{Off: off, Number: number})
	b.constKeys[key] = off
	return off
}

// Integer gives the place of an int.
func (b *Builder) Integer(n int) uintptr {
	p := new(int)
	*p = n
	return b.constantPlace(fmt.Sprintf("int:%d", n), rtype.For[int](), unsafe.Pointer(p))
}

// Zero gives the place of a zero value.
func (b *Builder) Zero(t *rtype.Type) uintptr {
	return b.constantPlace(fmt.Sprintf("zero:%p", t), t, rtype.New(t))
}

// Constant gives the place of a constant of the source.
func (b *Builder) Constant(v constant.Value, t *rtype.Type) uintptr {
	key := fmt.Sprintf("%p:%d:%s", t, v.Kind(), v.ExactString())
	if off, ok := b.constKeys[key]; ok {
		return off
	}
	p := rtype.New(t)
	setConstant(t, p, v)
	return b.constantPlace(key, t, p)
}

// setConstant stores a constant, which the checker has found to fit, at p.
func setConstant(t *rtype.Type, p unsafe.Pointer, v constant.Value) {
	x := rtype.ValueAt(t, p)
	switch x.Kind() {
	case reflect.Bool:
		x.SetBool(constant.BoolVal(v))
	case reflect.String:
		x.SetString(constant.StringVal(v))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		n, _ := constant.Int64Val(constant.ToInt(v))
		x.SetInt(n)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		n, _ := constant.Uint64Val(constant.ToInt(v))
		x.SetUint(n)
	case reflect.Float32:
		n, _ := constant.Float32Val(constant.ToFloat(v))
		x.SetFloat(float64(n))
	case reflect.Float64:
		n, _ := constant.Float64Val(constant.ToFloat(v))
		x.SetFloat(n)
	case reflect.Complex64, reflect.Complex128:
		c := constant.ToComplex(v)
		re, _ := constant.Float64Val(constant.Real(c))
		im, _ := constant.Float64Val(constant.Imag(c))
		x.SetComplex(complex(re, im))
	case reflect.UnsafePointer:
		n, _ := constant.Uint64Val(constant.ToInt(v))
		*(*uintptr)(p) = uintptr(n)
	}
}
