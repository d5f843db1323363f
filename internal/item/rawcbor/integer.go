package rawcbor

import (
	"math"
	"math/big"

	"github.com/farside-go/farside/internal/item/fail"
)

// AppendInt appends an integer.
func AppendInt(b []byte, n int64) []byte {
	if n < 0 {
		return AppendHead(b, MajorNeg, uint64(^n)) // -1-n
	}
	return AppendHead(b, MajorUint, uint64(n))
}

// AppendBig appends an integer of any size, as an ordinary one if it fits 64 bits.
func AppendBig(b []byte, n *big.Int) []byte {
	tag, major, mag := uint64(TagPosBig), byte(MajorUint), n
	if n.Sign() < 0 {
		tag, major, mag = TagNegBig, MajorNeg, new(big.Int).Not(n) // -1-n
	}
	if mag.IsUint64() {
		return AppendHead(b, major, mag.Uint64())
	}
	bytes := mag.Bytes()
	return append(AppendHead(AppendHead(b, MajorTag, tag), MajorBytes, uint64(len(bytes))), bytes...)
}

// Integer is an integer as received: mag, or -1-mag if neg, or big beyond 64 bits.
type Integer struct {
	neg bool
	mag uint64
	big *big.Int
}

// Negative is the integer -1-mag.
func Negative(mag uint64) Integer { return Integer{neg: true, mag: mag} }

// IntegerIfNext reads the next value if it is one.
func (c *Cursor) IntegerIfNext() (n Integer, ok bool, err *fail.Error) {
	h := c.Peek()
	switch {
	case h.Major == MajorUint || h.Major == MajorNeg:
		c.Pass(h)
		return Integer{neg: h.Major == MajorNeg, mag: h.Arg}, true, nil
	case h.Major == MajorTag && (h.Arg == TagPosBig || h.Arg == TagNegBig):
		c.Pass(h)
		n, err = c.BigBody(h.Arg == TagNegBig)
		return n, true, err
	}
	return n, false, nil
}

// BigBody reads the bytes after tag 2 or 3. What fits 64 bits is an ordinary integer.
func (c *Cursor) BigBody(neg bool) (Integer, *fail.Error) {
	h, err := c.Head()
	if err != nil {
		return Integer{}, err
	}
	if h.Major != MajorBytes {
		return Integer{}, fail.Errorf("a big integer without its bytes")
	}
	b, err := c.Take(h.Arg)
	if err != nil {
		return Integer{}, err
	}
	mag := new(big.Int).SetBytes(b)
	if mag.IsUint64() {
		return Integer{neg: neg, mag: mag.Uint64()}, nil
	}
	if neg {
		mag.Not(mag)
	}
	return Integer{neg: neg, big: mag}, nil
}

// Int64 gives it if it fits.
func (n Integer) Int64() (int64, bool) {
	if n.big != nil || n.mag > math.MaxInt64 {
		return 0, false
	}
	if n.neg {
		return ^int64(n.mag), true
	}
	return int64(n.mag), true
}

// Uint64 gives it if it fits.
func (n Integer) Uint64() (uint64, bool) { return n.mag, n.big == nil && !n.neg }

// Big gives it, whatever its size.
func (n Integer) Big() *big.Int {
	if n.big != nil {
		return n.big
	}
	x := new(big.Int).SetUint64(n.mag)
	if n.neg {
		x.Not(x)
	}
	return x
}

// Float64 gives the float next to it.
func (n Integer) Float64() float64 {
	switch {
	case n.big != nil || n.neg && n.mag == math.MaxUint64:
		f, _ := new(big.Float).SetInt(n.Big()).Float64()
		return f
	case n.neg:
		return -float64(n.mag + 1)
	}
	return float64(n.mag)
}

// Any is the generic form: int if it fits, else uint64, else *big.Int.
func (n Integer) Any() any {
	if i, ok := n.Int64(); ok && i == int64(int(i)) {
		return int(i)
	}
	if u, ok := n.Uint64(); ok {
		return u
	}
	return n.Big()
}
