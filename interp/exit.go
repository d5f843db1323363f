package interp

import (
	"fmt"
	"runtime"

	"github.com/farside-go/farside/channel"
)

// exit ends the program with a status, from any of its goroutines. Deferred
// functions do not run, and nothing that it prints after this is seen. It does
// not return.
func (r *run) exit(code int) {
	status := &exitStatus{code: code, elsewhere: !onProgramGoroutine()}
	if r.exited.CompareAndSwap(nil, status) {
		r.m.traces.dropDeferred()
		r.m.std.seal()
		r.stop()
	}
	runtime.Goexit()
}

// onProgramGoroutine reports whether the caller is on the goroutine that the
// program began on, and not on one that it started.
func onProgramGoroutine() bool {
	pcs := make([]uintptr, 4096)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs)])
	for {
		f, more := frames.Next()
		if f.Function == ownPackage+"(*run).enter" {
			return true
		}
		if !more {
			return false
		}
	}
}

// exitFault is the error of a program that called os.Exit, nil for status 0.
func exitFault(code int) error {
	if code == 0 {
		return nil
	}
	return &channel.Fault{Name: "exit", Text: fmt.Sprintf("exit status %d", code), Code: code}
}
