// Package maphash has the generic part of the standard package of that name.
package maphash

import (
	"hash/maphash"

	"github.com/farside-go/farside/interp/internal/generic/native"
)

// Hash and Seed are those of the standard package.
type (
	Hash = maphash.Hash
	Seed = maphash.Seed
)

// Comparable is maphash.Comparable.
func Comparable[T comparable](seed Seed, v T) uint64 { return native.Comparable(seed, v) }

// WriteComparable is maphash.WriteComparable.
func WriteComparable[T comparable](h *Hash, x T) { native.WriteComparable(h, x) }
