package main

import (
	"go/token"
	"go/types"
	"maps"
)

// A library is packages as one target sees them.
type library struct {
	target   string // linux/amd64
	packages map[string]*types.Package
}

// encodeAll gives the two sections of each package of a library.
func encodeAll(lib library, wanted func(path string) bool) (sections map[*types.Package][2][]byte, err error) {
	defer func() {
		if r := recover(); r != nil {
			failure, ok := r.(encodeError)
			if !ok {
				panic(r)
			}
			err = failure
		}
	}()
	// Some unexported types are seen through exported objects. Which they are is
	// only known when all is encoded; then those packages are encoded anew.
	seen := make(map[*types.TypeName]bool)
	sections = make(map[*types.Package][2][]byte)
	todo := make(map[*types.Package]bool)
	for path, pkg := range lib.packages {
		todo[pkg] = wanted(path)
	}
	refer := func(obj *types.TypeName) {
		if pkg := obj.Pkg(); !seen[obj] && pkg != nil && !(obj.Exported() && wanted(pkg.Path())) {
			if lib.packages[pkg.Path()] != nil {
				seen[obj], todo[pkg] = true, true
			}
		}
	}
	for again := true; again; {
		again = false
		for pkg := range maps.Clone(todo) {
			if todo[pkg] {
				todo[pkg], again = false, true
				sections[pkg] = encode(pkg, wanted(pkg.Path()), seen, refer)
			}
		}
	}
	return sections, nil
}

// encode gives the sections of one package: all that is exported if it can be
// imported, and the types that were seen.
func encode(pkg *types.Package, public bool, seen map[*types.TypeName]bool, refer func(*types.TypeName)) (pair [2][]byte) {
	e := newEncoder(pkg, refer)
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		obj, ok := scope.Lookup(name).(*types.TypeName)
		if ok && (public && token.IsExported(name) || seen[obj]) {
			e.declare(obj)
		}
	}
	pair[0] = e.bytes()
	e.next()
	for _, name := range scope.Names() {
		obj := scope.Lookup(name)
		if _, isType := obj.(*types.TypeName); public && !isType && token.IsExported(name) {
			e.declare(obj)
		}
	}
	pair[1] = e.bytes()
	return pair
}
