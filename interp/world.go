package interp

import (
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/traefik/yaegi/interp"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp/stdlib"
)

const (
	modulePath      = "github.com/farside-go/farside/"
	channelPath     = modulePath + "channel"
	hostPath        = "farside/host"
	predeclaredPath = "farside/predeclared"
)

// What bare statements have without declaring it.
var predeclared = map[string]bool{"ctx": true, "channel": true, "args": true}

var channelMethods = func() map[string]bool {
	t := reflect.TypeFor[*channel.Channel]()
	methods := make(map[string]bool)
	for i := range t.NumMethod() {
		methods[t.Method(i).Name] = true
	}
	return methods
}()

// A world is what a program can import: the standard library, what the entry
// point adds to it, and the trees that were imported when the program started.
type world struct {
	extra func(string) map[string]reflect.Value
	trees *forest
}

// table gives the symbols of a compiled package, nil if there is none.
func (w *world) table(path string) map[string]reflect.Value {
	if lib := library(path); lib != nil {
		return lib.symbols
	}
	if w.extra != nil {
		return w.extra(path)
	}
	return nil
}

// packageName gives the name of the package at path, "" if there is none.
func (w *world) packageName(path string) string {
	if pkg := w.trees.packages[path]; pkg != nil {
		return pkg.name
	}
	if name := stdlib.Name(path); name != "" {
		return name
	}
	if w.extra != nil && w.extra(path) != nil {
		return base(path)
	}
	return ""
}

// choose finds the package that a source means by name, when it selects these
// symbols from it: the first that has all of them, or else the first.
func (w *world) choose(name string, symbols map[string]bool) string {
	paths := stdlib.Paths(name)
	if own := modulePath + name; w.extra != nil && w.extra(own) != nil {
		paths = append(slices.Clone(paths), own)
	}
	for _, path := range paths {
		table, all := w.table(path), true
		for symbol := range symbols {
			_, ok := table[symbol]
			all = all && ok
		}
		if all {
			return path
		}
	}
	if len(paths) > 0 {
		return paths[0]
	}
	return ""
}

// reach adds to what a source uses what the trees use that it imports. It gives
// the first import that nobody has.
func (w *world) reach(u uses) (string, *treePackage) {
	seen := make(map[string]bool)
	var visit func(path string) (string, *treePackage)
	visit = func(path string) (string, *treePackage) {
		pkg := w.trees.packages[path]
		if pkg == nil || seen[path] {
			return "", nil
		}
		seen[path] = true
		for _, imported := range pkg.imports() {
			if w.packageName(imported) == "" {
				return imported, pkg
			}
			u.add(imported, pkg.uses[imported])
			if missing, in := visit(imported); missing != "" {
				return missing, in
			}
		}
		return "", nil
	}
	for _, path := range u.paths() {
		if missing, in := visit(path); missing != "" {
			return missing, in
		}
	}
	return "", nil
}

// A lib is what is known of a package of the standard library. It is made when
// the package is first imported in this process, and read only after that.
type lib struct {
	symbols  map[string]reflect.Value
	wrappers map[string]reflect.Value
	needs    []string
	types    map[string][]reflect.Type // what its functions want to be told of their arguments
}

var libraries sync.Map // import path -> *lib

func library(path string) *lib {
	if l, ok := libraries.Load(path); ok {
		return l.(*lib)
	}
	symbols := stdlib.Symbols(path)
	if symbols == nil {
		return nil
	}
	l, _ := libraries.LoadOrStore(path, &lib{
		symbols: symbols, wrappers: stdlib.Wrappers(path), needs: stdlib.Needs(path), types: stdlib.MapTypes(path)})
	return l.(*lib)
}

// load gives an interpreter the symbols that a program uses. bind replaces
// those that must be the program's own.
func (w *world) load(y *interp.Interpreter, u uses, bind func(path, name string) reflect.Value) error {
	l := loader{exports: interp.Exports{}, types: make(map[reflect.Value][]reflect.Type), bind: bind}
	for path, symbols := range u {
		if w.trees.packages[path] != nil {
			continue
		}
		lib := library(path)
		if lib == nil {
			l.exports[path+"/"+base(path)] = w.table(path)
			for _, need := range extraNeeds {
				l.addWrappers(need, library(need))
			}
			continue
		}
		l.addLibrary(path, lib, symbols)
		for _, need := range lib.needs {
			l.addWrappers(need, library(need))
		}
	}
	if len(l.types) > 0 {
		l.exports["."] = map[string]reflect.Value{"MapTypes": reflect.ValueOf(l.types)}
	}
	return y.Use(l.exports)
}

// extraNeeds are the packages whose interfaces those of Extra may ask for.
var extraNeeds = []string{"context", "fmt", "io", "io/fs", "net"}

// A loader collects tables.
type loader struct {
	exports interp.Exports
	types   map[reflect.Value][]reflect.Type
	bind    func(path, name string) reflect.Value
}

// exportKey is what yaegi wants to see a package under. With two slashes, which
// it cleans, it does not take fmt for a reason to change the standard library.
func exportKey(path string, name string) string { return path + "//" + name }

// into gives the table of a package, with its wrappers the first time.
func (l *loader) into(path string, lib *lib) map[string]reflect.Value {
	key := exportKey(path, stdlib.Name(path))
	table := l.exports[key]
	if table == nil {
		table = make(map[string]reflect.Value, len(lib.wrappers)+8)
		l.exports[key] = table
		for name, v := range lib.wrappers {
			l.put(table, lib, name, v)
		}
	}
	return table
}

func (l *loader) addWrappers(path string, lib *lib) {
	if lib != nil {
		l.into(path, lib)
	}
}

func (l *loader) addLibrary(path string, lib *lib, symbols map[string]bool) {
	table := l.into(path, lib)
	if symbols == nil {
		for name := range lib.symbols {
			l.put(table, lib, name, l.symbol(path, lib, name))
		}
		return
	}
	for name := range symbols {
		l.put(table, lib, name, l.symbol(path, lib, name))
	}
}

func (l *loader) symbol(path string, lib *lib, name string) reflect.Value {
	if v := l.bind(path, name); v.IsValid() {
		return v
	}
	return lib.symbols[name]
}

func (l *loader) put(table map[string]reflect.Value, lib *lib, name string, v reflect.Value) {
	if !v.IsValid() {
		return
	}
	table[name] = v
	if types := lib.types[name]; types != nil {
		l.types[v] = types
	}
}

// base gives the last element of an import path.
func base(path string) string { return path[strings.LastIndex(path, "/")+1:] }
