package process

import (
	"fmt"
	"log"
	"path"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/vm"
)

// A call of package log, or of a method of a *log.Logger, says in which line of
// the program it stands, and log.Fatal ends the program. So the program has its own
// form of those that print; the logger is the same that compiled code uses.

// loggerMethods are the methods of *log.Logger that print.
var loggerMethods = []string{
	"Fatal", "Fatalf", "Fatalln", "Output", "Panic", "Panicf", "Panicln", "Print", "Printf", "Println",
}

// bindLog gives the functions of log that use the standard logger, and the methods
// of all loggers that print, as functions of their receivers.
func (s *View) bindLog(name string) reflect.Value {
	if method, ok := strings.CutPrefix(name, "Logger."); ok {
		return s.loggerMethod(method)
	}
	s.prepare()
	l := s.logger
	if name == "Default" {
		return reflect.ValueOf(func() *log.Logger { return l })
	}
	own := s.loggerMethod(name)
	if !own.IsValid() {
		return method(l, "log", name)
	}
	switch own := own.Interface().(type) {
	case func(*vm.Thread, *log.Logger, ...any):
		return reflect.ValueOf(func(th *vm.Thread, a ...any) { own(th, l, a...) })
	case func(*vm.Thread, *log.Logger, string, ...any):
		return reflect.ValueOf(func(th *vm.Thread, format string, a ...any) { own(th, l, format, a...) })
	}
	return reflect.ValueOf(func(th *vm.Thread, depth int, text string) error { return s.output(th, l, depth, text) })
}

// loggerMethod gives the program's own form of a method of *log.Logger.
func (s *View) loggerMethod(name string) reflect.Value {
	var then func(text string)
	switch {
	case strings.HasPrefix(name, "Fatal"):
		then = func(string) { s.exit(1) }
	case strings.HasPrefix(name, "Panic"):
		then = func(text string) { panic(text) }
	case strings.HasPrefix(name, "Print"):
		then = func(string) {}
	case name == "Output":
		return reflect.ValueOf(s.output)
	default:
		return reflect.Value{}
	}
	out := func(th *vm.Thread, l *log.Logger, text string) {
		s.output(th, l, 1, text)
		then(text)
	}
	switch {
	case strings.HasSuffix(name, "f"):
		return reflect.ValueOf(func(th *vm.Thread, l *log.Logger, format string, a ...any) { out(th, l, fmt.Sprintf(format, a...)) })
	case strings.HasSuffix(name, "ln"):
		return reflect.ValueOf(func(th *vm.Thread, l *log.Logger, a ...any) { out(th, l, fmt.Sprintln(a...)) })
	}
	return reflect.ValueOf(func(th *vm.Thread, l *log.Logger, a ...any) { out(th, l, fmt.Sprint(a...)) })
}

// output is the method Output. What stands between the time and the text is the
// prefix of one logger and part of the text of another, which writes in the
// place of l while l is locked.
func (s *View) output(th *vm.Thread, l *log.Logger, depth int, text string) error {
	flags, prefix := l.Flags(), l.Prefix()
	if flags&(log.Lshortfile|log.Llongfile) == 0 {
		return l.Output(depth, text)
	}
	_, file, line, ok := s.caller(th, depth-1)
	if !ok {
		file = "???"
	}
	if flags&log.Lshortfile != 0 {
		file = path.Base(file)
	}
	at := file + ":" + strconv.Itoa(line) + ": "
	if flags&log.Lmsgprefix != 0 {
		prefix = at + prefix
	} else {
		text = at + text
	}
	other := log.New(l.Writer(), prefix, flags&^(log.Lshortfile|log.Llongfile))
	lock := lockOf(l)
	lock.Lock()
	defer lock.Unlock()
	return other.Output(depth, text)
}

// loggerLock is what a logger holds while it writes.
var loggerLock, _ = reflect.TypeFor[log.Logger]().FieldByName("outMu")

func lockOf(l *log.Logger) *sync.Mutex {
	return (*sync.Mutex)(unsafe.Add(unsafe.Pointer(l), loggerLock.Offset))
}
