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

	"github.com/farside-go/farside/worker"
)

// A stdio is what of the process's own state a program, or a session, sees its
// own copy of: standard input, output and error, os.Args, the standard logger,
// the flags. It belongs to a machine.
type stdio struct {
	m        *machine
	out, err *outlet

	// The variables os.Stdin, os.Stdout and os.Stderr of the program. The last
	// two are nil until it is known that the program uses them.
	in, outFile, errFile *os.File
	drains               []*drain

	once   sync.Once
	logger *log.Logger
	args   []string
	flags  *flag.FlagSet
	usage  func()
}

func newStdio(m *machine) *stdio {
	return &stdio{m: m, out: &outlet{}, err: &outlet{}, in: os.Stdin}
}

// attach makes what is printed from now on come out with this job's output.
func (s *stdio) attach(job *worker.Job) {
	s.out.attach(job.Stdout)
	s.err.attach(job.Stderr)
}

func (s *stdio) exit(code int) { s.m.run.Load().exit(code) }

// open makes files of those of the standard streams that the program uses as
// files. What it prints otherwise takes the short way.
func (s *stdio) open(u uses) (err error) {
	symbols, used := u["os"]
	if !used {
		return nil
	}
	if s.outFile == nil && (symbols == nil || symbols["Stdout"]) {
		if s.outFile, err = s.pipe(s.out); err != nil {
			return err
		}
	}
	if s.errFile == nil && (symbols == nil || symbols["Stderr"]) {
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
		r := s.m.run.Load()
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
// process.
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
		return reflect.ValueOf(&s.in).Elem()
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
