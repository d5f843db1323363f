package rawcbor

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
)

// Major types of CBOR, the upper three bits of every value's first byte.
const (
	MajorUint = iota
	MajorNeg
	MajorBytes
	MajorText
	MajorArray
	MajorMap
	MajorTag
	MajorSimple
)

// First bytes that are a value by themselves, or the head of a float.
const (
	ByteFalse     = 0xf4
	ByteTrue      = 0xf5
	ByteNull      = 0xf6
	ByteUndefined = 0xf7
	ByteFloat32   = 0xfa
	ByteFloat64   = 0xfb
)

// Head is the first bytes of a value: what it is and its argument (the number itself, a
// length, a tag, the bits of a float).
type Head struct {
	Major, Info byte
	Size        int
	Arg         uint64
}

// ReadHead reads the head at the start of b. It refuses what is cut short, reserved or of
// indefinite length.
func ReadHead(b []byte) (h Head, ok bool) {
	if len(b) == 0 {
		return h, false
	}
	h.Major, h.Info = b[0]>>5, b[0]&31
	switch {
	case h.Info < 24:
		h.Size, h.Arg = 1, uint64(h.Info)
	case h.Info == 24 && len(b) >= 2:
		h.Size, h.Arg = 2, uint64(b[1])
		return h, h.Major != MajorSimple || h.Arg >= 32
	case h.Info == 25 && len(b) >= 3:
		h.Size, h.Arg = 3, uint64(binary.BigEndian.Uint16(b[1:]))
	case h.Info == 26 && len(b) >= 5:
		h.Size, h.Arg = 5, uint64(binary.BigEndian.Uint32(b[1:]))
	case h.Info == 27 && len(b) >= 9:
		h.Size, h.Arg = 9, binary.BigEndian.Uint64(b[1:])
	default:
		return h, false
	}
	return h, true
}

// AppendHead appends the shortest head of the major type with the argument n.
func AppendHead(b []byte, major byte, n uint64) []byte {
	major <<= 5
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n <= math.MaxUint8:
		return append(b, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

// SetCount changes the argument of the head at the start of b to a smaller one, in place.
func SetCount(b []byte, n uint64) {
	switch b[0] & 31 {
	case 24:
		b[1] = byte(n)
	case 25:
		binary.BigEndian.PutUint16(b[1:], uint16(n))
	case 26:
		binary.BigEndian.PutUint32(b[1:], uint32(n))
	default:
		b[0] = b[0]&^31 | byte(n)
	}
}

// AppendBool appends true or false.
func AppendBool(b []byte, x bool) []byte {
	if x {
		return append(b, ByteTrue)
	}
	return append(b, ByteFalse)
}

// AppendFloat64 appends a float of eight bytes.
func AppendFloat64(b []byte, f float64) []byte {
	return binary.BigEndian.AppendUint64(append(b, ByteFloat64), math.Float64bits(f))
}

// AppendFloat32 appends a float of four bytes.
func AppendFloat32(b []byte, f float32) []byte {
	return binary.BigEndian.AppendUint32(append(b, ByteFloat32), math.Float32bits(f))
}

// AppendString keeps what Go allows and CBOR does not: text that is not UTF-8.
func AppendString(b []byte, s string) []byte {
	if utf8.ValidString(s) {
		b = AppendHead(b, MajorText, uint64(len(s)))
	} else {
		b = AppendHead(AppendHead(b, MajorTag, TagBadText), MajorBytes, uint64(len(s)))
	}
	return append(b, s...)
}

// Float is the number in a head of a float.
func (h Head) Float() float64 {
	switch h.Info {
	case 25:
		return float16(uint16(h.Arg))
	case 26:
		return float64(math.Float32frombits(uint32(h.Arg)))
	}
	return math.Float64frombits(h.Arg)
}

// IsFloat reports whether it is the head of a float, of any width.
func (h Head) IsFloat() bool { return h.Major == MajorSimple && h.Info >= 25 }

// IsNull reports whether it is null, or undefined, which is taken for null.
func (h Head) IsNull() bool {
	return h.Major == MajorSimple && (h.Info == ByteNull&31 || h.Info == ByteUndefined&31)
}

// float16 widens the half precision that other encoders choose for short numbers.
func float16(bits uint16) float64 {
	exp, frac := int(bits>>10&31), float64(bits&1023)
	var f float64
	switch exp {
	case 0:
		f = math.Ldexp(frac, -24)
	case 31:
		if frac != 0 {
			return math.NaN()
		}
		f = math.Inf(1)
	default:
		f = math.Ldexp(1024+frac, exp-25)
	}
	if bits>>15 == 1 {
		return -f
	}
	return f
}
