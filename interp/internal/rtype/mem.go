package rtype

import (
	"reflect"
	"strconv"
	"sync"
	"unsafe"
)

// A Slice is a slice of whatever type, as it lies in memory.
type Slice struct {
	Data     unsafe.Pointer
	Len, Cap int
}

// An Eface is an interface value without methods, as it lies in memory. Where the
// interface has methods, Type is an *Itab.
type Eface struct {
	Type *Type
	Data unsafe.Pointer
}

// An Iface is an interface value with methods, as it lies in memory.
type Iface struct {
	Tab  *Itab
	Data unsafe.Pointer
}

// An Itab is what the runtime knows of a type as an interface.
type Itab struct {
	Inter *Type
	Type  *Type
}

// New makes a zero value on the heap.
func New(t *Type) unsafe.Pointer { return mallocgc(t.size, t, true) }

// NewArray makes n zero values on the heap.
func NewArray(t *Type, n int) unsafe.Pointer { return newarray(t, n) }

// Move copies a value.
func Move(t *Type, dst, src unsafe.Pointer) { typedmemmove(t, dst, src) }

// Clear makes a value zero.
func Clear(t *Type, p unsafe.Pointer) {
	if t.ptrBytes != 0 {
		memclrHasPointers(p, t.size)
		return
	}
	clear(unsafe.Slice((*byte)(p), t.size))
}

// Grow is what append does with a slice whose capacity is too small: it gives one
// of length newLen with room for num more than before, at old's content.
func Grow(elem *Type, old Slice, newLen, num int) Slice {
	return growslice(old.Data, newLen, old.Cap, num, elem)
}

// MakeSlice is make([]T, length, capacity), and panics as it does.
func MakeSlice(elem *Type, length, capacity int) Slice {
	return Slice{makeslice(elem, length, capacity), length, capacity}
}

// CopySlice is copy(dst, src).
func CopySlice(elem *Type, dst, src Slice) int {
	n := min(dst.Len, src.Len)
	if n == 0 {
		return 0
	}
	if elem.ptrBytes == 0 {
		size := uintptr(n) * elem.size
		copy(unsafe.Slice((*byte)(dst.Data), size), unsafe.Slice((*byte)(src.Data), size))
		return n
	}
	return typedslicecopy(elem, dst.Data, dst.Len, src.Data, src.Len)
}

// A MapIter goes through a map. The zero value is ready for Start.
type MapIter struct {
	Key, Elem unsafe.Pointer // of the present entry; Key is nil at the end
	typ       *Type
	it        unsafe.Pointer
}

// Start goes to the first entry.
func (it *MapIter) Start(t *Type, m unsafe.Pointer) {
	*it = MapIter{}
	mapiterinit(t, m, it)
}

// Next goes to the next entry.
func (it *MapIter) Next() { mapiternext(it) }

// MakeMap is make(map[K]V, hint).
func MakeMap(t *Type, hint int) unsafe.Pointer { return makemap(t, max(hint, 0), nil) }

// MapGet gives the place of a map's element; what is there must not be changed.
func MapGet(t *Type, m, key unsafe.Pointer) (unsafe.Pointer, bool) { return mapaccess2(t, m, key) }

// MapPut gives the place where the element for key is to be stored.
func MapPut(t *Type, m, key unsafe.Pointer) unsafe.Pointer { return mapassign(t, m, key) }

// MapDelete deletes an entry.
func MapDelete(t *Type, m, key unsafe.Pointer) { mapdelete(t, m, key) }

// MapLen is how many entries a map has.
func MapLen(m unsafe.Pointer) int {
	if m == nil {
		return 0
	}
	return int(*(*uint64)(m))
}

// Box gives the data word of an interface that holds the value at p.
func Box(t *Type, p unsafe.Pointer) unsafe.Pointer {
	if t.Direct() {
		return *(*unsafe.Pointer)(p)
	}
	if t.size == 0 {
		return unsafe.Pointer(&zeroSized)
	}
	box := mallocgc(t.size, t, t.ptrBytes != 0)
	typedmemmove(t, box, p)
	return box
}

var zeroSized struct{}

// Unbox copies the value that an interface holds in data to p.
func Unbox(t *Type, p, data unsafe.Pointer) {
	if t.Direct() {
		*(*unsafe.Pointer)(p) = data
		return
	}
	typedmemmove(t, p, data)
}

// ItabFor gives what makes a value of type t an interface of type inter, nil if t
// does not implement it.
func ItabFor(inter, t *Type) *Itab { return (*Itab)(getitab(inter, t, true)) }

// FailItab panics as the assertion of a value of type t to inter does, which t does
// not implement: with the name of a method that it lacks.
func FailItab(inter, t *Type) { getitab(inter, t, false) }

// layouts holds the types that LayoutOf made, for ever: the collector may look at
// the type of memory that nobody refers to any more.
var layouts sync.Map // string of size and mask -> *Type

// LayoutOf gives a type for memory of this size in which values of the given
// types lie at the given offsets. It can be given to New, Move and Clear, and to
// nothing else.
func LayoutOf(size uintptr, types []*Type, offsets []uintptr) *Type {
	const word = unsafe.Sizeof(uintptr(0))
	size = (size + word - 1) &^ (word - 1)
	mask := make([]byte, (size/word+63)/64*word) // the runtime reads it by words
	if size == 0 {
		mask = make([]byte, word)
	}
	var last uintptr
	for i, t := range types {
		markPointers(t, offsets[i], func(off uintptr) {
			w := off / word
			mask[w/8] |= 1 << (w % 8)
			last = max(last, off+word)
		})
	}
	key := strconv.FormatUint(uint64(size), 36) + ":" + string(mask)
	if t, ok := layouts.Load(key); ok {
		return t.(*Type)
	}
	t := &Type{size: size, ptrBytes: last, align: uint8(word), fieldAlign: uint8(word), kind: uint8(reflect.Struct), gcData: &mask[0]}
	first, _ := layouts.LoadOrStore(key, t)
	return first.(*Type)
}

// ClearWords makes words zero that can be pointers.
func ClearWords(p unsafe.Pointer, size uintptr) { memclrHasPointers(p, size) }
