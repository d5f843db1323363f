package basic

import (
	"cmp"
	"os"
	"reflect"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// Extreme is d = min(d, v), or max.
func Extreme(largest bool, t *rtype.Type, d, v uintptr) vm.Op {
	switch t.Kind() {
	case reflect.Int:
		return extreme[int](largest, d, v)
	case reflect.Int8:
		return extreme[int8](largest, d, v)
	case reflect.Int16:
		return extreme[int16](largest, d, v)
	case reflect.Int32:
		return extreme[int32](largest, d, v)
	case reflect.Int64:
		return extreme[int64](largest, d, v)
	case reflect.Uint:
		return extreme[uint](largest, d, v)
	case reflect.Uint8:
		return extreme[uint8](largest, d, v)
	case reflect.Uint16:
		return extreme[uint16](largest, d, v)
	case reflect.Uint32:
		return extreme[uint32](largest, d, v)
	case reflect.Uint64:
		return extreme[uint64](largest, d, v)
	case reflect.Uintptr:
		return extreme[uintptr](largest, d, v)
	case reflect.Float32:
		return extreme[float32](largest, d, v)
	case reflect.Float64:
		return extreme[float64](largest, d, v)
	}
	return extreme[string](largest, d, v)
}

func extreme[T cmp.Ordered](largest bool, d, v uintptr) vm.Op {
	if largest {
		return func(fr *vm.Frame) { *move.At[T](fr, d) = max(*move.At[T](fr, d), *move.At[T](fr, v)) }
	}
	return func(fr *vm.Frame) { *move.At[T](fr, d) = min(*move.At[T](fr, d), *move.At[T](fr, v)) }
}

// Print is the predeclared print, or println. The values are of types that print
// knows.
func Print(line bool, values []vm.Slot) vm.Op {
	return func(fr *vm.Frame) {
		var b []byte
		for i, s := range values {
			if line && i > 0 {
				b = append(b, ' ')
			}
			b = appendPrinted(b, rtype.ValueAt(s.Type, fr.At(s.Off)), fr.At(s.Off))
		}
		if line {
			b = append(b, '\n')
		}
		if w := fr.Thread.Program.Stderr; w != nil {
			w.Write(b)
		} else {
			os.Stderr.Write(b)
		}
	}
}

// Part is d = real(c), or imag.
func Part(imaginary bool, t *rtype.Type, d, c uintptr) vm.Op {
	small := t.Kind() == reflect.Complex64
	return func(fr *vm.Frame) {
		v := rtype.ValueAt(t, fr.At(c)).Complex()
		x := real(v)
		if imaginary {
			x = imag(v)
		}
		if small {
			*move.At[float32](fr, d) = float32(x)
		} else {
			*move.At[float64](fr, d) = x
		}
	}
}
