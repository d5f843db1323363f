// Package process is what a program has in place of what belongs to the whole
// process: its standard streams, os.Exit and os.Args, the standard logger, the flags
// of the command line, and what package runtime tells of the stack.
package process

import (
	"errors"
	"flag"
	"go/token"
	"io"
	"log"
	"os"
	"path"
	"reflect"
	"sync"
	"sync/atomic"
)

// A View is what a program, or a session, sees in place of the process's own
// state: standard input, output and error, os.Args, the standard logger, the flags.
type View struct {
	host     atomic.Pointer[Host]
	out, err *outlet

	in stdin

	// The variables os.Stdout and os.Stderr of the program, nil until it is known
	// that it uses them.
	outFile, errFile *os.File
	drains           []*drain

	once   sync.Once
	logger *log.Logger
	args   []string
	flags  *flag.FlagSet
	usage  func()
}

// New gives a View that belongs to nobody yet.
func New() *View { return &View{out: &outlet{}, err: &outlet{}} }

// A Host is what runs a program, or the line of a session that is the newest.
type Host struct {
	Name           string // of the source
	Args           func() []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Exit           func(code int)
	Position       func(token.Pos) token.Position
}

// Attach makes what is printed from now on come out where the host says.
func (s *View) Attach(h *Host) {
	s.host.Store(h)
	s.in.attach(h.Stdin)
	s.out.attach(h.Stdout)
	s.err.attach(h.Stderr)
}

// CloseInput ends standard input.
func (s *View) CloseInput() { s.in.close() }

// InputError gives what standard input ended with, if that was no end.
func (s *View) InputError() error { return s.in.failure() }

func (s *View) exit(code int) { s.host.Load().Exit(code) }

// Open makes a file of a standard stream that the program uses as a file. What
// it prints otherwise takes the short way.
func (s *View) Open(name string) (err error) {
	switch {
	case name == "Stdout" && s.outFile == nil:
		s.outFile, err = s.pipe(s.out)
	case name == "Stderr" && s.errFile == nil:
		s.errFile, err = s.pipe(s.err)
	}
	return err
}

func (s *View) pipe(to io.Writer) (*os.File, error) {
	d, err := newDrain(to)
	if err != nil {
		return nil, err
	}
	s.drains = append(s.drains, d)
	return d.in, nil
}

// Flush returns when all that was written to the files has arrived.
func (s *View) Flush() {
	for _, d := range s.drains {
		d.flush()
	}
}

// Close gives back the files.
func (s *View) Close() {
	s.in.close()
	for _, d := range s.drains {
		d.close()
	}
}

// Seal drops all output from now on.
func (s *View) Seal() {
	s.Flush()
	s.out.seal()
	s.err.seal()
}

// stdout is where fmt.Print prints: os.Stdout as it is now, as at home.
func (s *View) stdout() io.Writer {
	if f := s.outFile; f != nil {
		return f
	}
	return s.out
}

// Stderr is os.Stderr as it is now.
func (s *View) Stderr() io.Writer {
	if s.errFile != nil {
		return s.errFile
	}
	return s.err
}

// prepare makes what only few programs use.
func (s *View) prepare() {
	s.once.Do(func() {
		h := s.host.Load()
		name := path.Base(h.Name)
		s.args = append([]string{name}, h.Args()...)
		s.logger = log.New(s.Stderr(), "", log.LstdFlags)
		s.flags = flag.NewFlagSet(name, flag.ContinueOnError)
		s.flags.SetOutput(s.Stderr())
		s.usage = s.defaultUsage
		s.flags.Usage = func() { s.usage() }
	})
}

// Bind gives the program's own in place of a symbol that is about the whole
// process; for a variable, that or what gives it when it is used.
func (s *View) Bind(path, name string) reflect.Value {
	switch path {
	case "fmt":
		return s.bindFmt(name)
	case "os":
		return s.bindOS(name)
	case "log":
		return s.bindLog(name)
	case "flag":
		return s.bindFlag(name)
	case "runtime":
		return s.bindRuntime(name)
	case "runtime/debug":
		return s.bindDebug(name)
	case "reflect":
		return bindReflect(name)
	case "syscall":
		if name == "Exit" {
			return reflect.ValueOf(s.exit)
		}
	}
	return reflect.Value{}
}

func (s *View) bindOS(name string) reflect.Value {
	switch name {
	case "Exit":
		return reflect.ValueOf(s.exit)
	case "Args":
		s.prepare()
		return reflect.ValueOf(&s.args).Elem()
	case "Stdin":
		return reflect.ValueOf(s.in.variable)
	case "Stdout":
		return reflect.ValueOf(&s.outFile).Elem()
	case "Stderr":
		return reflect.ValueOf(&s.errFile).Elem()
	}
	return reflect.Value{}
}

// An outlet passes on what is written to it until it is sealed.
type outlet struct {
	mu     sync.RWMutex
	w      io.Writer
	sealed bool
}

var errSealed = errors.New("interp: the program has ended")

func (o *outlet) Write(p []byte) (int, error) {
	o.mu.RLock()
	defer o.mu.RUnlock()
	if o.sealed {
		return 0, errSealed
	}
	if o.w == nil {
		return len(p), nil
	}
	return o.w.Write(p)
}

func (o *outlet) attach(w io.Writer) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.w, o.sealed = w, false
}

func (o *outlet) seal() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sealed = true
}
