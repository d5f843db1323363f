package call

import (
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/vm"
)

// Panic is panic(v), for an interface value without methods.
func Panic(v uintptr) vm.Op { return func(fr *vm.Frame) { panic(*move.At[any](fr, v)) } }

// Recover is d = recover().
func Recover(d uintptr) vm.Op { return func(fr *vm.Frame) { *move.At[any](fr, d) = fr.Recover() } }

// DeferRecover is defer recover(): it recovers what the function that defers it
// could recover.
func DeferRecover() vm.Op {
	return (*vm.Frame).DeferRecover
}
