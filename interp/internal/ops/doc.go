// Package ops makes the instructions of package vm. Offsets are places in the
// frame; d is where a result goes.
package ops
