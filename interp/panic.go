package interp

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/farside-go/farside/channel"
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
		return "fatal error: " + describe(value)
	}
	return "panic: " + describe(value)
}

// describe prints a panic value as Go does.
func describe(value any) string {
	switch v := value.(type) {
	case error:
		return safely(v.Error)
	case fmt.Stringer:
		return safely(v.String)
	case string:
		return v
	case nil:
		return "nil"
	}
	v := reflect.ValueOf(value)
	switch v.Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Array, reflect.Pointer, reflect.Func, reflect.Chan:
		return fmt.Sprintf("(%T) %+v", value, value)
	case reflect.String:
		return fmt.Sprintf("%T(%q)", value, value)
	}
	if v.Type().PkgPath() != "" {
		return fmt.Sprintf("%T(%v)", value, value)
	}
	return fmt.Sprintf("%v", value)
}

// safely calls a method of a panic value, which may be far code.
func safely(method func() string) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprintf("(a value whose own text panicked: %v)", p)
		}
	}()
	return method()
}
