// Package bothways runs a Go program in two ways, compiled and as source on a far
// side, and says whether it meant the same.
//
// The command that runs the toolchain's own tests and the one that makes programs
// up both stand on it. The binary that uses it is the far side's worker: its main
// must call interp.Main first thing.
package bothways
