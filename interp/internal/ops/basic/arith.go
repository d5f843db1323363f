package basic

import (
	"go/token"
	"reflect"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

type signed interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64
}

type unsigned interface {
	~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

type integer interface{ signed | unsigned }

type float interface{ ~float32 | ~float64 }

type complexNumber interface{ ~complex64 | ~complex128 }

// Binary is d = a op b, for numbers and strings of one type, but for shifts and
// comparisons.
func Binary(op token.Token, t *rtype.Type, d, a, b uintptr) vm.Op {
	switch t.Kind() {
	case reflect.Int:
		return integers[int](op, d, a, b)
	case reflect.Int8:
		return integers[int8](op, d, a, b)
	case reflect.Int16:
		return integers[int16](op, d, a, b)
	case reflect.Int32:
		return integers[int32](op, d, a, b)
	case reflect.Int64:
		return integers[int64](op, d, a, b)
	case reflect.Uint:
		return integers[uint](op, d, a, b)
	case reflect.Uint8:
		return integers[uint8](op, d, a, b)
	case reflect.Uint16:
		return integers[uint16](op, d, a, b)
	case reflect.Uint32:
		return integers[uint32](op, d, a, b)
	case reflect.Uint64:
		return integers[uint64](op, d, a, b)
	case reflect.Uintptr:
		return integers[uintptr](op, d, a, b)
	case reflect.Float32:
		return numbers[float32](op, d, a, b)
	case reflect.Float64:
		return numbers[float64](op, d, a, b)
	case reflect.Complex64:
		return numbers[complex64](op, d, a, b)
	case reflect.Complex128:
		return numbers[complex128](op, d, a, b)
	case reflect.String:
		if op == token.ADD {
			return func(fr *vm.Frame) {
				x, y := *move.At[string](fr, a), *move.At[string](fr, b)
				fr.Allocate(uintptr(len(x) + len(y)))
				*move.At[string](fr, d) = x + y
			}
		}
	}
	return nil
}

func numbers[T integer | float | complexNumber](op token.Token, d, a, b uintptr) vm.Op {
	switch op {
	case token.ADD:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) + *move.At[T](fr, b) }
	case token.SUB:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) - *move.At[T](fr, b) }
	case token.MUL:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) * *move.At[T](fr, b) }
	case token.QUO:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) / *move.At[T](fr, b) }
	}
	return nil
}

func integers[T integer](op token.Token, d, a, b uintptr) vm.Op {
	switch op {
	case token.REM:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) % *move.At[T](fr, b) }
	case token.AND:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) & *move.At[T](fr, b) }
	case token.OR:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) | *move.At[T](fr, b) }
	case token.XOR:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) ^ *move.At[T](fr, b) }
	case token.AND_NOT:
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) &^ *move.At[T](fr, b) }
	}
	return numbers[T](op, d, a, b)
}

// Shift is d = a << n or a >> n, where n is a uint64.
func Shift(left bool, t *rtype.Type, d, a, n uintptr) vm.Op {
	switch t.Kind() {
	case reflect.Int:
		return shift[int](left, d, a, n)
	case reflect.Int8:
		return shift[int8](left, d, a, n)
	case reflect.Int16:
		return shift[int16](left, d, a, n)
	case reflect.Int32:
		return shift[int32](left, d, a, n)
	case reflect.Int64:
		return shift[int64](left, d, a, n)
	case reflect.Uint:
		return shift[uint](left, d, a, n)
	case reflect.Uint8:
		return shift[uint8](left, d, a, n)
	case reflect.Uint16:
		return shift[uint16](left, d, a, n)
	case reflect.Uint32:
		return shift[uint32](left, d, a, n)
	case reflect.Uint64:
		return shift[uint64](left, d, a, n)
	}
	return shift[uintptr](left, d, a, n)
}

func shift[T integer](left bool, d, a, n uintptr) vm.Op {
	if left {
		return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) << *move.At[uint64](fr, n) }
	}
	return func(fr *vm.Frame) { *move.At[T](fr, d) = *move.At[T](fr, a) >> *move.At[uint64](fr, n) }
}

// ShiftCount is d = uint64(n). It panics if n is negative.
func ShiftCount(t *rtype.Type, d, n uintptr) vm.Op {
	switch t.Kind() {
	case reflect.Int:
		return shiftCount[int](d, n)
	case reflect.Int8:
		return shiftCount[int8](d, n)
	case reflect.Int16:
		return shiftCount[int16](d, n)
	case reflect.Int32:
		return shiftCount[int32](d, n)
	case reflect.Int64:
		return shiftCount[int64](d, n)
	}
	return Convert(rtype.For[uint64](), t, d, n)
}

func shiftCount[T signed](d, n uintptr) vm.Op {
	return func(fr *vm.Frame) {
		count := *move.At[T](fr, n)
		if count < 0 {
			sinkInt = 1 << count // panics
		}
		*move.At[uint64](fr, d) = uint64(count)
	}
}

var sinkInt int

// Unary is d = op a, for - and ^ of numbers and ! of booleans.
func Unary(op token.Token, t *rtype.Type, d, a uintptr) vm.Op {
	if op == token.NOT {
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = !*move.At[bool](fr, a) }
	}
	switch t.Kind() {
	case reflect.Int:
		return unary[int](op, d, a)
	case reflect.Int8:
		return unary[int8](op, d, a)
	case reflect.Int16:
		return unary[int16](op, d, a)
	case reflect.Int32:
		return unary[int32](op, d, a)
	case reflect.Int64:
		return unary[int64](op, d, a)
	case reflect.Uint:
		return unary[uint](op, d, a)
	case reflect.Uint8:
		return unary[uint8](op, d, a)
	case reflect.Uint16:
		return unary[uint16](op, d, a)
	case reflect.Uint32:
		return unary[uint32](op, d, a)
	case reflect.Uint64:
		return unary[uint64](op, d, a)
	case reflect.Uintptr:
		return unary[uintptr](op, d, a)
	case reflect.Float32:
		return negative[float32](d, a)
	case reflect.Float64:
		return negative[float64](d, a)
	case reflect.Complex64:
		return negative[complex64](d, a)
	case reflect.Complex128:
		return negative[complex128](d, a)
	}
	return nil
}

func unary[T integer](op token.Token, d, a uintptr) vm.Op {
	if op == token.XOR {
		return func(fr *vm.Frame) { *move.At[T](fr, d) = ^*move.At[T](fr, a) }
	}
	return negative[T](d, a)
}

func negative[T integer | float | complexNumber](d, a uintptr) vm.Op {
	return func(fr *vm.Frame) { *move.At[T](fr, d) = -*move.At[T](fr, a) }
}

// Complex is d = complex(re, im).
func Complex(t *rtype.Type, d, re, im uintptr) vm.Op {
	if t.Kind() == reflect.Complex64 {
		return func(fr *vm.Frame) {
			*move.At[complex64](fr, d) = complex(*move.At[float32](fr, re), *move.At[float32](fr, im))
		}
	}
	return func(fr *vm.Frame) {
		*move.At[complex128](fr, d) = complex(*move.At[float64](fr, re), *move.At[float64](fr, im))
	}
}
