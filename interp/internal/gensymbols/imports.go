package main

import (
	"fmt"
	"go/types"
	"maps"
	"path"
	"slices"
	"strings"
)

// imports are the imports of one generated file. Two packages of one name may
// meet there: the second goes by its path.
type imports struct {
	names map[string]string // import path -> name in the file
	used  map[string]bool   // names in the file
	base  map[string]string // import path -> name in its package clause
}

func newImports() *imports {
	return &imports{
		names: make(map[string]string),
		used:  make(map[string]bool),
		base:  make(map[string]string),
	}
}

// name gives the name of a package in the file and imports it. It is a
// types.Qualifier.
func (im *imports) name(p *types.Package) string {
	if name, ok := im.names[p.Path()]; ok {
		return name
	}
	name := p.Name()
	if im.used[name] {
		name = identifier(p.Path())
	}
	im.names[p.Path()], im.used[name], im.base[p.Path()] = name, true, p.Name()
	return name
}

// blank imports a package of which the file needs no symbol.
func (im *imports) blank(p *types.Package) {
	im.names[p.Path()], im.base[p.Path()] = "_", p.Name()
}

// String gives the import declaration, empty if there is nothing to import.
func (im *imports) String() string {
	if len(im.names) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("import (\n")
	for _, p := range slices.Sorted(maps.Keys(im.names)) {
		if name := im.names[p]; name == im.base[p] && name == path.Base(p) {
			fmt.Fprintf(&b, "\t%q\n", p)
		} else {
			fmt.Fprintf(&b, "\t%s %q\n", name, p)
		}
	}
	b.WriteString(")\n")
	return b.String()
}

// identifier makes an identifier of an import path: net/http -> net_http.
func identifier(importPath string) string {
	return strings.NewReplacer("/", "_", ".", "_", "-", "_").Replace(importPath)
}
