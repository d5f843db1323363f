package worker

import (
	"context"
	"io"
	"io/fs"

	"github.com/farside-go/farside/channel"
)

// An Engine runs programs that are given as source. The interpreter of package
// interp is one; a worker without an engine refuses source with a clear error.
//
// Its methods may be called concurrently.
type Engine interface {
	// Run runs one program and returns when it has ended, with what it gave
	// back. An error that carries a position, a stack or an exit code is a
	// *channel.Fault.
	//
	// ctx is the program's own ctx: when it ends the program is asked to
	// return. When job.Stop is closed, code that did not return must be stopped
	// as far as that is possible. Run may then never return; the worker stops
	// waiting for it.
	Run(ctx context.Context, job *Job) (result any, err error)

	// Import makes a package tree importable under path by programs that start
	// later. The engine keeps tree and only reads it.
	Import(path string, tree fs.FS) error
}

// A Job is one program to run, with all that it needs.
//
// The first Read of Stdin asks the near side for input, so an engine reads only
// when the program does. It is safe for concurrent use. A Read that waits ends with
// an error when Stop is closed and when Run has returned; Run must not wait for one.
type Job struct {
	Name    string           // file name for positions; never empty
	Source  string           // the text
	Func    string           // the far function to run; "" means the only one there is
	Session string           // not empty: run in the interpreter that is kept under this name
	Args    []channel.Raw    // decoded into the parameters' types with Channel.Decode
	Parse   bool             // arguments that are strings are parsed, as those of a command line
	Channel *channel.Channel // the program's end of its channel
	Stdin   io.Reader        // what the program reads; nil is empty
	Stdout  io.Writer        // what the program prints; safe for concurrent use
	Stderr  io.Writer        // the same for its standard error
	Flush   func()           // ends the output: returns when the near side has all of it; may be nil
	Stop    <-chan struct{}  // closed when code that ignores ctx must be stopped
}
