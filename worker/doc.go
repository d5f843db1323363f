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
// this package runs no source: it does not link the interpreter. For one that
// does, call Main of package interp instead.
//
// [InProcess] serves a byte stream inside this process, for tests.
package worker
