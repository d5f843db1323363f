// Package reflected tells the checker of packages that are known by their symbols
// alone.
package reflected

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/farside-go/farside/interp/internal/check"
)

// A Reflector makes the types of packages that are known by their symbols alone:
// all that can be told by reflection. What it has made it keeps, so that a type is
// the same for all sources.
type Reflector struct {
	mu       sync.Mutex
	compiled func() *check.Importer
	packages map[string]*types.Package // imported
	homes    map[string]*types.Package // where types are declared
	named    map[reflect.Type]*types.Named
	symbols  map[symbolName]reflect.Type
	pending  []func()
}

type symbolName struct{ path, name string }

// New gives a Reflector that has made nothing yet. compiled has the packages whose
// types are known otherwise.
func New(compiled func() *check.Importer) *Reflector {
	return &Reflector{
		compiled: compiled,
		packages: make(map[string]*types.Package), homes: make(map[string]*types.Package),
		named: make(map[reflect.Type]*types.Named), symbols: make(map[symbolName]reflect.Type),
	}
}

// Symbol gives a type that was made here, as a nil pointer to it.
func (r *Reflector) Symbol(path, name string) reflect.Value {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.symbols[symbolName{path, name}]; t != nil {
		return reflect.Zero(reflect.PointerTo(t))
	}
	return reflect.Value{}
}

// Has reports whether a type was made here that a package of that path declares.
func (r *Reflector) Has(path string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.homes[path] != nil
}

// Package gives the package of a table.
func (r *Reflector) Package(path string, table map[string]reflect.Value) *types.Package {
	r.mu.Lock()
	defer r.mu.Unlock()
	if pkg := r.packages[path]; pkg != nil {
		return pkg
	}
	pkg := r.home(path)
	for _, name := range slices.Sorted(maps.Keys(table)) {
		r.declare(pkg, name, table[name])
	}
	for len(r.pending) > 0 {
		next := r.pending[0]
		r.pending = r.pending[1:]
		next()
	}
	pkg.MarkComplete()
	r.packages[path] = pkg
	return pkg
}

// home gives the package that types of that path are declared in.
func (r *Reflector) home(path string) *types.Package {
	if r.homes[path] == nil {
		r.homes[path] = types.NewPackage(path, path[strings.LastIndexByte(path, '/')+1:])
	}
	return r.homes[path]
}

// declare declares a function, a variable, or the type that a nil pointer stands
// for.
func (r *Reflector) declare(pkg *types.Package, name string, v reflect.Value) {
	if v.Kind() == reflect.Pointer && !v.CanAddr() && v.IsNil() {
		t := r.typeOf(v.Type().Elem())
		if pkg.Scope().Lookup(name) == nil { // declared elsewhere, or by another name
			pkg.Scope().Insert(types.NewTypeName(token.NoPos, pkg, name, t))
		}
		return
	}
	t := r.typeOf(v.Type())
	if sig, ok := t.(*types.Signature); ok && !v.CanAddr() {
		pkg.Scope().Insert(types.NewFunc(token.NoPos, pkg, name, sig))
	} else {
		pkg.Scope().Insert(types.NewVar(token.NoPos, pkg, name, t))
	}
}

// typeOf gives a type as a source would write it.
func (r *Reflector) typeOf(t reflect.Type) types.Type {
	switch {
	case t == reflect.TypeFor[error]():
		return types.Universe.Lookup("error").Type()
	case t.PkgPath() == "" || t.Name() == "":
		return r.underlying(t)
	case r.compiled().Has(t.PkgPath()):
		if pkg, err := r.compiled().Import(t.PkgPath()); err == nil {
			if o, ok := pkg.Scope().Lookup(t.Name()).(*types.TypeName); ok {
				return o.Type()
			}
		}
	}
	return r.define(t)
}

// define declares a type. What it consists of, which may refer to it, is found
// later. Types that functions declare may have a name in common.
func (r *Reflector) define(t reflect.Type) *types.Named {
	if n := r.named[t]; n != nil {
		return n
	}
	pkg, name := r.home(t.PkgPath()), t.Name()
	for i := 2; pkg.Scope().Lookup(name) != nil; i++ {
		name = fmt.Sprintf("%s·%d", t.Name(), i)
	}
	o := types.NewTypeName(token.NoPos, pkg, name, nil)
	n := types.NewNamed(o, types.NewStruct(nil, nil), nil)
	pkg.Scope().Insert(o)
	r.named[t], r.symbols[symbolName{t.PkgPath(), name}] = n, t
	r.pending = append(r.pending, func() {
		n.SetUnderlying(r.underlying(t))
		if t.Kind() != reflect.Interface {
			r.addMethods(n, t)
		}
	})
	return n
}

// addMethods gives a type the methods that it is known to have: those that are
// exported.
func (r *Reflector) addMethods(n *types.Named, t reflect.Type) {
	for m := range reflect.PointerTo(t).Methods() {
		var recv types.Type = types.NewPointer(n)
		if _, byValue := t.MethodByName(m.Name); byValue {
			recv = n
		}
		sig := r.signature(m.Type, 1, types.NewParam(token.NoPos, n.Obj().Pkg(), "", recv))
		n.AddMethod(types.NewFunc(token.NoPos, n.Obj().Pkg(), m.Name, sig))
	}
}
