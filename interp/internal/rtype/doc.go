// Package rtype makes Go types while a program runs: defined types with methods,
// interfaces, structs that embed. It is what lets interpreted code have values
// that compiled code cannot tell from its own: fmt finds their String, json
// their MarshalJSON, %T prints main.T, wherever such a value sits.
//
// reflect makes types too, but no defined ones, none with methods and no
// interfaces. What is missing is added here in the form that the runtime reads
// (internal/abi), through the functions that the runtime keeps reachable for
// such packages. The idea of making methods at run time, and the runtime's
// entry that it needs, come from github.com/goplus/reflectx.
//
// All of it depends on how the toolchain lays out types. [Check] tries that once
// and says so if this program was built by a toolchain that does it differently.
//
// Types live for ever, as all types of a Go program do: whoever makes them keeps
// what it made for the next use of the same source.
package rtype
