//go:build amd64 || arm64

package rtype

import "unsafe"

// entries is how many methods can be made in one process, entrySize how far
// their entries are apart.
const (
	entries   = 32768
	entrySize = 16
)

// first is all the entries, one behind the other. It is never called.
func first()

// firstPC is the address of the first entry.
var firstPC unsafe.Pointer

func entryPC(i int) unsafe.Pointer { return unsafe.Add(firstPC, i*entrySize) }

// StackUsed is how many bytes of its stack the calling goroutine uses. It is read
// in one piece, since a stack moves when it grows.
func StackUsed() uintptr

// Goroutine tells the calling goroutine from all others that there are.
func Goroutine() uintptr

// isEntry reports whether the address of a piece of code is that of an entry.
func isEntry(code uintptr) bool {
	return code >= uintptr(firstPC) && code < uintptr(firstPC)+entries*entrySize
}
