package item

import (
	"math"
	"unicode/utf8"
)

// decodeScalar decodes a lone number, bool or string into the pointer of the fitting
// type, which needs neither a check of the whole nor reflection. For anything else,
// errors too, it reports false and leaves dst alone.
func decodeScalar(data []byte, dst any) bool {
	h, ok := readHead(data)
	if !ok {
		return false
	}
	body := data[h.size:]
	switch h.major {
	case majorUint, majorNeg:
		return len(body) == 0 && h.arg <= math.MaxInt && storeInt(h, dst)
	case majorBytes:
		return uint64(len(body)) == h.arg && storeBytes(body, dst)
	case majorText:
		return uint64(len(body)) == h.arg && utf8.Valid(body) && storeString(body, dst)
	case majorSimple:
		return len(body) == 0 && storeSimple(h, dst)
	}
	return false
}

func storeInt(h head, dst any) bool {
	n := int(h.arg)
	if h.major == majorNeg {
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

func storeSimple(h head, dst any) bool {
	isBool := h.info == byteTrue&31 || h.info == byteFalse&31
	switch p := dst.(type) {
	case *any:
		switch {
		case h.isFloat():
			return store(p, any(h.float()))
		case isBool:
			return store(p, any(h.info == byteTrue&31))
		case h.isNull():
			return store(p, nil)
		}
	case *bool:
		return isBool && store(p, h.info == byteTrue&31)
	case *float64:
		return h.isFloat() && store(p, h.float())
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
