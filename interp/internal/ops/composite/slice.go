package composite

import (
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// element gives the address of s[i].
func element(fr *vm.Frame, size, s, i uintptr) unsafe.Pointer {
	h, n := move.At[rtype.Slice](fr, s), *move.At[int](fr, i)
	if uint(n) >= uint(h.Len) {
		outOfRange(number{n: n}, h.Len)
	}
	return unsafe.Add(h.Data, uintptr(n)*size)
}

// Index is d = s[i], for a slice and an int.
func Index(elem *rtype.Type, d, s, i uintptr) vm.Op {
	switch move.ClassOf(elem) {
	case move.Class8:
		return func(fr *vm.Frame) { *move.At[uint8](fr, d) = *(*uint8)(element(fr, 1, s, i)) }
	case move.Class32:
		return func(fr *vm.Frame) { *move.At[uint32](fr, d) = *(*uint32)(element(fr, 4, s, i)) }
	case move.Class64:
		return func(fr *vm.Frame) { *move.At[uint64](fr, d) = *(*uint64)(element(fr, 8, s, i)) }
	case move.ClassPointer:
		return func(fr *vm.Frame) { *move.At[unsafe.Pointer](fr, d) = *(*unsafe.Pointer)(element(fr, 8, s, i)) }
	case move.ClassString:
		return func(fr *vm.Frame) { *move.At[string](fr, d) = *(*string)(element(fr, 16, s, i)) }
	}
	c, size := move.ClassOf(elem), elem.Size()
	return func(fr *vm.Frame) { move.Transfer(c, elem, fr.At(d), element(fr, size, s, i)) }
}

// SetIndex is s[i] = v, for a slice and an int.
func SetIndex(elem *rtype.Type, s, i, v uintptr) vm.Op {
	switch move.ClassOf(elem) {
	case move.Class8:
		return func(fr *vm.Frame) { *(*uint8)(element(fr, 1, s, i)) = *move.At[uint8](fr, v) }
	case move.Class64:
		return func(fr *vm.Frame) { *(*uint64)(element(fr, 8, s, i)) = *move.At[uint64](fr, v) }
	case move.ClassString:
		return func(fr *vm.Frame) { *(*string)(element(fr, 16, s, i)) = *move.At[string](fr, v) }
	}
	c, size := move.ClassOf(elem), elem.Size()
	return func(fr *vm.Frame) { move.Transfer(c, elem, element(fr, size, s, i), fr.At(v)) }
}

// IndexAddress is d = &s[i], for a slice and an int.
func IndexAddress(elem *rtype.Type, d, s, i uintptr) vm.Op {
	size := elem.Size()
	return func(fr *vm.Frame) { *move.At[unsafe.Pointer](fr, d) = element(fr, size, s, i) }
}

// inArray gives the offset of a[i] in an array of n.
func inArray(fr *vm.Frame, size uintptr, n int, i uintptr) uintptr {
	index := *move.At[int](fr, i)
	if uint(index) >= uint(n) {
		outOfRange(number{n: index}, n)
	}
	return uintptr(index) * size
}

// IndexPointer is d = &(*p).field[i], for an array that is off bytes behind p.
func IndexPointer(elem *rtype.Type, n int, d, p, off, i uintptr) vm.Op {
	size := elem.Size()
	return func(fr *vm.Frame) {
		a := move.Deref(fr, p, off)
		*move.At[unsafe.Pointer](fr, d) = unsafe.Add(a, inArray(fr, size, n, i))
	}
}

// IndexString is d = s[i].
func IndexString(d, s, i uintptr) vm.Op {
	return func(fr *vm.Frame) {
		text, n := *move.At[string](fr, s), *move.At[int](fr, i)
		if uint(n) >= uint(len(text)) {
			outOfRange(number{n: n}, len(text))
		}
		*move.At[byte](fr, d) = text[n]
	}
}

// Slice is d = s[low:high:max], for a slice.
func Slice(elem *rtype.Type, d, s uintptr, b Bounds) vm.Op {
	return func(fr *vm.Frame) {
		h := *move.At[rtype.Slice](fr, s)
		c := b.read(fr, h.Len, h.Cap)
		if !c.fits(h.Cap) {
			c.fail(h.Cap, "capacity")
		}
		*move.At[rtype.Slice](fr, d) = c.of(elem, h.Data)
	}
}

// of gives a part of memory as a slice. One without room points to the
// beginning: behind it may be another variable.
func (c *cutting) of(elem *rtype.Type, data unsafe.Pointer) rtype.Slice {
	if c.limit.n > c.low.n {
		data = unsafe.Add(data, uintptr(c.low.n)*elem.Size())
	}
	return rtype.Slice{Data: data, Len: c.high.n - c.low.n, Cap: c.limit.n - c.low.n}
}

// SlicePointer is d = (*p)[low:high:max], for a pointer to an array of n.
func SlicePointer(elem *rtype.Type, n int, d, p uintptr, b Bounds) vm.Op {
	return func(fr *vm.Frame) {
		data := move.Deref(fr, p, 0)
		c := b.read(fr, n, n)
		if !c.fits(n) {
			c.fail(n, "length")
		}
		*move.At[rtype.Slice](fr, d) = c.of(elem, data)
	}
}

// SliceString is d = s[low:high].
func SliceString(d, s uintptr, b Bounds) vm.Op {
	return func(fr *vm.Frame) {
		text := *move.At[string](fr, s)
		c := b.read(fr, len(text), len(text))
		if !c.fits(len(text)) {
			c.fail(len(text), "length")
		}
		*move.At[string](fr, d) = text[c.low.n:c.high.n]
	}
}

// BigIndex panics if the unsigned index at i does not fit an int, for something
// of the length that is at n.
func BigIndex(i, n uintptr) vm.Op {
	return func(fr *vm.Frame) {
		if index := *move.At[int](fr, i); index < 0 {
			outOfRange(number{index, true}, *move.At[int](fr, n))
		}
	}
}

// MakeSlice is d = make([]T, n, c), where n and c are ints.
func MakeSlice(elem *rtype.Type, d, n, c uintptr) vm.Op {
	return func(fr *vm.Frame) {
		fr.Allocate(move.Room(elem.Size(), *move.At[int](fr, c)))
		*move.At[rtype.Slice](fr, d) = rtype.MakeSlice(elem, *move.At[int](fr, n), *move.At[int](fr, c))
	}
}

// ArrayLiteral is d = a new array of n, as a slice.
func ArrayLiteral(elem *rtype.Type, n int, d uintptr) vm.Op {
	return func(fr *vm.Frame) {
		*move.At[rtype.Slice](fr, d) = rtype.Slice{Data: rtype.NewArray(elem, n), Len: n, Cap: n}
	}
}

// Append is d = append(s, values...), where the values lie at the places given.
func Append(elem *rtype.Type, d, s uintptr, values []uintptr) vm.Op {
	c, size, n := move.ClassOf(elem), elem.Size(), len(values)
	return func(fr *vm.Frame) {
		h := *move.At[rtype.Slice](fr, s)
		grown := extend(fr, elem, h, n)
		for i, v := range values {
			move.Transfer(c, elem, unsafe.Add(grown.Data, uintptr(h.Len+i)*size), fr.At(v))
		}
		*move.At[rtype.Slice](fr, d) = grown
	}
}

// extend makes a slice longer by n.
func extend(fr *vm.Frame, elem *rtype.Type, h rtype.Slice, n int) rtype.Slice {
	length := h.Len + n
	if uint(length) > uint(h.Cap) {
		fr.Allocate(move.Room(elem.Size(), max(length, h.Cap+h.Cap/4)))
		return rtype.Grow(elem, h, length, n)
	}
	return rtype.Slice{Data: h.Data, Len: length, Cap: h.Cap}
}

// AppendSlice is d = append(s, more...).
func AppendSlice(elem *rtype.Type, d, s, more uintptr) vm.Op {
	return func(fr *vm.Frame) {
		h, m := *move.At[rtype.Slice](fr, s), *move.At[rtype.Slice](fr, more)
		if m.Len == 0 {
			*move.At[rtype.Slice](fr, d) = h
			return
		}
		grown := extend(fr, elem, h, m.Len)
		tail := rtype.Slice{Data: unsafe.Add(grown.Data, uintptr(h.Len)*elem.Size()), Len: m.Len, Cap: m.Len}
		rtype.CopySlice(elem, tail, m)
		*move.At[rtype.Slice](fr, d) = grown
	}
}

// AppendString is d = append(s, text...).
func AppendString(d, s, text uintptr) vm.Op {
	return func(fr *vm.Frame) {
		b, more := *move.At[[]byte](fr, s), *move.At[string](fr, text)
		if length := len(b) + len(more); length > cap(b) {
			fr.Allocate(uintptr(max(length, cap(b)+cap(b)/4)))
		}
		*move.At[[]byte](fr, d) = append(b, more...)
	}
}

// Copy is d = copy(dst, src).
func Copy(elem *rtype.Type, d, dst, src uintptr) vm.Op {
	return func(fr *vm.Frame) {
		*move.At[int](fr, d) = rtype.CopySlice(elem, *move.At[rtype.Slice](fr, dst), *move.At[rtype.Slice](fr, src))
	}
}

// CopyString is d = copy(dst, text).
func CopyString(d, dst, text uintptr) vm.Op {
	return func(fr *vm.Frame) { *move.At[int](fr, d) = copy(*move.At[[]byte](fr, dst), *move.At[string](fr, text)) }
}

// ClearSlice is clear(s).
func ClearSlice(elem *rtype.Type, s uintptr) vm.Op {
	return func(fr *vm.Frame) {
		h := *move.At[rtype.Slice](fr, s)
		for i := range h.Len {
			rtype.Clear(elem, unsafe.Add(h.Data, uintptr(i)*elem.Size()))
		}
	}
}

// SliceToArray is d = &[n]T(s) without copying: the pointer to the array that a
// slice lies in.
func SliceToArray(n int, d, s uintptr) vm.Op {
	return func(fr *vm.Frame) {
		h := *move.At[rtype.Slice](fr, s)
		if h.Len < n {
			panic(conversionError{h.Len, n})
		}
		*move.At[unsafe.Pointer](fr, d) = h.Data
	}
}

// Decode is the step of a range over a string: it decodes the rune of s at i, and
// gives its width. It jumps to done at the end.
func Decode(s, i, r, width uintptr, done *move.Label) vm.Op {
	return func(fr *vm.Frame) {
		text, at0 := *move.At[string](fr, s), *move.At[int](fr, i)
		if at0 >= len(text) {
			fr.PC = done.PC
			return
		}
		for n, c := range text[at0:] {
			if n > 0 {
				*move.At[int](fr, width) = n
				return
			}
			*move.At[rune](fr, r) = c
		}
		*move.At[int](fr, width) = len(text) - at0
	}
}

// IndexFrame is d = &a[i], for an array of n in the frame. The address is good
// until the statement ends.
func IndexFrame(elem *rtype.Type, n int, d, a, i uintptr) vm.Op {
	size := elem.Size()
	return func(fr *vm.Frame) {
		*move.At[unsafe.Pointer](fr, d) = fr.At(a + inArray(fr, size, n, i))
	}
}
