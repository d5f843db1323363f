// Package iter has the generic part of the standard package of that name.
package iter

import "github.com/farside-go/farside/interp/internal/generic/native"

// Seq is iter.Seq.
type Seq[V any] func(yield func(V) bool)

// Seq2 is iter.Seq2.
type Seq2[K, V any] func(yield func(K, V) bool)

// Pull is iter.Pull. A value goes through any as a pointer: it may be a nil
// interface.
func Pull[V any](seq Seq[V]) (next func() (V, bool), stop func()) {
	pull, stop := native.Pull(func(yield func(any) bool) {
		seq(func(v V) bool { return yield(&v) })
	})
	next = func() (v V, ok bool) {
		item, ok := pull()
		if ok {
			v = *item.(*V)
		}
		return v, ok
	}
	return next, stop
}

type pair[K, V any] struct {
	k K
	v V
}

// Pull2 is iter.Pull2.
func Pull2[K, V any](seq Seq2[K, V]) (next func() (K, V, bool), stop func()) {
	pull, stop := native.Pull(func(yield func(any) bool) {
		seq(func(k K, v V) bool { return yield(&pair[K, V]{k, v}) })
	})
	next = func() (k K, v V, ok bool) {
		item, ok := pull()
		if ok {
			p := item.(*pair[K, V])
			k, v = p.k, p.v
		}
		return k, v, ok
	}
	return next, stop
}
