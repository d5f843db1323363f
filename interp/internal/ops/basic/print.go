package basic

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"unsafe"
)

// appendPrinted formats a value as the predeclared print does.
func appendPrinted(b []byte, v reflect.Value, p unsafe.Pointer) []byte {
	switch v.Kind() {
	case reflect.Bool:
		return strconv.AppendBool(b, v.Bool())
	case reflect.String:
		return append(b, v.String()...)
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.AppendInt(b, v.Int(), 10)
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		return strconv.AppendUint(b, v.Uint(), 10)
	case reflect.Float32, reflect.Float64:
		return appendFloat(b, v.Float())
	case reflect.Complex64, reflect.Complex128:
		c := v.Complex()
		b = appendFloat(append(b, '('), real(c))
		if im := appendFloat(nil, imag(c)); im[0] == '+' || im[0] == '-' {
			b = append(b, im...)
		} else {
			b = append(append(b, '+'), im...)
		}
		return append(b, "i)"...)
	case reflect.Interface:
		w := *(*[2]uintptr)(p)
		return fmt.Appendf(b, "(%#x,%#x)", w[0], w[1])
	case reflect.Slice:
		return fmt.Appendf(b, "[%d/%d]%#x", v.Len(), v.Cap(), v.Pointer())
	}
	return fmt.Appendf(b, "%#x", *(*uintptr)(p))
}

// appendFloat formats a number as print does: +1.500000e+000.
func appendFloat(b []byte, x float64) []byte {
	switch {
	case math.IsNaN(x):
		return append(b, "NaN"...)
	case math.IsInf(x, 1):
		return append(b, "+Inf"...)
	case math.IsInf(x, -1):
		return append(b, "-Inf"...)
	}
	return strconv.AppendFloat(b, x, 'g', -1, 64)
}
