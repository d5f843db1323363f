package composite

import (
	"sync/atomic"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// word gives the first word of interface values: the type, or for an interface
// with methods its itab.
func word(inter, t *rtype.Type) unsafe.Pointer {
	if inter.Reflect().NumMethod() == 0 {
		return unsafe.Pointer(t)
	}
	return unsafe.Pointer(rtype.ItabFor(inter, t))
}

// MakeInterface is d = inter(v), for a value of a type that is no interface.
func MakeInterface(inter, t *rtype.Type, d, v uintptr) vm.Op {
	tab := lazyWord(inter, t)
	if t.Direct() {
		return func(fr *vm.Frame) { *move.At[words](fr, d) = words{tab(), *move.At[unsafe.Pointer](fr, v)} }
	}
	return func(fr *vm.Frame) { *move.At[words](fr, d) = words{tab(), rtype.Box(t, fr.At(v))} }
}

// lazyWord gives word(inter, t) when it is first needed: the type's methods may
// not be known before.
func lazyWord(inter, t *rtype.Type) func() unsafe.Pointer {
	var known atomic.Pointer[byte]
	return func() unsafe.Pointer {
		if p := known.Load(); p != nil {
			return unsafe.Pointer(p)
		}
		p := word(inter, t)
		known.Store((*byte)(p))
		return p
	}
}

// words are an interface value: what tells its type, and what it holds.
type words struct{ first, data unsafe.Pointer }

// dynamic gives the type that an interface value holds, nil if it is nil.
func dynamic(methods bool, first unsafe.Pointer) *rtype.Type {
	if methods && first != nil {
		return (*rtype.Itab)(first).Type
	}
	return (*rtype.Type)(first)
}

// An itabCache remembers the last answer of one instruction.
type itabCache struct{ last atomic.Pointer[itabAnswer] }

type itabAnswer struct {
	t   *rtype.Type
	tab unsafe.Pointer // nil: t does not implement it
}

// lookup gives the first word of an interface of type inter that holds a t.
func (c *itabCache) lookup(inter, t *rtype.Type) unsafe.Pointer {
	if a := c.last.Load(); a != nil && a.t == t {
		return a.tab
	}
	a := &itabAnswer{t, word(inter, t)}
	c.last.Store(a)
	return a.tab
}

func hasMethods(inter *rtype.Type) bool { return inter.Reflect().NumMethod() > 0 }

// ConvertInterface is d = to(v), between interface types of which the second
// implements the first.
func ConvertInterface(to, from *rtype.Type, d, v uintptr) vm.Op {
	methods, cache := hasMethods(from), new(itabCache)
	return func(fr *vm.Frame) {
		w := *move.At[words](fr, v)
		t := dynamic(methods, w.first)
		if t == nil {
			*move.At[words](fr, d) = words{}
			return
		}
		*move.At[words](fr, d) = words{cache.lookup(to, t), w.data}
	}
}

// AssertInterface is d, ok = v.(to), for an interface type. Where ok is nil, it
// panics if v does not hold one.
func AssertInterface(to, from *rtype.Type, d, v uintptr, ok *uintptr) vm.Op {
	methods, cache := hasMethods(from), new(itabCache)
	return func(fr *vm.Frame) {
		w := *move.At[words](fr, v)
		t := dynamic(methods, w.first)
		var tab unsafe.Pointer
		if t != nil {
			tab = cache.lookup(to, t)
		}
		if ok != nil {
			*move.At[bool](fr, *ok) = tab != nil
		} else if tab == nil {
			if t == nil {
				badAssertion(nil, nil, to)
			}
			rtype.FailItab(to, t)
		}
		if tab == nil {
			w.data = nil
		}
		*move.At[words](fr, d) = words{tab, w.data}
	}
}

// Assert is d, ok = v.(T), for a type that is no interface. Where ok is nil, it
// panics if v does not hold one.
func Assert(to, from *rtype.Type, d, v uintptr, ok *uintptr) vm.Op {
	methods := hasMethods(from)
	return func(fr *vm.Frame) {
		w := *move.At[words](fr, v)
		t := dynamic(methods, w.first)
		if ok != nil {
			*move.At[bool](fr, *ok) = t == to
		} else if t != to {
			badAssertion(from, t, to)
		}
		if t == to {
			rtype.Unbox(to, fr.At(d), w.data)
		} else {
			rtype.Clear(to, fr.At(d))
		}
	}
}

// Is is d = whether v holds a value of type t, for a type that is no interface.
// It is nil if t is nil.
func Is(t, from *rtype.Type, d, v uintptr) vm.Op {
	methods := hasMethods(from)
	return func(fr *vm.Frame) { *move.At[bool](fr, d) = dynamic(methods, move.At[words](fr, v).first) == t }
}
