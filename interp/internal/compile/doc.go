// Package compile turns type-checked Go into what package vm runs.
//
// Each function becomes a list of instructions over a frame that has a place for
// every variable and every intermediate value. Variables that closures capture
// or whose address is taken live on the heap, as the Go compiler's do when they
// escape; the frame holds a pointer to them. Generic functions are compiled for
// each set of type arguments.
//
// Within a statement, calls and what else can have effects run first, in the
// order of the specification, and plain reads of variables after them; where the
// specification leaves that open it is what the Go compiler does.
package compile
