package interp

import (
	"maps"
	"reflect"
	"slices"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/generic"
	"github.com/farside-go/farside/interp/internal/process"
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
	return t.world.trees.packages[path] == nil && (t.table(path) != nil || t.world.reflected.Has(path))
}

func (t *symbolTable) table(path string) map[string]reflect.Value {
	switch path {
	case generic.NativePath:
		return nativeSymbols()
	case rawType.PkgPath():
		return map[string]reflect.Value{rawType.Name(): reflect.ValueOf((*channel.Raw)(nil))}
	}
	return t.world.table(path)
}

// rawType is declared in a package that no source can import, where channel.Raw is
// another name for it.
var rawType = reflect.TypeFor[channel.Raw]()

func (t *symbolTable) Symbol(path, name string) reflect.Value {
	if v := t.table(path)[name]; v.IsValid() {
		return v
	}
	return t.world.reflected.Symbol(path, name)
}

func (t *symbolTable) Names(path string) []string { return slices.Sorted(maps.Keys(t.table(path))) }

// Bound gives the number of a symbol that is the program's own.
func (t *symbolTable) Bound(path, name string) (int, bool) {
	key := boundName{path, name}
	if n, ok := t.number[key]; ok || !process.IsOwn(path, name) {
		return n, ok
	}
	t.number[key] = len(t.bound)
	t.bound = append(t.bound, key)
	return t.number[key], true
}

// bind gives a state those of the program's own symbols that it does not have.
func (t *symbolTable) bind(std *process.View, state *vm.State) error {
	missing := t.bound[state.Symbols():]
	for _, key := range missing {
		if key.path == "os" {
			if err := std.Open(key.name); err != nil {
				return err
			}
		}
	}
	values := make([]reflect.Value, len(missing))
	for i, key := range missing {
		values[i] = std.Bind(key.path, key.name)
	}
	state.AddSymbols(values)
	return nil
}
