package check

import (
	"go/types"
	"slices"
	"strings"
)

// Find gives the import path that a source most likely means which uses a
// package by its name without importing it: the first package of that name that
// has all the symbols that are selected from it, else the first of that name,
// else "". What it prefers is what goimports prefers.
func (im *Importer) Find(name string, symbols []string) string {
	paths := im.byName()[name]
	for _, path := range paths {
		pkg, err := im.Import(path)
		if err == nil && hasAll(pkg, symbols) {
			return path
		}
	}
	if len(paths) > 0 {
		return paths[0]
	}
	return ""
}

func hasAll(pkg *types.Package, symbols []string) bool {
	return !slices.ContainsFunc(symbols, func(symbol string) bool {
		obj := pkg.Scope().Lookup(symbol)
		return obj == nil || !obj.Exported()
	})
}

// sortByName turns paths around: from the name of a package to its paths, the
// preferred one first.
func (im *Importer) sortByName() map[string][]string {
	byName := make(map[string][]string)
	for path, name := range im.reader.Names() {
		byName[name] = append(byName[name], path)
	}
	for _, paths := range byName {
		slices.SortFunc(paths, preferred)
	}
	return byName
}

// preferred orders import paths of one name. A shorter path comes first, as with
// goimports, but for those pairs where another one is meant.
func preferred(a, b string) int {
	if rank := rank(a) - rank(b); rank != 0 {
		return rank
	}
	if depth := strings.Count(a, "/") - strings.Count(b, "/"); depth != 0 {
		return depth
	}
	return strings.Compare(a, b)
}

// rank puts packages behind others of their name.
func rank(path string) int {
	switch path {
	case "crypto/rand":
		return 2 // math/rand is meant, unless its symbols say otherwise
	case "math/rand/v2":
		return 1
	case "html/template", "go/scanner", "net/http/pprof":
		return 1
	}
	return 0
}
