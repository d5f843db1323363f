package call

import (
	"reflect"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// The states of the body of a range over a function, as package compile has them.
const (
	bodyReady    = 0
	bodyRunning  = 1
	bodyDone     = 2
	bodyPanicked = -1
	bodyEnded    = -2
)

// Yield is fn = the yield function of a range over a function: it copies what it
// is called with to params and runs the instructions from start on in this frame.
func Yield(maker *rtype.FuncMaker, fn uintptr, start *move.Label, params []vm.Slot, result, state uintptr) vm.Op {
	return func(fr *vm.Frame) {
		c := &vm.Closure{Program: fr.Thread.Program, Go: func(args []reflect.Value) []reflect.Value {
			return []reflect.Value{reflect.ValueOf(yield(fr, start, params, state, args))}
		}}
		*move.At[unsafe.Pointer](fr, fn) = maker.Make(unsafe.Pointer(c))
	}
}

func yield(fr *vm.Frame, start *move.Label, params []vm.Slot, state uintptr, args []reflect.Value) bool {
	s := move.At[int](fr, state)
	switch *s {
	case bodyReady:
	case bodyRunning:
		panic(iterationError("range function continued iteration after loop body panic"))
	case bodyPanicked:
		panic(iterationError("range function continued iteration after loop body panic"))
	case bodyEnded:
		panic(iterationError("range function continued iteration after whole loop exit"))
	default:
		panic(iterationError("range function continued iteration after function for loop body returned false"))
	}
	*s = bodyPanicked
	for i, p := range params {
		rtype.ValueAt(p.Type, fr.At(p.Off)).Set(args[i])
	}
	fr.RunFrom(start.PC)
	return *s == bodyReady
}

// EndRange ends the loop when its iterator has returned.
func EndRange(state uintptr) vm.Op {
	return func(fr *vm.Frame) {
		s := move.At[int](fr, state)
		if *s == bodyPanicked {
			panic(iterationError("range function recovered a loop body panic and did not resume panicking"))
		}
		if *s == bodyReady || *s == bodyDone {
			*s = bodyEnded
		}
	}
}

type iterationError string

func (iterationError) RuntimeError() {}

func (e iterationError) Error() string { return "runtime error: " + string(e) }
