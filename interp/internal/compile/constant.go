package compile

import (
	"go/constant"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/rtype"
)

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
