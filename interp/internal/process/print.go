package process

import (
	"errors"
	"flag"
	"fmt"
	"reflect"
)

// bindFmt gives those functions of fmt that print to standard output or scan
// from standard input.
func (s *View) bindFmt(name string) reflect.Value {
	var f any
	switch name {
	case "Print":
		f = func(a ...any) (int, error) { return fmt.Fprint(s.stdout(), a...) }
	case "Printf":
		f = func(format string, a ...any) (int, error) { return fmt.Fprintf(s.stdout(), format, a...) }
	case "Println":
		f = func(a ...any) (int, error) { return fmt.Fprintln(s.stdout(), a...) }
	case "Scan":
		f = func(a ...any) (int, error) { return fmt.Fscan(&s.in, a...) }
	case "Scanf":
		f = func(format string, a ...any) (int, error) { return fmt.Fscanf(&s.in, format, a...) }
	case "Scanln":
		f = func(a ...any) (int, error) { return fmt.Fscanln(&s.in, a...) }
	default:
		return reflect.Value{}
	}
	return reflect.ValueOf(f)
}

// bindFlag gives the functions of flag that are about the command line. The
// program's command line is a flag set that does not exit by itself, because
// that would end the process.
func (s *View) bindFlag(name string) reflect.Value {
	s.prepare()
	switch name {
	case "CommandLine":
		return reflect.ValueOf(&s.flags).Elem()
	case "Usage":
		return reflect.ValueOf(&s.usage).Elem()
	case "Parse":
		return reflect.ValueOf(s.parseFlags)
	case "NewFlagSet":
		return reflect.ValueOf(newFlagSet)
	}
	return method(s.flags, "flag", name)
}

// method gives the method of x that does what the package's function of that
// name does, if there is one.
func method(x any, path, name string) reflect.Value {
	m, f := reflect.ValueOf(x).MethodByName(name), functions[path]()[name]
	if m.IsValid() && f.IsValid() && m.Type() == f.Type() {
		return m
	}
	return reflect.Value{}
}

func (s *View) parseFlags() {
	switch err := s.flags.Parse(s.args[1:]); {
	case errors.Is(err, flag.ErrHelp):
		s.exit(0)
	case err != nil:
		const usage = 2
		s.exit(usage)
	}
}

func (s *View) defaultUsage() {
	fmt.Fprintf(s.flags.Output(), "Usage of %s:\n", s.args[0])
	s.flags.PrintDefaults()
}

// newFlagSet is flag.NewFlagSet but for sets that would exit: those panic.
func newFlagSet(name string, handling flag.ErrorHandling) *flag.FlagSet {
	if handling == flag.ExitOnError {
		handling = flag.PanicOnError
	}
	return flag.NewFlagSet(name, handling)
}
