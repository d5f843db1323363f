package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/farside-go/farside/interp/internal/bothways"
)

// A testCase is one program of the suite.
type testCase struct {
	name    string // its path in the suite, for example chan/select.go
	outside string // why it is not run; "" if it is
	unsafe  bool   // it is not run because it imports unsafe
	program *bothways.Program
	prints  bool // what it prints is a program that is to be run too
}

// findCases gives those programs of a suite that are there to be run and whose
// names match, by name.
func findCases(dir string, wanted *regexp.Regexp) ([]testCase, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	var cases []testCase
	err = filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipFolder(file, dir)
		}
		rel, err := filepath.Rel(dir, file)
		name := filepath.ToSlash(rel)
		if err != nil || path.Ext(name) != ".go" || !wanted.MatchString(name) {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		recipe := readRecipe(string(text))
		if !recipe.runs() {
			return nil // it is there to be compiled, or to be refused
		}
		c, err := newCase(dir, name, string(text), recipe)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		cases = append(cases, c)
		return nil
	})
	return cases, err
}

// skipFolder leaves out the folders that belong to one program.
func skipFolder(name, root string) error {
	if name != root && (filepath.Ext(name) == ".dir" || filepath.Base(name) == "testdata") {
		return filepath.SkipDir
	}
	return nil
}

// newCase makes a case of a file and its recipe.
func newCase(dir, name, text string, r *recipe) (testCase, error) {
	c := testCase{name: name, outside: r.outside(), prints: r.action == "runoutput"}
	if c.outside != "" {
		return c, nil
	}
	if why, listed := exceptions()[name]; listed {
		c.outside = why
		return c, nil
	}
	var err error
	if r.action == "rundir" {
		c.program, err = readFolder(strings.TrimSuffix(filepath.Join(dir, filepath.FromSlash(name)), ".go")+".dir", r.single)
	} else {
		c.program = &bothways.Program{Main: text}
	}
	if cannot, ok := errors.AsType[*outsideError](err); ok {
		c.outside = cannot.why
		return c, nil
	}
	if err != nil {
		return c, err
	}
	c.program.Name, c.program.Args, c.program.Dir = path.Base(name), r.args, dir
	c.outside, c.unsafe = judgeSource(c.program)
	return c, nil
}
