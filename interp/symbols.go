package interp

import (
	"flag"
	"log"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/generic"
	"github.com/farside-go/farside/interp/internal/vm"
)

// A symbolTable gives a program the symbols of compiled packages. Those that are
// about the whole process are the program's own: each has a number in the state
// of the program, which is filled before it runs.
type symbolTable struct {
	world  *world
	number map[boundName]int
	bound  []boundName // by number
}

type boundName struct{ path, name string }

var _ compile.Symbols = (*symbolTable)(nil)

func newSymbolTable(w *world) *symbolTable {
	return &symbolTable{world: w, number: make(map[boundName]int)}
}

func (t *symbolTable) Has(path string) bool {
	return t.world.trees.packages[path] == nil && (t.table(path) != nil || t.world.reflected.has(path))
}

func (t *symbolTable) table(path string) map[string]reflect.Value {
	if path == generic.NativePath {
		return nativeSymbols()
	}
	return t.world.table(path)
}

func (t *symbolTable) Symbol(path, name string) reflect.Value {
	if v := t.table(path)[name]; v.IsValid() {
		return v
	}
	return t.world.reflected.symbol(path, name)
}

func (t *symbolTable) Names(path string) []string { return slices.Sorted(maps.Keys(t.table(path))) }

// Bound gives the number of a symbol that is the program's own.
func (t *symbolTable) Bound(path, name string) (int, bool) {
	key := boundName{path, name}
	if n, ok := t.number[key]; ok || !isOwn(path, name) {
		return n, ok
	}
	t.number[key] = len(t.bound)
	t.bound = append(t.bound, key)
	return t.number[key], true
}

// bind gives a state those of the program's own symbols that it does not have.
func (t *symbolTable) bind(std *stdio, state *vm.State) error {
	missing := t.bound[state.Symbols():]
	for _, key := range missing {
		if key.path == "os" {
			if err := std.open(key.name); err != nil {
				return err
			}
		}
	}
	values := make([]reflect.Value, len(missing))
	for i, key := range missing {
		values[i] = std.bind(key.path, key.name)
	}
	state.AddSymbols(values)
	return nil
}

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

// isOwn reports whether a symbol is about the whole process.
func isOwn(path, name string) bool {
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

// ownMethod gives the program's own form of a method of a compiled type, which is
// called through an interface.
func (s *stdio) ownMethod(t reflect.Type, name string) reflect.Value {
	if t.Kind() != reflect.Pointer {
		return reflect.Value{}
	}
	path, name := t.Elem().PkgPath(), t.Elem().Name()+"."+name
	if !isOwn(path, name) {
		return reflect.Value{}
	}
	return s.bind(path, name)
}

// isMethod reports whether a package's function does what the method of that
// name of t does with the process's own t.
func isMethod(t reflect.Type, path, name string) bool {
	m, ok := t.MethodByName(name)
	f := library(path)[name]
	return ok && f.IsValid() && f.Kind() == reflect.Func && m.Type.NumIn() == f.Type().NumIn()+1
}
