package rtype

import "unsafe"

// The functions below are the runtime's own, which it keeps reachable.

//go:linkname addReflectOff reflect.addReflectOff
func addReflectOff(ptr unsafe.Pointer) int32

//go:linkname mallocgc runtime.mallocgc
func mallocgc(size uintptr, typ *Type, needZero bool) unsafe.Pointer

//go:linkname newarray runtime.newarray
func newarray(typ *Type, n int) unsafe.Pointer

//go:linkname typedmemmove runtime.typedmemmove
//go:noescape
func typedmemmove(typ *Type, dst, src unsafe.Pointer)

//go:linkname typedslicecopy runtime.typedslicecopy
func typedslicecopy(typ *Type, dst unsafe.Pointer, dstLen int, src unsafe.Pointer, srcLen int) int

//go:linkname memclrHasPointers runtime.memclrHasPointers
//go:noescape
func memclrHasPointers(ptr unsafe.Pointer, n uintptr)

//go:linkname growslice runtime.growslice
func growslice(old unsafe.Pointer, newLen, oldCap, num int, elem *Type) Slice

//go:linkname makeslice runtime.makeslice
func makeslice(elem *Type, length, capacity int) unsafe.Pointer

//go:linkname getitab runtime.getitab
func getitab(inter, typ *Type, canFail bool) unsafe.Pointer

//go:linkname makemap runtime.makemap
func makemap(t *Type, hint int, m unsafe.Pointer) unsafe.Pointer

//go:linkname mapaccess2 runtime.mapaccess2
//go:noescape
func mapaccess2(t *Type, m, key unsafe.Pointer) (unsafe.Pointer, bool)

//go:linkname mapassign runtime.mapassign
func mapassign(t *Type, m, key unsafe.Pointer) unsafe.Pointer

//go:linkname mapdelete runtime.mapdelete
//go:noescape
func mapdelete(t *Type, m, key unsafe.Pointer)

//go:linkname mapiterinit runtime.mapiterinit
func mapiterinit(t *Type, m unsafe.Pointer, it *MapIter)

//go:linkname mapiternext runtime.mapiternext
func mapiternext(it *MapIter)
