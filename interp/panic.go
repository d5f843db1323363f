package interp

import (
	"fmt"
	"go/token"
	"reflect"
	"runtime"
	"strings"

	"github.com/farside-go/farside/channel"
)

// panicFault describes a panic of far code that nobody recovered. It must be
// called on the goroutine that panicked.
func (r *run) panicFault(value any) *channel.Fault {
	tr := r.m.traces.take()
	if len(tr.frames) == 0 { // nothing of the program was executed
		return r.cannotRun(value, token.Position{Filename: r.job.Name})
	}
	tr.frames = r.userFrames(tr.frames)
	var pos token.Position
	if len(tr.frames) > 0 {
		pos = tr.frames[0].pos
	}
	value = Plain(value)
	text, ours := r.panicText(value, tr)
	if ours {
		return r.cannotRun(value, pos)
	}
	return r.renamed(&channel.Fault{Name: "panic", Text: "panic: " + text, Stack: tr.String(),
		File: pos.Filename, Line: pos.Line, Column: pos.Column})
}

// userFrames leaves out what is not the user's: frames of generated code, and
// those that the panic never left.
func (r *run) userFrames(frames []stackFrame) (out []stackFrame) {
	for _, f := range frames {
		if f.function == "" || !f.pos.IsValid() {
			continue
		}
		if name := funcName(r.m.files, f.step); name != "" {
			f.function = name + "(...)"
		}
		out = append(out, f)
	}
	return out
}

// cannotRun is the Fault of a source that made the interpreter itself panic.
func (r *run) cannotRun(value any, near token.Position) *channel.Fault {
	place := near.Filename
	if near.IsValid() {
		place = near.String()
	}
	return r.renamed(&channel.Fault{
		Name: "interpreter",
		Text: fmt.Sprintf("%s: the interpreter cannot run this source (%v): "+
			"write what is there in an older or simpler form, or build the program instead", place, Plain(value)),
		File: near.Filename, Line: near.Line, Column: near.Column,
	})
}

// What reflection says when interpreted code does what Go forbids, and what Go
// says.
var goPanics = []struct{ reflection, text string }{
	{"reflect: slice index out of range", "runtime error: index out of range"},
	{"reflect: array index out of range", "runtime error: index out of range"},
	{"reflect: string index out of range", "runtime error: index out of range"},
	{"reflect.Value.Slice: ", "runtime error: slice bounds out of range"},
	{"reflect.Value.Slice3: ", "runtime error: slice bounds out of range"},
	{"reflect.MakeSlice: negative len", "runtime error: makeslice: len out of range"},
	{"reflect.MakeSlice: negative cap", "runtime error: makeslice: cap out of range"},
	{"reflect.MakeSlice: len > cap", "runtime error: makeslice: cap out of range"},
	{"reflect.Value.Call: call of nil function", nilPointer},
	{"reflect: Method on nil interface value", nilPointer},
	{"reflect: call of reflect.Value.Field on zero Value", nilPointer},
	{"reflect: call of reflect.Value.Set on zero Value", nilPointer},
	{"reflect: call of reflect.Value.Interface on zero Value", nilPointer},
	{"reflect: call of reflect.Value.Elem on zero Value", nilPointer},
	{"reflect: call of reflect.Value.Type on zero Value", nilPointer},
	{"reflect: call of reflect.Value.FieldByIndex on zero Value", nilPointer},
	{"reflect: indirection through nil pointer to embedded struct", nilPointer},
}

const nilPointer = "runtime error: invalid memory address or nil pointer dereference"

// panicText says what Go would print for a panic value. The second result
// reports whether the panic is the interpreter's own and not the program's.
func (r *run) panicText(value any, tr *trace) (text string, ours bool) {
	text = describe(value)
	if e, ok := value.(error); ok {
		if pos, rest := splitPosition(e.Error()); pos.IsValid() && strings.HasPrefix(fmt.Sprintf("%T", e), "*interp.") {
			return rest, strings.HasPrefix(rest, "method not found") // yaegi's own error
		}
	}
	if !tr.inInterpreter() {
		return text, false
	}
	for _, p := range goPanics {
		if strings.HasPrefix(text, p.reflection) {
			return p.text, false
		}
	}
	switch e := value.(type) {
	case *reflect.ValueError:
		return text, true
	case runtime.Error:
		return text, internalError(e)
	case string:
		return text, tr.inReflection() && strings.HasPrefix(e, "reflect")
	}
	return text, false
}

// internalError reports whether a runtime error that the interpreter's code made
// can not be the program's: its code asserts and indexes for itself, while the
// program's assertions and indexing are done by reflection.
func internalError(e runtime.Error) bool {
	text := e.Error()
	return strings.HasPrefix(text, "interface conversion") || strings.Contains(text, "out of range [") ||
		strings.Contains(text, "nil pointer dereference")
}

// inInterpreter reports whether the panic began in the interpreter's code or in
// reflection that it called, and not in a compiled function of a library.
func (tr *trace) inInterpreter() bool {
	for _, f := range tr.origin {
		if !strings.HasPrefix(f, "runtime.") && !strings.HasPrefix(f, "reflect.") && !strings.HasPrefix(f, "internal/") {
			return false
		}
	}
	return true
}

func (tr *trace) inReflection() bool {
	for _, f := range tr.origin {
		if strings.HasPrefix(f, "reflect.") {
			return true
		}
	}
	return false
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
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Struct, reflect.Map, reflect.Slice, reflect.Array, reflect.Pointer, reflect.Func, reflect.Chan:
		return fmt.Sprintf("(%T) %+v", value, value)
	default:
		return fmt.Sprintf("%v", value)
	}
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
