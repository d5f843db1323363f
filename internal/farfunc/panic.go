package farfunc

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"

	"github.com/farside-go/farside/channel"
)

// maxFrames bounds the stack that an error carries.
const maxFrames = 100

// PanicFault describes a panic of a compiled far function. The deferred function that
// recovered its value calls it. The position is where the panic began; the stack ends
// with the far function, if that was called by reflection.
func PanicFault(value any) *channel.Fault {
	pcs := make([]uintptr, maxFrames)
	frames := callers(pcs[:runtime.Callers(0, pcs)])
	f := &channel.Fault{Name: "panic", Text: "panic: " + Describe(value)}
	var stack strings.Builder
	for _, frame := range frames {
		fmt.Fprintf(&stack, "%s(...)\n\t%s:%d\n", frame.Function, frame.File, frame.Line)
	}
	f.Stack = stack.String()
	if len(frames) > 0 {
		f.File, f.Line = frames[0].File, frames[0].Line
	}
	return f
}

// callers gives what was called between the far function and the panic.
func callers(pcs []uintptr) (found []runtime.Frame) {
	end := 0
	frames := runtime.CallersFrames(pcs)
	for more, panicked := true, false; more; {
		var frame runtime.Frame
		frame, more = frames.Next()
		switch {
		case !panicked:
			panicked = frame.Function == "runtime.gopanic"
		case frame.Function == "reflect.Value.call":
			end = len(found)
			found = append(found, frame)
		case !inRuntime(frame.Function):
			found = append(found, frame)
		}
	}
	if end > 0 {
		found = found[:end]
	}
	return found
}

func inRuntime(function string) bool {
	return strings.HasPrefix(function, "runtime.") || strings.HasPrefix(function, "internal/runtime/")
}

// Describe prints a panic's value as Go does.
func Describe(value any) string {
	switch v := value.(type) {
	case error:
		return Safely(v.Error)
	case fmt.Stringer:
		return Safely(v.String)
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

// Safely calls a method of a panic's value, which is far code.
func Safely(method func() string) (text string) {
	defer func() {
		if p := recover(); p != nil {
			text = fmt.Sprintf("(a value whose own text panicked: %v)", p)
		}
	}()
	return method()
}
