package main

import (
	"go/build"
	"go/build/constraint"
	"runtime"
	"slices"
	"strings"
)

// A recipe is the first line of a test: what is to be done with it.
type recipe struct {
	action     string
	args       []string // of the program
	flags      []string // of the toolchain
	single     bool     // each file of the folder is a package
	constraint string   // the build constraint that excludes it here
}

// readRecipe reads a test's recipe and its build constraints, as the toolchain's
// testdir does.
func readRecipe(text string) *recipe {
	r := &recipe{}
	header, _, found := strings.Cut(text, "\npackage")
	if !found {
		header = firstLine(text)
	}
	for line := range strings.Lines(header) {
		line = strings.TrimSpace(line)
		if expr, err := constraint.Parse(line); err == nil {
			if !expr.Eval(tagHolds) {
				r.constraint = line
			}
			continue
		}
		if words, ok := strings.CutPrefix(line, "//"); ok && r.action == "" {
			r.read(strings.Fields(words))
		}
	}
	return r
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (r *recipe) read(words []string) {
	if len(words) == 0 {
		return
	}
	r.action, r.args = words[0], words[1:]
	for len(r.args) > 0 && strings.HasPrefix(r.args[0], "-") {
		flag := r.args[0]
		r.args = r.args[1:]
		switch {
		case flag == "-s":
			r.single = true
		case flag == "-t" && len(r.args) > 0: // a time limit: ours is for all
			r.args = r.args[1:]
		default:
			r.flags = append(r.flags, flag)
		}
	}
}

// elsewhere says why programs with other recipes that end in a run are not run.
var elsewhere = map[string]string{
	"runindir":         "a module of its own, for the go command",
	"buildrun":         "it is about the build",
	"buildrundir":      "assembly, or about the build",
	"errorcheckandrun": "about the compiler's messages", "errorcheckandrundir": "about the compiler's messages",
}

// runs reports whether the test is there to be run.
func (r *recipe) runs() bool {
	return r.action == "run" || r.action == "rundir" || r.action == "runoutput" || elsewhere[r.action] != ""
}

// outside says why the test is out of scope, "" if it is not.
func (r *recipe) outside() string {
	switch {
	case r.constraint != "":
		return "excluded here by " + r.constraint
	case elsewhere[r.action] != "":
		return r.action + ": " + elsewhere[r.action]
	case len(r.flags) > 0:
		return "for the toolchain's flags " + strings.Join(r.flags, " ")
	case len(r.args) > 0 && (r.action == "rundir" || strings.HasSuffix(r.args[0], ".go")):
		return "its main has several files"
	}
	return ""
}

// tagHolds says whether a build tag holds for the compiler here.
func tagHolds(tag string) bool {
	switch tag {
	case runtime.GOOS, runtime.GOARCH, "gc", "test_run":
		return true
	case "cgo", "race", "msan", "asan", "gcflags_noopt":
		return false
	}
	return slices.Contains(build.Default.ReleaseTags, tag) || slices.Contains(build.Default.ToolTags, tag)
}
