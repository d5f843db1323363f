package interp

import (
	"errors"
	"flag"
	"io"
	"log"
	"os"
	"path"
	"reflect"
	"sync"
	"sync/atomic"
)

// A stdio is what of the process's own state a program, or a session, sees its
// own copy of: standard input, output and error, os.Args, the standard logger,
// the flags.
type stdio struct {
	run      atomic.Pointer[run] // what runs now
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

func newStdio() *stdio { return &stdio{out: &outlet{}, err: &outlet{}} }

// attach makes what is printed from now on come out with this run's output.
func (s *stdio) attach(r *run) {
	s.run.Store(r)
	s.in.attach(r.job.Stdin)
	s.out.attach(r.job.Stdout)
	s.err.attach(r.job.Stderr)
}

func (s *stdio) exit(code int) { s.run.Load().exit(code) }

// open makes a file of a standard stream that the program uses as a file. What
// it prints otherwise takes the short way.
func (s *stdio) open(name string) (err error) {
	switch {
	case name == "Stdout" && s.outFile == nil:
		s.outFile, err = s.pipe(s.out)
	case name == "Stderr" && s.errFile == nil:
		s.errFile, err = s.pipe(s.err)
	}
	return err
}

func (s *stdio) pipe(to io.Writer) (*os.File, error) {
	d, err := newDrain(to)
	if err != nil {
		return nil, err
	}
	s.drains = append(s.drains, d)
	return d.in, nil
}

// flush returns when all that was written to the files has arrived.
func (s *stdio) flush() {
	for _, d := range s.drains {
		d.flush()
	}
}

func (s *stdio) close() {
	s.in.close()
	for _, d := range s.drains {
		d.close()
	}
}

// seal drops all output from now on.
func (s *stdio) seal() {
	s.flush()
	s.out.seal()
	s.err.seal()
}

// stdout is where fmt.Print prints: os.Stdout as it is now, as at home.
func (s *stdio) stdout() io.Writer {
	if f := s.outFile; f != nil {
		return f
	}
	return s.out
}

func (s *stdio) stderr() io.Writer {
	if s.errFile != nil {
		return s.errFile
	}
	return s.err
}

// prepare makes what only few programs use.
func (s *stdio) prepare() {
	s.once.Do(func() {
		r := s.run.Load()
		name := path.Base(r.job.Name)
		s.args = append([]string{name}, r.argStrings()...)
		s.logger = log.New(s.stderr(), "", log.LstdFlags)
		s.flags = flag.NewFlagSet(name, flag.ContinueOnError)
		s.flags.SetOutput(s.stderr())
		s.usage = s.defaultUsage
		s.flags.Usage = func() { s.usage() }
	})
}

// bind gives the program's own in place of a symbol that is about the whole
// process; for a variable, that or what gives it when it is used.
func (s *stdio) bind(path, name string) reflect.Value {
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

func (s *stdio) bindOS(name string) reflect.Value {
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
