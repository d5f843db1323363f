package interp

import (
	"io"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/worker"
)

// Main turns this program into a worker that runs source, if it was started as
// one: then it serves and never returns. Otherwise it only notes that the program
// can be its own worker, and returns at once. Call it first thing in main, or in
// TestMain.
func Main() { worker.MainWith(options) }

// options are those of a worker's process and of an in-process worker.
func options() *worker.Options {
	return &worker.Options{Engine: New(&Options{Extra: farsideSymbols}), SocketServer: bootstrap.Run}
}

// InProcess is worker.InProcess with the interpreter: a far side that runs source
// inside this process, for tests. It gives the near side's end of the byte stream.
//
//	gw, err := gateway.New(ctx, interp.InProcess(), nil)
func InProcess() io.ReadWriteCloser {
	return worker.InProcess(options())
}
