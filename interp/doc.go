// Package interp runs Go source on the far side: it is the [worker.Engine] that
// compiles what it is given and runs it at once.
//
// # What a source may be
//
// Bare statements, with ctx, channel and args predeclared and standard packages
// imported as they are used:
//
//	for item := range channel.Items(ctx) {
//		channel.Send(ctx, strings.ToUpper(item.(string)))
//	}
//
// A file with a far function, which is the one that is asked for by name or the
// only one whose first parameter is a context.Context:
//
//	func Add(ctx context.Context, a, b int) (int, error) { return a + b, nil }
//
// A whole package main, which runs as it would at home.
//
// Which of them a text is follows from its tokens alone. In all of them a
// package that is used and not imported is imported; functions, methods and
// types among bare statements are declared as in a file, so that they may
// follow their use.
//
// # What it means
//
// A source means what it means when the Go compiler compiles it, or it is refused
// before it starts, in the compiler's words: see docs/fidelity.md. The values of a
// program are Go values, with the methods of the types that it declares: compiled
// code, such as fmt or encoding/json, cannot tell them from its own.
//
// # How a source runs
//
//	text --shape--> file --check--> typed syntax --compile--> program --run--> result
//
// The text becomes one file of package main whose positions are still those of
// the text. It is type-checked against the standard library, farside's own
// packages and the trees that were imported, and compiled to instructions for a
// machine of our own. A compiled program is kept for the next exec of the same
// source, which starts with fresh variables.
//
// # What ends with a program
//
// A program is a part of this process. It can be stopped unless it is blocked in
// compiled code, and panics of the goroutine that it began on are errors. A panic
// in a goroutine that it started and a stack that overflows end the process, as
// they do at home, and so does memory that is used up (see [Interp.BoundMemory]);
// the message names the program and its lines. A package main takes its
// goroutines with it when main returns; goroutines and callbacks of other programs
// go on, with the variables of the exec that they come from, and have ctx to tell
// them when to end. A line of a session that is stopped takes what it started with
// it, and nothing of earlier lines.
package interp
