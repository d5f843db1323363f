package stdlib

import (
	"reflect"
	"slices"
)

// Symbols gives the table of a package, nil if there is none. It makes a new
// map at each call, and the caller owns it; the values are the same each time.
func Symbols(importPath string) map[string]reflect.Value {
	t := find(importPath)
	if t == nil {
		return nil
	}
	return t.symbols()
}

// Name gives the name of a package, "" if it has no table.
func Name(importPath string) string {
	if t := find(importPath); t != nil {
		return t.name
	}
	return ""
}

// Paths gives the import paths of the packages that are called name. Where
// there are several, the one that a program most likely means comes first:
//
//	pprof     runtime/pprof, net/http/pprof
//	rand      math/rand, math/rand/v2, crypto/rand
//	scanner   text/scanner, go/scanner
//	template  text/template, html/template
//
// Whoever knows which symbols of the package are used can do better, and ask
// [Symbols] which path has them.
func Paths(name string) []string { return slices.DeleteFunc(named(name), missing) }

// Packages gives the import paths of all tables, sorted.
func Packages() []string { return slices.DeleteFunc(all(), missing) }

// find gives the table of a package, nil if there is none on this platform.
func find(importPath string) *table {
	t := lookup(importPath)
	if t == nil || t.name == "" {
		return nil
	}
	return t
}

func missing(importPath string) bool { return find(importPath) == nil }
