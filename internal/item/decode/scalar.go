package decode

import (
	"math"
	"unicode/utf8"

	"github.com/farside-go/farside/internal/item/rawcbor"
)

// decodeScalar decodes a lone number, bool or string into the pointer of the fitting
// type, which needs neither a check of the whole nor reflection. For anything else,
// errors too, it reports false and leaves dst alone.
func decodeScalar(data []byte, dst any) bool {
	h, ok := rawcbor.ReadHead(data)
	if !ok {
		return false
	}
	body := data[h.Size:]
	switch h.Major {
	case rawcbor.MajorUint, rawcbor.MajorNeg:
		return len(body) == 0 && h.Arg <= math.MaxInt && storeInt(h, dst)
	case rawcbor.MajorBytes:
		return uint64(len(body)) == h.Arg && storeBytes(body, dst)
	case rawcbor.MajorText:
		return uint64(len(body)) == h.Arg && utf8.Valid(body) && storeString(body, dst)
	case rawcbor.MajorSimple:
		return len(body) == 0 && storeSimple(h, dst)
	}
	return false
}

func storeInt(h rawcbor.Head, dst any) bool {
	n := int(h.Arg)
	if h.Major == rawcbor.MajorNeg {
		n = ^n
	}
	switch p := dst.(type) {
	case *any:
		return store(p, any(n))
	case *int:
		return store(p, n)
	}
	return false
}

func storeBytes(b []byte, dst any) bool {
	switch p := dst.(type) {
	case *any:
		return p != nil && store(p, any(append([]byte{}, b...)))
	case *[]byte:
		return p != nil && store(p, append([]byte{}, b...))
	}
	return false
}

func storeString(b []byte, dst any) bool {
	switch p := dst.(type) {
	case *any:
		return p != nil && store(p, any(string(b)))
	case *string:
		return store(p, string(b))
	}
	return false
}

func storeSimple(h rawcbor.Head, dst any) bool {
	isBool := h.Info == rawcbor.ByteTrue&31 || h.Info == rawcbor.ByteFalse&31
	switch p := dst.(type) {
	case *any:
		switch {
		case h.IsFloat():
			return store(p, any(h.Float()))
		case isBool:
			return store(p, any(h.Info == rawcbor.ByteTrue&31))
		case h.IsNull():
			return store(p, nil)
		}
	case *bool:
		return isBool && store(p, h.Info == rawcbor.ByteTrue&31)
	case *float64:
		return h.IsFloat() && store(p, h.Float())
	}
	return false
}

func store[T any](p *T, x T) bool {
	if p == nil {
		return false
	}
	*p = x
	return true
}
