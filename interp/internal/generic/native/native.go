// Package native is what the generic packages beside it need of compiled code:
// functions of the standard library, instantiated for any type.
//
// An interpreter has no instance of a generic function for a type that it made
// itself. Where the library's own source cannot be interpreted, because the
// runtime has a hand in it, one instance of it serves all types.
package native

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"hash"
	"hash/maphash"
	"iter"
	"runtime"
	"unique"
	"unsafe"
	"weak"
)

// Pull is iter.Pull.
func Pull(seq func(yield func(any) bool)) (next func() (any, bool), stop func()) {
	return iter.Pull(iter.Seq[any](seq))
}

// A Unique is a unique.Handle.
type Unique struct{ handle unique.Handle[any] }

// MakeUnique is unique.Make.
func MakeUnique(v any) Unique { return Unique{unique.Make(v)} }

// Value gives what the handle was made of.
func (u Unique) Value() any { return u.handle.Value() }

// A Weak is a weak.Pointer.
type Weak struct{ pointer weak.Pointer[byte] }

// MakeWeak is weak.Make.
func MakeWeak(p unsafe.Pointer) Weak { return Weak{weak.Make((*byte)(p))} }

// Value gives the pointer, or nil when what it points to is gone.
func (w Weak) Value() unsafe.Pointer { return unsafe.Pointer(w.pointer.Value()) }

// AddCleanup is runtime.AddCleanup.
func AddCleanup(p unsafe.Pointer, cleanup func()) runtime.Cleanup {
	return runtime.AddCleanup((*byte)(p), func(f func()) { f() }, cleanup)
}

// Comparable is maphash.Comparable.
func Comparable(seed maphash.Seed, v any) uint64 { return maphash.Comparable(seed, v) }

// WriteComparable is maphash.WriteComparable.
func WriteComparable(h *maphash.Hash, v any) { maphash.WriteComparable(h, v) }

// HKDFExtract is hkdf.Extract.
func HKDFExtract(h func() hash.Hash, secret, salt []byte) ([]byte, error) {
	return hkdf.Extract(h, secret, salt)
}

// HKDFExpand is hkdf.Expand.
func HKDFExpand(h func() hash.Hash, key []byte, info string, length int) ([]byte, error) {
	return hkdf.Expand(h, key, info, length)
}

// HKDFKey is hkdf.Key.
func HKDFKey(h func() hash.Hash, secret, salt []byte, info string, length int) ([]byte, error) {
	return hkdf.Key(h, secret, salt, info, length)
}

// PBKDF2Key is pbkdf2.Key.
func PBKDF2Key(h func() hash.Hash, password string, salt []byte, iter, length int) ([]byte, error) {
	return pbkdf2.Key(h, password, salt, iter, length)
}

// ConvertAssign is what Rows.Scan of database/sql does with one column. The
// library keeps it in place for those who link to it.
//
//go:linkname ConvertAssign database/sql.convertAssign
func ConvertAssign(dst, src any) error
