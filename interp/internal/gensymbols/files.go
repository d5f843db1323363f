package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// A fileSet is generated files by name.
type fileSet map[string][]byte

// add formats a file and puts it into the set.
func (fset fileSet) add(name, constraint, body string) error {
	if _, dup := fset[name]; dup {
		return fmt.Errorf("file %s: two packages would be in it", name)
	}
	src, err := source(constraint, body)
	if err != nil {
		return fmt.Errorf("file %s: %w\n%s", name, err, body)
	}
	fset[name] = src
	return nil
}

// write makes the generated files in dir those of the set and no others.
func (fset fileSet) write(dir string) error {
	stale, err := fset.stale(dir)
	if err != nil {
		return err
	}
	for _, name := range stale {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	for name, src := range fset {
		if err := os.WriteFile(filepath.Join(dir, name), src, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// compare lists the files in dir that are not as in the set.
func (fset fileSet) compare(dir string) ([]string, error) {
	differing, err := fset.stale(dir)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(fset)) {
		have, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if !bytes.Equal(have, fset[name]) {
			differing = append(differing, name)
		}
	}
	return differing, nil
}

// stale lists the generated files in dir that the set does not have.
func (fset fileSet) stale(dir string) (names []string, err error) {
	found, err := filepath.Glob(filepath.Join(dir, "zz_*.go"))
	for _, f := range found {
		if _, ok := fset[filepath.Base(f)]; !ok {
			names = append(names, filepath.Base(f))
		}
	}
	return names, err
}
