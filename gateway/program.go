package gateway

import (
	"io"
	"sync"
)

// A Program is what Exec runs. It is made by [Source]; the fields may be set
// before it is first used and must not be changed afterwards. One Program can run
// any number of times, also at once.
type Program struct {
	// Name is the file name in positions of errors. Default: source.go.
	Name string

	// Func names the far function, for a source with several. Default: the only
	// one there is.
	Func string

	// Session, if not empty, runs the source in the interpreter that the far side
	// keeps under this name, so that what it declares can be used by the next
	// one.
	Session string

	// Stdout and Stderr receive what the program prints through fmt, log,
	// os.Stdout and os.Stderr, as it comes, each from one goroutine at a time.
	// Default: those of the gateway, by lines.
	Stdout, Stderr io.Writer

	text     string
	printing *sync.Mutex // held while Stdout or Stderr is written to
}

const defaultName = "source.go"

// Source is a program given as Go source, which the far side interprets. It has
// one of three forms.
//
// Bare statements, with ctx, channel and args predeclared and packages of the
// standard library imported as used:
//
//	channel.Send(ctx, os.Getpid())
//
// A file, with or without a package clause, with a far function. The arguments
// of Exec are converted to its parameters:
//
//	func Sum(ctx context.Context, ch *channel.Channel, from, to int) error { ... }
//	func Add(ctx context.Context, a, b int) (int, error) { ... }
//
// A whole package main, whose main runs as it would at home, with the arguments
// in os.Args.
//
// What a program returns arrives as its last item.
func Source(text string) *Program {
	return &Program{text: text, printing: new(sync.Mutex)}
}
