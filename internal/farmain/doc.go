// Package farmain writes the main packages of built programs: what stands around a far
// function so that it is a program of its own, a worker with one registered function.
//
// A text means here what it means to the interpreter: the same forms, the same far
// function, the same packages imported as they are used, the same positions. What is
// put into a text is followed by a line directive wherever it would move the rest.
package farmain
