package interp

import (
	"fmt"
	"strings"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farfunc"
	"github.com/farside-go/farside/interp/internal/vm"
)

// panicFault describes a panic of far code that nobody recovered.
func (r *run) panicFault(p *vm.Panic) *channel.Fault {
	f := &channel.Fault{Name: "panic", Text: panicText(p.Value), Stack: r.stack(p.Stack)}
	for _, l := range p.Stack {
		if pos := r.fset.Position(l.Pos); pos.IsValid() {
			f.File, f.Line, f.Column = pos.Filename, pos.Line, pos.Column
			break
		}
	}
	return f
}

// stack writes a stack as Go does.
func (r *run) stack(stack []vm.Location) string {
	var b strings.Builder
	for _, l := range stack {
		if l.Skipped > 0 {
			fmt.Fprintf(&b, "... and %d more\n", l.Skipped)
		}
		if pos := r.fset.Position(l.Pos); pos.IsValid() {
			fmt.Fprintf(&b, "%s(...)\n\t%s\n", l.Func, pos)
		}
	}
	return b.String()
}

// panicText says what Go prints for a panic that nobody recovered.
func panicText(value any) string {
	if _, fatal := value.(vm.Overflow); fatal {
		return "fatal error: " + farfunc.Describe(value)
	}
	return "panic: " + farfunc.Describe(value)
}
