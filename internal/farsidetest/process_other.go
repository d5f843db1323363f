//go:build !linux

package farsidetest

// Children lists none: only Linux tells.
func Children() []int { return nil }

// Alive reports false: only Linux tells.
func Alive(int) bool { return false }

// Stopped reports true: only Linux tells.
func Stopped(int) bool { return true }

// Files is 0: only Linux tells.
func Files() int { return 0 }
