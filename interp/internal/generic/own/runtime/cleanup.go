// Package runtime has the generic part of the standard package of that name.
package runtime

import (
	"runtime"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/generic/native"
)

// Cleanup is runtime.Cleanup.
type Cleanup = runtime.Cleanup

// AddCleanup is runtime.AddCleanup.
func AddCleanup[T, S any](ptr *T, cleanup func(S), arg S) Cleanup {
	if any(arg) == any(ptr) && ptr != nil {
		panic("runtime.AddCleanup: ptr is equal to arg, cleanup will never run")
	}
	return native.AddCleanup(unsafe.Pointer(ptr), func() { cleanup(arg) })
}
