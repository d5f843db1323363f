//go:build !amd64 && !arm64

package rtype

import "unsafe"

// Methods can be made where there is assembly for them.
const entries = 0

func entryPC(int) unsafe.Pointer { return nil }

func isEntry(uintptr) bool { return false }
