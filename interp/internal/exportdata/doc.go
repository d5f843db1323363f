// Package exportdata holds the types of the standard library's public packages
// and of farside's own, and reads them package by package.
//
// go/types needs the declarations of every package that a source imports. A far
// side has no toolchain to ask, so they travel with the program, in files that
// go generate writes. They are in a format of our own: the compiler's carries
// function bodies, and the one of golang.org/x/tools is only promised to be read
// by the version that wrote it, which the program that links us may replace.
//
// # What is kept
//
// All that a source can see of a package: exported objects and what they are
// made of, down to names of parameters. Unexported fields keep their name, their
// size and whether they can be compared, but no name of a type; unexported
// methods are kept where an interface asks for them. Positions are left out.
//
// # Format
//
// An archive is an index and compressed sections. A package has two sections:
// its types, which other packages refer to, and its constants, variables and
// functions, which are only read when it is imported. A section that is not the
// same on all targets is there several times.
//
// A section is a table of strings, one of packages, one of types and one of
// declarations, sorted by name. Types and declarations are decoded when they are
// asked for. The tables of the second section continue those of the first.
// Numbers are varints.
package exportdata
