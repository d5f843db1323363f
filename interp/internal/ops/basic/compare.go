package basic

import (
	"cmp"
	"go/token"
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// Compare is d = a op b.
func Compare(op token.Token, t *rtype.Type, d, a, b uintptr) vm.Op {
	switch t.Kind() {
	case reflect.Int:
		return comparison[int](op, d, a, b)
	case reflect.Int8:
		return comparison[int8](op, d, a, b)
	case reflect.Int16:
		return comparison[int16](op, d, a, b)
	case reflect.Int32:
		return comparison[int32](op, d, a, b)
	case reflect.Int64:
		return comparison[int64](op, d, a, b)
	case reflect.Uint:
		return comparison[uint](op, d, a, b)
	case reflect.Uint8:
		return comparison[uint8](op, d, a, b)
	case reflect.Uint16:
		return comparison[uint16](op, d, a, b)
	case reflect.Uint32:
		return comparison[uint32](op, d, a, b)
	case reflect.Uint64:
		return comparison[uint64](op, d, a, b)
	case reflect.Uintptr:
		return comparison[uintptr](op, d, a, b)
	case reflect.Float32:
		return comparison[float32](op, d, a, b)
	case reflect.Float64:
		return comparison[float64](op, d, a, b)
	case reflect.String:
		return comparison[string](op, d, a, b)
	}
	if op == token.EQL {
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = equal(fr, t, a, b) }
	}
	return func(fr *vm.Frame) { *move.At[bool](fr, d) = !equal(fr, t, a, b) }
}

func equal(fr *vm.Frame, t *rtype.Type, a, b uintptr) bool {
	if !t.Comparable() {
		return *move.At[unsafe.Pointer](fr, a) == *move.At[unsafe.Pointer](fr, b) // with nil
	}
	return t.Equal(fr.At(a), fr.At(b))
}

func comparison[T cmp.Ordered](op token.Token, d, a, b uintptr) vm.Op {
	switch op {
	case token.EQL:
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = *move.At[T](fr, a) == *move.At[T](fr, b) }
	case token.NEQ:
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = *move.At[T](fr, a) != *move.At[T](fr, b) }
	case token.LSS:
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = *move.At[T](fr, a) < *move.At[T](fr, b) }
	case token.LEQ:
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = *move.At[T](fr, a) <= *move.At[T](fr, b) }
	case token.GTR:
		return func(fr *vm.Frame) { *move.At[bool](fr, d) = *move.At[T](fr, a) > *move.At[T](fr, b) }
	}
	return func(fr *vm.Frame) { *move.At[bool](fr, d) = *move.At[T](fr, a) >= *move.At[T](fr, b) }
}

// JumpUnless goes to a label unless a op b holds, nil if there is no such
// instruction for the type.
func JumpUnless(op token.Token, t *rtype.Type, a, b uintptr, l *move.Label) vm.Op {
	negated := map[token.Token]token.Token{
		token.EQL: token.NEQ, token.NEQ: token.EQL, token.LSS: token.GEQ,
		token.LEQ: token.GTR, token.GTR: token.LEQ, token.GEQ: token.LSS,
	}
	return JumpWhen(negated[op], t, a, b, l)
}

// JumpWhen goes to a label if a op b holds, nil if there is no such instruction
// for the type. There is none for numbers that may be NaN.
func JumpWhen(op token.Token, t *rtype.Type, a, b uintptr, l *move.Label) vm.Op {
	switch t.Kind() {
	case reflect.Int, reflect.Int64:
		return jumpWhen[int64](op, a, b, l)
	case reflect.Int32:
		return jumpWhen[int32](op, a, b, l)
	case reflect.Uint8:
		return jumpWhen[uint8](op, a, b, l)
	case reflect.Uint, reflect.Uint64, reflect.Uintptr:
		return jumpWhen[uint64](op, a, b, l)
	case reflect.String:
		return jumpWhen[string](op, a, b, l)
	}
	return nil
}

func jumpWhen[T int64 | int32 | uint8 | uint64 | string](op token.Token, a, b uintptr, l *move.Label) vm.Op {
	switch op {
	case token.EQL:
		return func(fr *vm.Frame) {
			if *move.At[T](fr, a) == *move.At[T](fr, b) {
				fr.PC = l.PC
			}
		}
	case token.NEQ:
		return func(fr *vm.Frame) {
			if *move.At[T](fr, a) != *move.At[T](fr, b) {
				fr.PC = l.PC
			}
		}
	case token.LSS:
		return func(fr *vm.Frame) {
			if *move.At[T](fr, a) < *move.At[T](fr, b) {
				fr.PC = l.PC
			}
		}
	case token.LEQ:
		return func(fr *vm.Frame) {
			if *move.At[T](fr, a) <= *move.At[T](fr, b) {
				fr.PC = l.PC
			}
		}
	case token.GTR:
		return func(fr *vm.Frame) {
			if *move.At[T](fr, a) > *move.At[T](fr, b) {
				fr.PC = l.PC
			}
		}
	}
	return func(fr *vm.Frame) {
		if *move.At[T](fr, a) >= *move.At[T](fr, b) {
			fr.PC = l.PC
		}
	}
}

// LoopWhen is Loop(JumpWhen(...)), for what most loops count with.
func LoopWhen(op token.Token, t *rtype.Type, a, b uintptr, l *move.Label) vm.Op {
	if k := t.Kind(); op == token.LSS && (k == reflect.Int || k == reflect.Int64) {
		return func(fr *vm.Frame) {
			if *move.At[int64](fr, a) < *move.At[int64](fr, b) {
				fr.Loop()
				fr.PC = l.PC
			}
		}
	}
	if jump := JumpWhen(op, t, a, b, l); jump != nil {
		return move.Loop(jump)
	}
	return nil
}
