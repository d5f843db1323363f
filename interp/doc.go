// Package interp runs Go source on the far side: it is the [worker.Engine] that
// stands on the yaegi interpreter.
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
// # How a source runs
//
//	text --shape--> file --parse, complete--> AST --compile--> program --run--> result
//
// The text becomes one file of package main whose positions are still those of
// the text. The AST is completed (imports, the call of the far function, tags
// that keep unexported fields from leaking) and given to an interpreter of its
// own, which has only the symbols that the source can reach. What checks or
// rewrites a program belongs between complete and compile.
//
// # What ends with a program
//
// A program is a part of this process. Its own goroutine can be stopped unless
// it is blocked in compiled code, and its panics are errors. A panic in a
// goroutine that it started, a stack that overflows and a fatal error of the
// runtime end the process. A package main takes its interpreted goroutines with
// it when main returns; goroutines and callbacks of other programs go on, and
// have ctx to tell them when to end.
package interp
