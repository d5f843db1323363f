package rtype

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"
)

// The runtime calls a method by the address of its code alone, without a closure.
// So each method that is made gets one of a fixed number of entries, pieces of
// assembly that load the closure in their slot and jump into it.

// slots holds the closures of the entries. The assembly reads it.
var slots [entries]unsafe.Pointer

var used struct {
	sync.Mutex
	n  int
	pc map[unsafe.Pointer]unsafe.Pointer // by closure
}

// entry gives the address of code that calls f, the same for the same f.
func entry(f reflect.Value) (unsafe.Pointer, error) {
	fn := f.Interface()
	closure := (*Eface)(unsafe.Pointer(&fn)).Data
	used.Lock()
	defer used.Unlock()
	if pc := used.pc[closure]; pc != nil {
		return pc, nil
	}
	if used.n == entries {
		return nil, fmt.Errorf("this far side has made %d methods for interpreted types, which is all it can: "+
			"open a fresh gateway, or build the program instead", entries)
	}
	slots[used.n] = closure
	pc := entryPC(used.n)
	used.n++
	if used.pc == nil {
		used.pc = make(map[unsafe.Pointer]unsafe.Pointer)
	}
	used.pc[closure] = pc
	return pc, nil
}
