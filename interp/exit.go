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
	if r.exited.CompareAndSwap(nil, &exitStatus{code: code}) {
		r.std.Seal()
		r.code.Drop()
		r.stop()
	}
	runtime.Goexit()
}

// exitFault is the error of a program that called os.Exit, nil for status 0.
func exitFault(code int) error {
	if code == 0 {
		return nil
	}
	return &channel.Fault{Name: "exit", Text: fmt.Sprintf("exit status %d", code), Code: code}
}
