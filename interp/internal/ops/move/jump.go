package move

import "github.com/farside-go/farside/interp/internal/vm"

// A Label is a place in a function's code, which may be set after it was used.
type Label struct{ PC int }

// Jump goes to a label.
func Jump(l *Label) vm.Op { return func(fr *vm.Frame) { fr.PC = l.PC } }

// JumpBack goes to a label before it. A program is stopped here.
func JumpBack(l *Label) vm.Op {
	return func(fr *vm.Frame) {
		fr.Loop()
		fr.PC = l.PC
	}
}

// JumpIf goes to a label if c is what is wanted.
func JumpIf(want bool, c uintptr, l *Label) vm.Op {
	if want {
		return func(fr *vm.Frame) {
			if *At[bool](fr, c) {
				fr.PC = l.PC
			}
		}
	}
	return func(fr *vm.Frame) {
		if !*At[bool](fr, c) {
			fr.PC = l.PC
		}
	}
}

// Loop makes an instruction that goes back one at which a program is stopped.
func Loop(jump vm.Op) vm.Op {
	return func(fr *vm.Frame) {
		fr.Loop()
		jump(fr)
	}
}

// Return ends the function.
func Return() vm.Op { return (*vm.Frame).Return }
