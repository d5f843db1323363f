// Package reexec knows whether this program can be its own worker, and whether
// this process is one.
//
// A worker is started with a descriptor for the wire and one variable in its
// environment that says which. Take removes the variable, so that programs which
// the worker starts are not mistaken for workers.
package reexec

import (
	"os"
	"sync/atomic"
)

// Variable is set in a worker's environment. Its value names the wire, "fd:3" or
// "stdio", or says what else the process is to do.
const Variable = "FARSIDE_WORKER"

// What a worker's program is told to do by stage zero (P19).
const (
	Sum   = "sum:"   // followed by a path: print the hash of that file
	Relay = "relay:" // followed by a mark, "once" or nothing, and a path, with colons between: relay that worker
)

// Take gives the wire if this process was started as a worker, and removes the
// variable.
func Take() (wire string, ok bool) {
	wire, ok = os.LookupEnv(Variable)
	os.Unsetenv(Variable)
	return wire, ok
}

// IsWorker reports whether this process was started as a worker and nobody has
// called Take yet.
func IsWorker() bool {
	_, ok := os.LookupEnv(Variable)
	return ok
}

// Able says what a program that called a worker's entry point can do.
type Able int32

const (
	Unable Able = iota // it called none: started as a worker it would run its main
	Lean               // it serves everything but source
	Full               // it serves source too
)

// able is a fact about the process, hence global.
var able atomic.Int32

// Mark notes that this program called a worker's entry point.
func Mark(a Able) { able.Store(int32(a)) }

// Self gives what this program can do as a worker.
func Self() Able { return Able(able.Load()) }
