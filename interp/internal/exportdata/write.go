package exportdata

import (
	"fmt"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
)

// A Library is packages as one target sees them.
type Library struct {
	Target   string // linux/amd64
	Packages map[string]*types.Package
}

// Targets lists the platforms that an archive is written for.
func Targets() []string { return slices.Clone(targets) }

// Write gives the archive of some libraries, one for each target. Only the
// packages that wanted reports true for are in it, and what they refer to that
// no source can import.
func Write(toolchain string, libraries []Library, wanted func(path string) bool) ([]byte, error) {
	entries := make(map[string]*entry)
	for _, lib := range libraries {
		target := slices.Index(targets, lib.Target)
		if target < 0 {
			return nil, fmt.Errorf("exportdata: write %s: not one of the targets %v", lib.Target, targets)
		}
		sections, err := encodeAll(lib, wanted)
		if err != nil {
			return nil, fmt.Errorf("exportdata: write %s: %w", lib.Target, err)
		}
		for pkg, pair := range sections {
			e := entries[pkg.Path()]
			if e == nil {
				e = &entry{name: pkg.Name(), hidden: !wanted(pkg.Path())}
				entries[pkg.Path()] = e
			}
			for i, data := range pair {
				e.sections[i] = merge(e.sections[i], pack(data), len(data), target)
			}
		}
	}
	return render(toolchain, entries), nil
}

// merge adds what a target has to the variants of a section.
func merge(variants []variant, packed string, size, target int) []variant {
	i := slices.IndexFunc(variants, func(v variant) bool { return v.packed == packed })
	if i < 0 {
		i, variants = len(variants), append(variants, variant{size: size, packed: packed})
	}
	variants[i].targets |= 1 << target
	return variants
}

func render(toolchain string, entries map[string]*entry) []byte {
	var index, body buffer
	index.string(toolchain)
	index.uint(len(entries))
	for _, path := range slices.Sorted(maps.Keys(entries)) {
		e := entries[path]
		index.string(path)
		index.string(e.name)
		index.bool(e.hidden)
		for _, variants := range e.sections {
			index.uint(len(variants))
			for _, v := range variants {
				index.uint(v.targets)
				index.uint(v.size)
				index.uint(len(v.packed))
				body.raw(v.packed)
			}
		}
	}
	out := buffer(magic)
	out.uint(len(index))
	out.string(pack(index))
	return append(out, body...)
}

// encodeAll gives the two sections of each package of a library.
func encodeAll(lib Library, wanted func(path string) bool) (sections map[*types.Package][2][]byte, err error) {
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
	for path, pkg := range lib.Packages {
		todo[pkg] = wanted(path)
	}
	refer := func(obj *types.TypeName) {
		if pkg := obj.Pkg(); !seen[obj] && pkg != nil && !(obj.Exported() && wanted(pkg.Path())) {
			if lib.Packages[pkg.Path()] != nil {
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

// Public reports whether a source outside the standard library can import one of
// its packages.
func Public(path string) bool {
	for elem := range strings.SplitSeq(path, "/") {
		if elem == "internal" || elem == "vendor" || elem == "cmd" {
			return false
		}
	}
	return path != "unsafe"
}

// Only gives an archive with nothing but one target's sections, as Write gives
// it for that target alone.
func Only(data string, target string) ([]byte, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, err
	}
	bit := 1 << slices.Index(targets, target)
	for path, e := range a.packages {
		for i, variants := range e.sections {
			e.sections[i] = slices.DeleteFunc(variants, func(v variant) bool { return v.targets&bit == 0 })
			for j := range e.sections[i] {
				e.sections[i][j].targets = bit
			}
		}
		if len(e.sections[0]) == 0 {
			delete(a.packages, path)
		}
	}
	return render(a.toolchain, a.packages), nil
}
