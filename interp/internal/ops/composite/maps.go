package composite

import (
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// MakeMap is d = make(map[K]V, n), where n is an int.
func MakeMap(t *rtype.Type, d, n uintptr) vm.Op {
	size := t.Key().Size() + t.Elem().Size()
	return func(fr *vm.Frame) {
		fr.Allocate(move.Room(size, *move.At[int](fr, n)))
		*move.At[unsafe.Pointer](fr, d) = rtype.MakeMap(t, *move.At[int](fr, n))
	}
}

// MapIndex is d, ok = m[k]; ok may be nil.
func MapIndex(t *rtype.Type, d, m, k uintptr, ok *uintptr) vm.Op {
	elem := t.Elem()
	c := move.ClassOf(elem)
	return func(fr *vm.Frame) {
		p, found := rtype.MapGet(t, *move.At[unsafe.Pointer](fr, m), fr.At(k))
		if found {
			move.Transfer(c, elem, fr.At(d), p)
		} else {
			rtype.Clear(elem, fr.At(d))
		}
		if ok != nil {
			*move.At[bool](fr, *ok) = found
		}
	}
}

// SetMapIndex is m[k] = v.
func SetMapIndex(t *rtype.Type, m, k, v uintptr) vm.Op {
	elem := t.Elem()
	c := move.ClassOf(elem)
	return func(fr *vm.Frame) {
		fr.Allocate(0)
		move.Transfer(c, elem, rtype.MapPut(t, *move.At[unsafe.Pointer](fr, m), fr.At(k)), fr.At(v))
	}
}

// MapDelete is delete(m, k).
func MapDelete(t *rtype.Type, m, k uintptr) vm.Op {
	return func(fr *vm.Frame) { rtype.MapDelete(t, *move.At[unsafe.Pointer](fr, m), fr.At(k)) }
}

// MapClear is clear(m).
func MapClear(t *rtype.Type, m uintptr) vm.Op {
	return func(fr *vm.Frame) { rtype.ValueAt(t, fr.At(m)).Clear() }
}

// MapLen is d = len(m).
func MapLen(d, m uintptr) vm.Op {
	return func(fr *vm.Frame) { *move.At[int](fr, d) = rtype.MapLen(*move.At[unsafe.Pointer](fr, m)) }
}

// MapRange begins a range over a map: it is the place of a pointer.
func MapRange(t *rtype.Type, it, m uintptr) vm.Op {
	return func(fr *vm.Frame) {
		iter := new(rtype.MapIter)
		if p := *move.At[unsafe.Pointer](fr, m); p != nil {
			iter.Start(t, p)
		}
		*move.At[unsafe.Pointer](fr, it) = unsafe.Pointer(iter)
	}
}

// MapNext copies the present entry to k and v, which may be nil, and goes on to
// the next. It jumps to done at the end.
func MapNext(t *rtype.Type, it uintptr, k, v *uintptr, done *move.Label) vm.Op {
	key, elem := t.Key(), t.Elem()
	kc, vc := move.ClassOf(key), move.ClassOf(elem)
	return func(fr *vm.Frame) {
		iter := *move.At[*rtype.MapIter](fr, it)
		if iter.Key == nil {
			fr.PC = done.PC
			return
		}
		if k != nil {
			move.Transfer(kc, key, fr.At(*k), iter.Key)
		}
		if v != nil {
			move.Transfer(vc, elem, fr.At(*v), iter.Elem)
		}
	}
}

// MapAdvance goes to the next entry.
func MapAdvance(it uintptr) vm.Op {
	return func(fr *vm.Frame) { (*move.At[*rtype.MapIter](fr, it)).Next() }
}
