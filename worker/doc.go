// Package worker is the far side: it serves one byte stream.
//
// A program becomes its own worker by one line at the top of main, or of
// TestMain:
//
//	func main() {
//		worker.Main()
//		...
//	}
//
// Main returns at once unless the process was started as a worker. A worker of
// this package runs functions that the program has registered (see package gateway) but
// no source: it does not link the interpreter. For one that does, call Main of package
// interp instead.
//
// [Run] is the whole main of a program that is one far function.
//
// [InProcess] serves a byte stream inside this process, for tests.
package worker
