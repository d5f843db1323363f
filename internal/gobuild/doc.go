// Package gobuild has the local toolchain compile programs for far sides, and keeps
// what it made.
//
// What is built is a package, or a text that means what interpreted source means. A far
// function in it is made a program of its own (farmain); a whole package main is
// compiled as it is. The files that this takes are laid over the user's with
// `go build -overlay`, so that internal packages, workspaces, replacements, vendor
// folders, embedded files and build tags are what they are for the user, and nothing is
// written there. Where the user's modules do not have farside, or modules are asked for,
// a workspace is made for the build that has the user's modules and one more.
//
// # The cache
//
// Programs are kept by their hash (package store). Beside them are
//
//	KEY.request   what a request came to, with everything that was looked at for it
//	KEY.content   what was made of the content of all files, toolchain, flags and target
//	XX.turn       locked by the one who builds, of all requests whose key begins so
//	make-...      what a build in progress works in, locked as long as it is
//
// A request whose inputs are as they were is answered without running anything. If
// they are not, the go command is asked what goes into the program, and only if nothing
// was made of that content before does it compile.
package gobuild
