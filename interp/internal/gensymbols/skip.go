package main

import "strings"

// skipped are the public packages that have no table, and why.
var skipped = map[string]string{
	"expvar":         "linking it puts a handler on http.DefaultServeMux of the program that links us",
	"net/http/pprof": "linking it puts handlers on http.DefaultServeMux of the program that links us",
	"time/tzdata":    "linking it changes time.LoadLocation for the program that links us",
	"plugin":         "loads shared objects built by the same toolchain; needs cgo",
	"runtime/cgo":    "for the code that cgo generates",
	"runtime/race":   "for programs built with -race; without it there is nothing in it",
	"syscall/js":     "only under GOOS=js",
	"unsafe":         "known to the compiler only; an interpreter brings its own",
}

// public reports whether a package of the standard library may be imported by
// other modules.
func public(path string) bool {
	for elem := range strings.SplitSeq(path, "/") {
		if elem == "internal" || elem == "vendor" || elem == "cmd" {
			return false
		}
	}
	return true
}

// wanted reports whether a package gets a table.
func wanted(path string) bool {
	_, skip := skipped[path]
	return public(path) && !skip
}
