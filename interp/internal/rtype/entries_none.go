//go:build !amd64 && !arm64

package rtype

import "unsafe"

// Methods can be made where there is assembly for them.
const entries = 0

func entryPC(int) unsafe.Pointer { return nil }

// StackUsed and Goroutine are not known here: the runtime ends what overflows, and
// panics that pass through compiled code on two goroutines at once may be mixed up.
func StackUsed() uintptr { return 0 }
func Goroutine() uintptr { return 0 }

func isEntry(uintptr) bool { return false }
