package main

import (
	"bytes"
	"compress/flate"
	"fmt"
	"maps"
	"slices"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// An entry is a package as it is written: two sections, each in one or several
// variants.
type entry struct {
	name     string
	hidden   bool // no source can import it, but others refer to its types
	sections [2][]variant
}

// A variant is a section as some of the targets have it.
type variant struct {
	targets int // as in format.Targets
	size    int
	packed  string
}

// archive gives the archive of some libraries, one for each target. Only the
// packages that wanted reports true for are in it, and what they refer to that
// no source can import.
func archive(toolchain string, libraries []library, wanted func(path string) bool) ([]byte, error) {
	entries := make(map[string]*entry)
	for _, lib := range libraries {
		target := slices.Index(format.Targets, lib.target)
		if target < 0 {
			return nil, fmt.Errorf("write %s: not one of the targets %v", lib.target, format.Targets)
		}
		sections, err := encodeAll(lib, wanted)
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", lib.target, err)
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
	out := buffer(format.Magic)
	out.uint(len(index))
	out.string(pack(index))
	return append(out, body...)
}

func pack(data []byte) string {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer takes everything
	}
	return out.String()
}
