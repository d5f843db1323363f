package check

import (
	"cmp"
	"go/types"
	"slices"
	"strings"
)

// Find gives the import path that a source most likely means which uses a
// package by its name without importing it: the first package of that name that
// has all the symbols that are selected from it, else the first of that name,
// else "".
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

// preferred orders import paths of one name: the one that a script most likely
// means comes first, as with goimports.
func preferred(a, b string) int {
	return cmp.Or(cmp.Compare(rank[a], rank[b]), strings.Compare(a, b))
}

// rank puts packages behind others of their name. Of the three called rand, the
// first has what most scripts want, the second the one good Read, and the third
// what only old sources use.
var rank = map[string]int{
	"math/rand/v2":   0,
	"crypto/rand":    1,
	"math/rand":      2,
	"html/template":  1,
	"go/scanner":     1,
	"net/http/pprof": 1,
}
