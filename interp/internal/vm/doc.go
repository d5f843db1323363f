// Package vm runs compiled far-side code: functions as lists of instructions over
// frames of typed memory.
//
// A frame is a piece of memory that lies as the Go compiler would lay it out, so
// the collector follows it and every value in it is a real Go value. An [Op] is
// one instruction: a Go closure that knows the places of its operands in the
// frame. Running a function is calling its instructions one after the other.
// What panics in one is a Go panic, what blocks in one blocks as in Go, and a
// goroutine of the program is a goroutine.
//
// The packages of ops make instructions, package compile chooses them.
package vm
