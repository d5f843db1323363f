package main

import (
	"strings"

	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// A target is a platform whose tables are generated.
type target struct{ os, arch string }

// targets are the platforms that have every table. On any other one the
// packages that are not the same on all of these have no table.
var targets = func() (list []target) {
	for _, t := range format.Targets {
		os, arch, _ := strings.Cut(t, "/")
		list = append(list, target{os, arch})
	}
	return list
}()

// String gives the target the way the go command does: linux/amd64.
func (t target) String() string { return t.os + "/" + t.arch }

// buildConstraint gives the build constraint that holds on exactly the targets ts.
func buildConstraint(ts []target) string {
	var terms []string
	for _, g := range byOS(ts) {
		switch {
		case len(g.archs) == len(archsOf(g.os)):
			terms = append(terms, g.os+" && ("+strings.Join(g.archs, " || ")+")")
		default:
			for _, a := range g.archs {
				terms = append(terms, g.os+" && "+a)
			}
		}
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return "(" + strings.Join(terms, ") || (") + ")"
}

// suffix gives the end of the name of a file for the targets ts. It either
// agrees with the constraint that the go command reads out of a file's name,
// or ends in "set", which the go command does not read.
func suffix(ts []target) string {
	groups := byOS(ts)
	if len(ts) == 1 {
		return "_" + ts[0].os + "_" + ts[0].arch
	}
	if len(groups) == 1 {
		return "_" + groups[0].os
	}
	var b strings.Builder
	for _, g := range groups {
		b.WriteString("_" + g.os)
		if len(g.archs) != len(archsOf(g.os)) {
			b.WriteString("_" + strings.Join(g.archs, "_"))
		}
	}
	return b.String() + "_set"
}

// An osGroup is one operating system and some of its architectures.
type osGroup struct {
	os    string
	archs []string
}

// byOS groups targets that are sorted by operating system.
func byOS(ts []target) []osGroup {
	var groups []osGroup
	for _, t := range ts {
		if n := len(groups); n > 0 && groups[n-1].os == t.os {
			groups[n-1].archs = append(groups[n-1].archs, t.arch)
			continue
		}
		groups = append(groups, osGroup{t.os, []string{t.arch}})
	}
	return groups
}

// archsOf lists the architectures of the targets of one operating system.
func archsOf(os string) (archs []string) {
	for _, t := range targets {
		if t.os == os {
			archs = append(archs, t.arch)
		}
	}
	return archs
}
