// Package stdlib holds the standard library's symbols: for each package a table
// from names to [reflect.Value], in the form that an interpreter of type-checked
// source takes. Package interp gives them to its compiler, as the Symbol of
// interp/internal/compile.Symbols. Nothing happens before [Symbols] is asked for
// a package: the tables are data that the linker lays out.
//
// # What is in a table
//
//   - functions, as they are;
//   - variables, addressable;
//   - types, as nil pointers to them.
//
// Constants and constraints are known to the type-checker and mean nothing at run
// time. Generic functions and types have only instances there. None of them is in
// a table, so that of a package such as maps is empty.
//
// Nothing is restricted: os.Exit exits. An interpreter that wants another
// os.Exit, or its own standard output behind fmt.Println, replaces the entry in
// the map that it was given.
//
// # Packages and platforms
//
// The packages are those of the Go release that generated the tables, Go 1.26,
// except plugin, runtime/cgo, runtime/race and unsafe, and those that do something
// by being linked: expvar and net/http/pprof, which put handlers on
// http.DefaultServeMux, and time/tzdata. On linux, darwin and windows, each on
// amd64 and arm64, all others are there; on any other platform those are missing
// that differ between these: log/syslog and syscall.
//
// A program that imports this package links all of the standard library.
package stdlib

//go:generate go run ../internal/gensymbols
