// Package registry holds the far functions that are compiled into this program. The
// near side and the far side, being the same program, have the same ones.
package registry

import (
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"sync"

	"github.com/farside-go/farside/internal/farfunc"
)

// Main is the name of the one function of a program that was built to run it.
const Main = "main"

// An Entry is a registered function. It does not change.
type Entry struct {
	Name         string
	Func         reflect.Value
	TakesChannel bool // its parameter after ctx is its channel
}

// entries is a fact about the program, hence global.
var entries = struct {
	sync.RWMutex
	byName map[string]*Entry
}{byName: map[string]*Entry{}}

// Add registers a far function under the name that the compiler gave it.
func Add(f any) (*Entry, error) {
	if err := check(f); err != nil {
		return nil, err
	}
	name, err := nameOf(reflect.ValueOf(f))
	if err != nil {
		return nil, err
	}
	return add(name, f)
}

// AddMain registers a far function as [Main].
func AddMain(f any) (*Entry, error) {
	if err := check(f); err != nil {
		return nil, err
	}
	return add(Main, f)
}

func check(f any) error {
	if err := farfunc.Check(reflect.TypeOf(f)); err != nil {
		return err
	}
	if reflect.ValueOf(f).IsNil() {
		return fmt.Errorf("the function is nil")
	}
	return nil
}

func add(name string, f any) (*Entry, error) {
	entries.Lock()
	defer entries.Unlock()
	if entries.byName[name] != nil {
		return nil, fmt.Errorf("%s is registered already", name)
	}
	e := &Entry{Name: name, Func: reflect.ValueOf(f), TakesChannel: farfunc.TakesChannel(reflect.TypeOf(f))}
	entries.byName[name] = e
	return e, nil
}

// nameOf gives a name that the function has in every process of this program. The
// instances of a generic function, which the compiler calls alike, are told apart by
// their types.
func nameOf(f reflect.Value) (string, error) {
	name := runtime.FuncForPC(f.Pointer()).Name()
	if strings.HasPrefix(name, "reflect.") {
		return "", fmt.Errorf("a %v that was made at run time has no name by which the far side could find it", f.Type())
	}
	if strings.Contains(name, "[...]") {
		name += " " + f.Type().String()
	}
	return name, nil
}

// Find gives the function with a name, or nil.
func Find(name string) *Entry {
	entries.RLock()
	defer entries.RUnlock()
	return entries.byName[name]
}
