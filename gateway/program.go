package gateway

import (
	"io"
	"path"
	"path/filepath"
	"sync"

	"github.com/farside-go/farside/internal/gobuild"
	"github.com/farside-go/farside/internal/registry"
)

// A Program is what Exec runs. It is made by [Source], by [FuncOf] and its like, or by
// [Build] and [BuildSource]; the fields may be set before it is first used and must not be
// changed afterwards. One Program can run any number of times, also at once.
//
// A registered function has the standard streams of the far process: what it prints goes
// to Stdout and Stderr of the gateway's [Options], by lines, soon but in no order with
// its items and its end. So of the fields ParseArgs alone is for one.
type Program struct {
	// Name is the file name in positions of errors, and that of a whole program in its
	// os.Args. Default: source.go, or the last element of a package's name.
	Name string

	// Func names the far function, for a source or a package with several. Default: the
	// only one there is.
	Func string

	// Session, if not empty, runs the source in the interpreter that the far side
	// keeps under this name, so that what it declares can be used by the next
	// one. Cancelling it stops what it started, and nothing of earlier ones.
	Session string

	// Stdin is what the program reads from os.Stdin and with fmt.Scan. Nothing is
	// read from it before the program uses its standard input; then it is read up
	// to 1 MiB further than the program has come. An error but io.EOF is a read
	// error for the program, which then does not end without one; what the program
	// has not read from its file by then is lost.
	//
	// The end of the program does not wait for a Read that blocks: the goroutine
	// that is in it ends when it returns, and what it gives is lost. One goroutine
	// at a time is in Read. Default: empty.
	Stdin io.Reader

	// Stdout and Stderr receive what the program prints through fmt, log,
	// os.Stdout and os.Stderr, as it comes, each from one goroutine at a time.
	// Default: those of the gateway, by lines.
	Stdout, Stderr io.Writer

	// ParseArgs makes the far side parse arguments that are strings, as package
	// flag does, where a far function's parameter is a number, a bool, a
	// time.Duration or an encoding.TextUnmarshaler: for arguments of a command
	// line. Default: a string is an argument for a string only.
	ParseArgs bool

	text     string
	build    *gobuild.Request // what is to be built of it; nil for what is not
	function *registry.Entry  // the registered function that it is; nil for what is none
	printing *sync.Mutex      // held while Stdout or Stderr is written to
	reading  *sync.Mutex      // held while Stdin is read from
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
	program := newProgram()
	program.text = text
	return program
}

// name is what the program is called where somebody reads it.
func (p *Program) name() string {
	switch {
	case p.Name != "":
		return p.Name
	case p.build != nil && p.build.Package != "":
		return path.Base(filepath.ToSlash(p.build.Package))
	}
	return defaultName
}

func newProgram() *Program { return &Program{printing: new(sync.Mutex), reading: new(sync.Mutex)} }
