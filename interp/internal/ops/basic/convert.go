package basic

import (
	"reflect"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// Convert is d = D(s), for numbers.
func Convert(dt, st *rtype.Type, d, s uintptr) vm.Op {
	switch st.Kind() {
	case reflect.Int:
		return convert[int](dt, d, s)
	case reflect.Int8:
		return convert[int8](dt, d, s)
	case reflect.Int16:
		return convert[int16](dt, d, s)
	case reflect.Int32:
		return convert[int32](dt, d, s)
	case reflect.Int64:
		return convert[int64](dt, d, s)
	case reflect.Uint:
		return convert[uint](dt, d, s)
	case reflect.Uint8:
		return convert[uint8](dt, d, s)
	case reflect.Uint16:
		return convert[uint16](dt, d, s)
	case reflect.Uint32:
		return convert[uint32](dt, d, s)
	case reflect.Uint64:
		return convert[uint64](dt, d, s)
	case reflect.Uintptr:
		return convert[uintptr](dt, d, s)
	case reflect.Float32:
		return convert[float32](dt, d, s)
	case reflect.Float64:
		return convert[float64](dt, d, s)
	case reflect.Complex64:
		return convertComplex[complex64](dt, d, s)
	case reflect.Complex128:
		return convertComplex[complex128](dt, d, s)
	}
	return nil
}

func convert[S integer | float](dt *rtype.Type, d, s uintptr) vm.Op {
	switch dt.Kind() {
	case reflect.Int:
		return convertTo[int, S](d, s)
	case reflect.Int8:
		return convertTo[int8, S](d, s)
	case reflect.Int16:
		return convertTo[int16, S](d, s)
	case reflect.Int32:
		return convertTo[int32, S](d, s)
	case reflect.Int64:
		return convertTo[int64, S](d, s)
	case reflect.Uint:
		return convertTo[uint, S](d, s)
	case reflect.Uint8:
		return convertTo[uint8, S](d, s)
	case reflect.Uint16:
		return convertTo[uint16, S](d, s)
	case reflect.Uint32:
		return convertTo[uint32, S](d, s)
	case reflect.Uint64:
		return convertTo[uint64, S](d, s)
	case reflect.Uintptr:
		return convertTo[uintptr, S](d, s)
	case reflect.Float32:
		return convertTo[float32, S](d, s)
	case reflect.Float64:
		return convertTo[float64, S](d, s)
	}
	return nil
}

func convertTo[D, S integer | float](d, s uintptr) vm.Op {
	return func(fr *vm.Frame) { *move.At[D](fr, d) = D(*move.At[S](fr, s)) }
}

func convertComplex[S complexNumber](dt *rtype.Type, d, s uintptr) vm.Op {
	if dt.Kind() == reflect.Complex64 {
		return func(fr *vm.Frame) { *move.At[complex64](fr, d) = complex64(*move.At[S](fr, s)) }
	}
	return func(fr *vm.Frame) { *move.At[complex128](fr, d) = complex128(*move.At[S](fr, s)) }
}

// RuneToString is d = string(r), where r is an int64.
func RuneToString(d, r uintptr) vm.Op {
	return func(fr *vm.Frame) {
		n := *move.At[int64](fr, r)
		if n != int64(rune(n)) {
			n = -1
		}
		*move.At[string](fr, d) = string(rune(n))
	}
}

// BytesToString is d = string(b).
func BytesToString(d, b uintptr) vm.Op {
	return func(fr *vm.Frame) {
		from := *move.At[[]byte](fr, b)
		fr.Allocate(uintptr(len(from)))
		*move.At[string](fr, d) = string(from)
	}
}

// StringToBytes is d = []byte(s).
func StringToBytes(d, s uintptr) vm.Op {
	return func(fr *vm.Frame) {
		from := *move.At[string](fr, s)
		fr.Allocate(uintptr(len(from)))
		*move.At[[]byte](fr, d) = []byte(from)
	}
}

// RunesToString is d = string(r).
func RunesToString(d, r uintptr) vm.Op {
	return func(fr *vm.Frame) {
		from := *move.At[[]rune](fr, r)
		fr.Allocate(uintptr(len(from)))
		*move.At[string](fr, d) = string(from)
	}
}

// StringToRunes is d = []rune(s).
func StringToRunes(d, s uintptr) vm.Op {
	return func(fr *vm.Frame) {
		from := *move.At[string](fr, s)
		fr.Allocate(uintptr(4 * len(from)))
		*move.At[[]rune](fr, d) = []rune(from)
	}
}
