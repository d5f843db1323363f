// Package libnames knows packages by their names, those of the standard library and
// our own, for texts that use them and do not import them.
package libnames

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// Names is written by interp/internal/gennames.
//
//go:embed names.txt
var names string

// A named is a package. Its symbols are told only if it is one of several of its name, or
// package channel.
type named struct {
	path    string
	symbols []string
}

var byName = sync.OnceValue(func() map[string][]named {
	found := map[string][]named{}
	for line := range strings.Lines(names) {
		words := strings.Fields(line)
		found[words[0]] = append(found[words[0]], named{words[1], words[2:]})
	}
	return found
})

// Paths gives the import paths of the packages that are called name. Where there are
// several, the one that a program most likely means comes first.
func Paths(name string) (paths []string) {
	for _, pkg := range byName()[name] {
		paths = append(paths, pkg.path)
	}
	return paths
}

// Has reports whether the package of that name and path exports a symbol, if it is one
// of several of its name, or package channel.
func Has(name, path, symbol string) bool {
	for _, pkg := range byName()[name] {
		if pkg.path == path {
			return slices.Contains(pkg.symbols, symbol)
		}
	}
	return false
}

// HasMethod reports whether a *channel.Channel has a method.
func HasMethod(method string) bool {
	return slices.Contains(byName()["*channel.Channel"][0].symbols, method)
}
