package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
)

// A library is the standard library as one target sees it.
type library struct {
	target   target
	packages map[string]*types.Package // those that get a table, by import path
}

// loadAll loads the standard library of every target.
func loadAll(ts []target) ([]*library, error) {
	libs := make([]*library, len(ts))
	for i, t := range ts {
		lib, err := load(t)
		if err != nil {
			return nil, fmt.Errorf("load %v: %w", t, err)
		}
		libs[i] = lib
	}
	return libs, nil
}

// load reads the export data of the packages that get a table.
func load(t target) (*library, error) {
	exports, err := exportFiles(t)
	if err != nil {
		return nil, err
	}
	imp := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) {
		file := exports[path]
		if file == "" {
			return nil, errors.New("no export data for " + path)
		}
		return os.Open(file)
	})
	lib := &library{target: t, packages: make(map[string]*types.Package)}
	for path := range exports {
		if !wanted(path) {
			continue
		}
		if lib.packages[path], err = imp.Import(path); err != nil {
			return nil, err
		}
	}
	return lib, nil
}

// exportFiles asks the go command to compile the standard library for a target
// and gives the file of export data of each package. The environment is
// pinned: tables must not depend on who generates them.
func exportFiles(t target) (map[string]string, error) {
	cmd := exec.Command("go", "list", "-export", "-f", "{{.ImportPath}}\t{{.Export}}", "std")
	cmd.Env = append(os.Environ(),
		"GOOS="+t.os, "GOARCH="+t.arch, "CGO_ENABLED=0", "GOFLAGS=", "GOEXPERIMENT=", "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list -export std: %w\n%s", err, &stderr)
	}
	files := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		path, file, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok {
			files[path] = file
		}
	}
	return files, nil
}
