package main

import (
	"fmt"
	"go/types"
	"maps"
	"slices"

	"github.com/farside-go/farside/interp/internal/exportdata"
)

// skipped are the public packages that have no table, and why.
var skipped = map[string]string{
	"expvar":         "linking it puts a handler on http.DefaultServeMux of the program that links us",
	"net/http/pprof": "linking it puts handlers on http.DefaultServeMux of the program that links us",
	"time/tzdata":    "linking it changes time.LoadLocation for the program that links us",
	"plugin":         "loads shared objects built by the same toolchain; needs cgo",
	"runtime/race":   "for programs built with -race; without it there is nothing in it",
}

// A library is the standard library as one target sees it.
type library struct {
	target   target
	packages map[string]*types.Package // those that get a table, by import path
}

// loadAll reads the library of every target.
func loadAll() ([]*library, error) {
	var libs []*library
	for _, t := range targets {
		lib, err := load(t)
		if err != nil {
			return nil, fmt.Errorf("load %v: %w", t, err)
		}
		libs = append(libs, lib)
	}
	return libs, nil
}

func load(t target) (*library, error) {
	archive := exportdata.Standard(t.String())
	lib := &library{target: t, packages: make(map[string]*types.Package)}
	for _, path := range slices.Sorted(maps.Keys(archive.Names())) {
		if _, skip := skipped[path]; skip {
			continue
		}
		p, err := archive.Import(path)
		if err != nil {
			return nil, err
		}
		lib.packages[path] = p
	}
	return lib, nil
}
