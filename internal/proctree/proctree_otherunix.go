//go:build unix && !linux

package proctree

// Adopt does nothing: there is no such service here.
func Adopt() {}

// descendants finds none: only the process group is known here.
func descendants(int) []int { return nil }
