package item

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strings"

	"github.com/fxamacker/cbor/v2"
)

// Major types of CBOR, the upper three bits of every value's first byte.
const (
	majorUint = iota
	majorNeg
	majorBytes
	majorText
	majorArray
	majorMap
	majorTag
	majorSimple
)

const (
	byteFalse     = 0xf4
	byteTrue      = 0xf5
	byteNull      = 0xf6
	byteUndefined = 0xf7
	byteFloat32   = 0xfa
	byteFloat64   = 0xfb
)

// strictMode judges received bytes as a whole. Counts are bounded by the size of the item,
// since each element takes a byte at least.
var strictMode = must(cbor.DecOptions{
	MaxNestedLevels:  MaxDepth,
	MaxArrayElements: math.MaxInt32,
	MaxMapPairs:      math.MaxInt32,
	IndefLength:      cbor.IndefLengthForbidden,
}.DecMode())

func must(mode cbor.DecMode, err error) cbor.DecMode {
	if err != nil {
		panic(err) // the options above are constants
	}
	return mode
}

// wellformed says what is wrong with data as one item.
func wellformed(data []byte) *Error {
	err := strictMode.Wellformed(data)
	if err == nil {
		return nil
	}
	var extra *cbor.ExtraneousDataError
	var deep *cbor.MaxNestedLevelError
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errorf("the bytes end before the item does")
	case errors.As(err, &extra):
		return errorf("more bytes follow the item")
	case errors.As(err, &deep):
		return errTooDeep()
	}
	return errorf("malformed: %s", strings.TrimPrefix(err.Error(), "cbor: "))
}

// head is the first bytes of a value: what it is and its argument (the number itself, a
// length, a tag, the bits of a float).
type head struct {
	major, info byte
	size        int
	arg         uint64
}

// readHead reads the head at the start of b. It refuses what is cut short, reserved or of
// indefinite length.
func readHead(b []byte) (h head, ok bool) {
	if len(b) == 0 {
		return h, false
	}
	h.major, h.info = b[0]>>5, b[0]&31
	switch {
	case h.info < 24:
		h.size, h.arg = 1, uint64(h.info)
	case h.info == 24 && len(b) >= 2:
		h.size, h.arg = 2, uint64(b[1])
		return h, h.major != majorSimple || h.arg >= 32
	case h.info == 25 && len(b) >= 3:
		h.size, h.arg = 3, uint64(binary.BigEndian.Uint16(b[1:]))
	case h.info == 26 && len(b) >= 5:
		h.size, h.arg = 5, uint64(binary.BigEndian.Uint32(b[1:]))
	case h.info == 27 && len(b) >= 9:
		h.size, h.arg = 9, binary.BigEndian.Uint64(b[1:])
	default:
		return h, false
	}
	return h, true
}

func appendHead(b []byte, major byte, n uint64) []byte {
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

// setCount changes the argument of the head at the start of b to a smaller one, in place.
func setCount(b []byte, n uint64) {
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

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majorNeg, uint64(^n)) // -1-n
	}
	return appendHead(b, majorUint, uint64(n))
}

func appendBool(b []byte, x bool) []byte {
	if x {
		return append(b, byteTrue)
	}
	return append(b, byteFalse)
}

func appendFloat64(b []byte, f float64) []byte {
	return binary.BigEndian.AppendUint64(append(b, byteFloat64), math.Float64bits(f))
}

func appendFloat32(b []byte, f float32) []byte {
	return binary.BigEndian.AppendUint32(append(b, byteFloat32), math.Float32bits(f))
}

// float is the number in a head of a float.
func (h head) float() float64 {
	switch h.info {
	case 25:
		return float16(uint16(h.arg))
	case 26:
		return float64(math.Float32frombits(uint32(h.arg)))
	}
	return math.Float64frombits(h.arg)
}

func (h head) isFloat() bool { return h.major == majorSimple && h.info >= 25 }

func (h head) isNull() bool {
	return h.major == majorSimple && (h.info == byteNull&31 || h.info == byteUndefined&31)
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
