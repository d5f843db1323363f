// Package sync has the generic part of the standard package of that name.
package sync

import "sync"

// Once is what OnceValue and OnceValues of the standard library stand on.
type Once = sync.Once
