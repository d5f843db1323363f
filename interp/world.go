package interp

import (
	"errors"
	"go/ast"
	"go/token"
	"go/types"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/reflected"
	"github.com/farside-go/farside/interp/stdlib"
)

const (
	modulePath  = "github.com/farside-go/farside/"
	channelPath = modulePath + "channel"
)

// What bare statements have without declaring it.
var predeclared = map[string]bool{"ctx": true, "channel": true, "args": true}

// A world is what a program can import: the standard library, what the entry
// point adds to it, and the trees that were imported when the program started.
type world struct {
	extra     func(string) map[string]reflect.Value
	trees     *forest
	reflected *reflected.Reflector
}

// table gives the symbols of a compiled package, nil if there is none.
func (w *world) table(path string) map[string]reflect.Value {
	if table := library(path); table != nil {
		return table
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
	if path == "unsafe" || path == "C" {
		return path // refused later, with what to do instead
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
	return form.Choose(paths, symbols, w.has)
}

// has reports whether a package has an exported symbol, generic ones included.
func (w *world) has(path, symbol string) bool {
	pkg, err := w.Import(path)
	return err == nil && pkg.Scope().Lookup(symbol) != nil
}

// libraries are the tables of the standard library that were used in this
// process, by import path.
var libraries sync.Map

func library(path string) map[string]reflect.Value {
	if table, ok := libraries.Load(path); ok {
		return table.(map[string]reflect.Value)
	}
	symbols := stdlib.Symbols(path)
	if symbols == nil {
		return nil
	}
	table, _ := libraries.LoadOrStore(path, symbols)
	return table.(map[string]reflect.Value)
}

// compiledTypes gives the types of compiled packages. It keeps them.
var compiledTypes = sync.OnceValue(check.NewImporter)

// Import gives the types of a package: it is what sources are checked against.
func (w *world) Import(path string) (*types.Package, error) {
	if w.trees.packages[path] != nil {
		pkg, err := w.trees.check(path, w)
		if err != nil {
			return nil, err
		}
		return pkg.Types, nil
	}
	im, table := compiledTypes(), w.table(path)
	switch {
	case table == nil && path != "unsafe":
		return nil, errors.New(missingPackage(path))
	case im.Has(path):
		return im.Import(path)
	}
	return w.reflected.Package(path, table), nil
}

// check type-checks one package of the trees, once.
func (f *forest) check(path string, w *world) (*check.Package, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.checkLocked(path, w)
}

func (f *forest) checkLocked(path string, w *world) (*check.Package, error) {
	if pkg := f.checked[path]; pkg != nil {
		return pkg, nil
	}
	tree := f.packages[path]
	var files []*ast.File
	for _, file := range tree.files {
		parsed, err := check.Parse(f.fset, file.name, file.text)
		if err != nil {
			return nil, err
		}
		files = append(files, parsed)
	}
	pkg, err := check.Check(f.fset, path, files, &check.Options{Importer: treeImporter{f, w}})
	if err != nil {
		return nil, err
	}
	f.checked[path] = pkg
	return pkg, nil
}

// A treeImporter is a world for a forest that is locked.
type treeImporter struct {
	f *forest
	w *world
}

func (im treeImporter) Import(path string) (*types.Package, error) {
	if im.f.packages[path] == nil {
		return im.w.Import(path)
	}
	pkg, err := im.f.checkLocked(path, im.w)
	if err != nil {
		return nil, err
	}
	return pkg.Types, nil
}

func newForest() *forest {
	return &forest{packages: make(map[string]*treePackage), checked: make(map[string]*check.Package), fset: token.NewFileSet()}
}

// base gives the last element of an import path.
func base(path string) string { return path[strings.LastIndex(path, "/")+1:] }
