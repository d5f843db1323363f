package process

import (
	"flag"
	"log"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/farside-go/farside/interp/stdlib"
)

// ownSymbols are the functions and variables that are about the whole process, by
// import path. Others follow from the methods of a logger and of a set of flags.
var ownSymbols = map[string][]string{
	"fmt":     {"Print", "Printf", "Println", "Scan", "Scanf", "Scanln"},
	"os":      {"Exit", "Args", "Stdin", "Stdout", "Stderr"},
	"syscall": {"Exit"},
	"log":     {"Default"},
	"flag":    {"CommandLine", "Usage", "Parse", "NewFlagSet"},
	"runtime": {"Caller", "Callers", "CallersFrames", "FuncForPC", "Frames.Next", "Func.Name", "Func.Entry", "Func.FileLine", "Stack"},
	"reflect": {"Value.Pointer"},

	"runtime/debug": {"Stack", "PrintStack"},
}

// IsOwn reports whether a symbol is about the whole process.
func IsOwn(path, name string) bool {
	if slices.Contains(ownSymbols[path], name) {
		return true
	}
	switch path {
	case "log":
		method, ok := strings.CutPrefix(name, "Logger.")
		return ok && slices.Contains(loggerMethods, method) || isMethod(reflect.TypeFor[*log.Logger](), path, name)
	case "flag":
		return isMethod(reflect.TypeFor[*flag.FlagSet](), path, name)
	}
	return false
}

// OwnMethod gives the program's own form of a method of a compiled type, which is
// called through an interface.
func (s *View) OwnMethod(t reflect.Type, name string) reflect.Value {
	if t.Kind() != reflect.Pointer {
		return reflect.Value{}
	}
	path, name := t.Elem().PkgPath(), t.Elem().Name()+"."+name
	if !IsOwn(path, name) {
		return reflect.Value{}
	}
	return s.Bind(path, name)
}

// isMethod reports whether a package's function does what the method of that
// name of t does with the process's own t.
func isMethod(t reflect.Type, path, name string) bool {
	m, ok := t.MethodByName(name)
	f := functions[path]()[name]
	return ok && f.IsValid() && f.Kind() == reflect.Func && m.Type.NumIn() == f.Type().NumIn()+1
}

// functions are the packages whose functions are methods of the process's own.
var functions = map[string]func() map[string]reflect.Value{
	"flag": sync.OnceValue(func() map[string]reflect.Value { return stdlib.Symbols("flag") }),
	"log":  sync.OnceValue(func() map[string]reflect.Value { return stdlib.Symbols("log") }),
}
