package frame

import (
	"unsafe"

	"github.com/farside-go/farside/interp/internal/ops/composite"
	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
)

// A Place is where a value can be read, and perhaps stored.
type Place struct {
	Kind  PlaceKind
	Type  *rtype.Type // of the value
	Off   uintptr     // in the frame: of the value, of the pointer to it, of the slice or map
	Delta uintptr     // pointed: how far behind the pointer
	Sure  bool        // pointed: the pointer is not nil
	Index uintptr     // element, entry: of the index or key
	Whole *rtype.Type // entry: the map's type
}

// A PlaceKind says how a Place is to be read.
type PlaceKind uint8

const (
	InFrame PlaceKind = iota
	Pointed           // where a pointer points to
	Element           // s[i] of a slice
	Entry             // m[k] of a map
	Nowhere           // _
)

// Load gives the value at a place.
func (b *Builder) Load(p Place, d *uintptr) uintptr {
	switch p.Kind {
	case InFrame:
		return b.Moved(p.Type, p.Off, d)
	case Pointed:
		to := b.Dest(d, p.Type)
		b.Emit(move.Load(p.Type, to, p.Off, p.Delta))
		return to
	case Element:
		to := b.Dest(d, p.Type)
		b.Emit(composite.Index(p.Type, to, p.Off, p.Index))
		return to
	case Entry:
		to := b.Dest(d, p.Type)
		b.Emit(composite.MapIndex(p.Whole, to, p.Off, p.Index, nil))
		return to
	}
	return b.Dest(d, p.Type)
}

// Store stores a value at a place.
func (b *Builder) Store(p Place, v uintptr) {
	switch p.Kind {
	case InFrame:
		if p.Off != v {
			b.Emit(move.Copy(p.Type, p.Off, v))
		}
	case Pointed:
		b.Emit(move.Store(p.Type, p.Off, p.Delta, v))
	case Element:
		b.Emit(composite.SetIndex(p.Type, p.Off, p.Index, v))
	case Entry:
		b.Emit(composite.SetMapIndex(p.Whole, p.Off, p.Index, v))
	}
}

// Address gives the place of a pointer to what is at p.
func (b *Builder) Address(p Place, d *uintptr) uintptr {
	to := b.Dest(d, PointerType)
	switch p.Kind {
	case InFrame:
		b.Emit(move.FrameAddress(to, p.Off))
	case Pointed:
		b.Emit(move.Address(to, p.Off, p.Delta))
	case Element:
		b.Emit(composite.IndexAddress(p.Type, to, p.Off, p.Index))
	}
	return to
}

// Part gives the place of a part of what is at p.
func (b *Builder) Part(p Place, t *rtype.Type, delta uintptr) Place {
	switch p.Kind {
	case InFrame:
		return Place{Kind: InFrame, Type: t, Off: p.Off + delta}
	case Pointed:
		return Place{Kind: Pointed, Type: t, Off: p.Off, Delta: p.Delta + delta, Sure: p.Sure}
	case Element:
		return Place{Kind: Pointed, Type: t, Off: b.Address(p, nil), Delta: delta}
	}
	return Place{Kind: InFrame, Type: t, Off: b.Load(p, nil) + delta}
}

// Settled copies what a place depends on, so that assignments before it do not
// move it.
func (b *Builder) Settled(p Place) Place {
	switch p.Kind {
	case Pointed:
		d := b.Temp(PointerType)
		p.Off = b.Moved(PointerType, p.Off, &d)
	case Element:
		s := b.Temp(sliceHeader)
		p.Off = b.Moved(sliceHeader, p.Off, &s)
		i := b.Temp(IntType)
		p.Index = b.Moved(IntType, p.Index, &i)
	case Entry:
		m, k := b.Temp(PointerType), b.Temp(p.Whole.Key())
		p.Off = b.Moved(PointerType, p.Off, &m)
		p.Index = b.Moved(p.Whole.Key(), p.Index, &k)
	}
	return p
}

// LastingAddress gives the address of a place, of a copy if it has none that lasts.
func (b *Builder) LastingAddress(p Place) uintptr {
	if p.Kind == Pointed && p.Delta == 0 {
		if !p.Sure {
			b.Emit(move.NilCheck(p.Off))
		}
		return p.Off
	}
	if p.Kind == Pointed || p.Kind == Element {
		return b.Address(p, nil)
	}
	d := b.Temp(PointerType)
	b.Emit(move.New(p.Type, d))
	b.Emit(move.Store(p.Type, d, 0, b.Load(p, nil)))
	return d
}

// The types of what a frame has beside the values of the source.
var (
	PointerType = rtype.For[unsafe.Pointer]()
	IntType     = rtype.For[int]()
	sliceHeader = rtype.For[[]byte]()
)

// LengthWord is where the length lies in a string or a slice.
const LengthWord = 8
