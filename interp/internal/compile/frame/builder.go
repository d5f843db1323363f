// Package frame writes functions of package vm: their instructions, and the plan
// of the frame that these are about. It knows types and places, and no syntax.
package frame

import (
	"go/token"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A Builder writes one function. A place in its frame is a variable's for good, a
// constant's, or lent until the statement ends.
type Builder struct {
	Func *vm.Func  // what is written
	Pos  token.Pos // of the instructions that follow

	size      uintptr
	slots     []vm.Slot
	constants []vm.Constant
	constKeys map[string]uintptr
	free      map[*rtype.Type][]uintptr
	temps     []vm.Slot // in use until the statement ends
}

// New begins a function.
func New(function *vm.Func) *Builder {
	return &Builder{Func: function, constKeys: make(map[string]uintptr), free: make(map[*rtype.Type][]uintptr)}
}

// At sets the position of the instructions that follow.
func (b *Builder) At(pos token.Pos) { b.Pos = pos }

// Emit writes an instruction.
func (b *Builder) Emit(op vm.Op) {
	b.Func.Code = append(b.Func.Code, op)
	b.Func.Pos = append(b.Func.Pos, b.Pos)
}

// Mark sets a label to the next instruction.
func (b *Builder) Mark(l *move.Label) { l.PC = len(b.Func.Code) }

// Here gives a label for the next instruction.
func (b *Builder) Here() *move.Label { return &move.Label{PC: len(b.Func.Code)} }

// place makes room in the frame.
func (b *Builder) place(t *rtype.Type) uintptr {
	align := max(t.Align(), 1)
	if t.HasPointers() || t.Size() >= 8 {
		align = 8
	}
	b.size = (b.size + align - 1) &^ (align - 1)
	off := b.size
	b.size += max(t.Size(), 1)
	return off
}

// Slot makes room for a variable.
func (b *Builder) Slot(t *rtype.Type) uintptr {
	off := b.place(t)
	b.slots = append(b.slots, vm.Slot{Off: off, Type: t})
	return off
}

// Temp lends room until the statement ends.
func (b *Builder) Temp(t *rtype.Type) uintptr {
	off, ok := uintptr(0), false
	if list := b.free[t]; len(list) > 0 {
		off, ok = list[len(list)-1], true
		b.free[t] = list[:len(list)-1]
	}
	if !ok {
		off = b.Slot(t)
	}
	b.temps = append(b.temps, vm.Slot{Off: off, Type: t})
	return off
}

// Release gives back all that is lent: the statement has ended.
func (b *Builder) Release() { b.ReleaseTo(0) }

// InUse is how many places are lent, for ReleaseTo.
func (b *Builder) InUse() int { return len(b.temps) }

// ReleaseTo gives back what is lent since InUse was n.
func (b *Builder) ReleaseTo(n int) {
	for _, s := range b.temps[n:] {
		b.free[s.Type] = append(b.free[s.Type], s.Off)
	}
	b.temps = b.temps[:n]
}

// SetAside keeps what is lent now while others release what they use. The result
// releases that, and ends the keeping.
func (b *Builder) SetAside() func() {
	temps := b.temps
	b.temps = nil
	return func() {
		b.Release()
		b.temps = temps
	}
}

// Dest gives the place for a result: the one that is wanted, or a new one.
func (b *Builder) Dest(d *uintptr, t *rtype.Type) uintptr {
	if d != nil {
		return *d
	}
	return b.Temp(t)
}

// Moved gives a value that is at off where it is wanted.
func (b *Builder) Moved(t *rtype.Type, off uintptr, d *uintptr) uintptr {
	if d == nil || *d == off {
		return off
	}
	b.Emit(move.Copy(t, *d, off))
	return *d
}

// Finish completes the function.
func (b *Builder) Finish(c *vm.Code) {
	b.Emit(move.Return())
	c.Finish(b.Func, b.size, b.slots, b.constants)
}
