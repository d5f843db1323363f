package interp

import (
	"bytes"
	"runtime"
	"strconv"
	"strings"
)

// goroutineID numbers the calling goroutine. The runtime tells it only in the
// head of a stack trace; it is asked only when something panics or exits.
func goroutineID() uint64 {
	var buf [64]byte
	head := bytes.TrimPrefix(buf[:runtime.Stack(buf[:], false)], []byte("goroutine "))
	digits, _, _ := bytes.Cut(head, []byte(" "))
	id, _ := strconv.ParseUint(string(digits), 10, 64)
	return id
}

// panicOrigin gives the functions that a panic has left before it came to the
// interpreter's code, innermost first. It must be called while the panic
// unwinds the stack, before far code has seen it.
func panicOrigin() (origin []string) {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(1, pcs[:])])
	panicked := false
	for {
		f, more := frames.Next()
		switch {
		case !panicked:
			panicked = f.Function == "runtime.gopanic"
		case strings.HasPrefix(f.Function, yaegiPackage), strings.HasPrefix(f.Function, ownPackage):
			return origin
		default:
			origin = append(origin, f.Function)
		}
		if !more {
			return origin
		}
	}
}

const (
	yaegiPackage = "github.com/traefik/yaegi/interp."
	ownPackage   = modulePath + "interp."
)
