package vm

import (
	"fmt"

	"github.com/farside-go/farside/interp/internal/rtype"
)

const (
	// maxStack is how much of a goroutine's stack calls may take. At 256 MiB the
	// runtime would end the process, without a word of the program.
	maxStack = 240 << 20

	// deepStack is where calls from compiled code begin to note what is around
	// them. Other calls from there must not cost more for it.
	deepStack = 1 << 20

	// stride is how many calls deeper the stack is looked at again.
	stride = 256
)

// checkStack ends a program whose calls are nested too deep.
func (th *Thread) checkStack() {
	if rtype.StackUsed() > maxStack {
		th.Program.Crash(&Panic{Value: Overflow{}, Stack: stackFrom(th.innermost(), (*Frame).around)})
	}
}

// descend begins a call from compiled code on a deep stack.
func (th *Thread) descend() {
	g := rtype.Goroutine()
	if outer, ok := th.Program.deep.Load(g); ok {
		th.outer = outer.(*Thread)
	}
	th.checkStack()
	th.Program.deep.Store(g, th)
}

// ascend ends what descend began.
func (th *Thread) ascend() {
	g := rtype.Goroutine()
	if th.outer == nil {
		th.Program.deep.Delete(g)
		return
	}
	th.Program.deep.Store(g, th.outer)
	th.outer = nil
}

// innermost is the frame that the thread is in, or the one that called it.
func (th *Thread) innermost() *Frame {
	for ; th != nil; th = th.outer {
		if th.top != nil {
			return th.top
		}
	}
	return nil
}

// around is the frame that called this one, also by way of compiled code if the
// stack is deep.
func (fr *Frame) around() *Frame {
	if fr.caller != nil || fr.Thread.outer == nil {
		return fr.caller
	}
	return fr.Thread.outer.innermost()
}

// An Overflow is the panic value of a stack that overflowed. It cannot be
// recovered.
type Overflow struct{}

func (Overflow) Error() string {
	return fmt.Sprintf("stack overflow: calls take more than %d MiB of stack", maxStack>>20)
}
