package protocol

import "encoding/binary"

// AppendBindings appends the body of ControlBind (P7) without the clock that stands
// before: for each name its length, the name, the value's length and the value.
func AppendBindings(dst []byte, raws map[string][]byte) []byte {
	for name, raw := range raws {
		dst = append(binary.AppendUvarint(dst, uint64(len(name))), name...)
		dst = append(binary.AppendUvarint(dst, uint64(len(raw))), raw...)
	}
	return dst
}

// ReadBindings reads the body of ControlBind. The size is that of all but the clock.
func ReadBindings(body []byte) (clock uint64, raws map[string][]byte, size int, err error) {
	clock, n := binary.Uvarint(body)
	if n <= 0 {
		return 0, nil, 0, Violation(badBindings)
	}
	body = body[n:]
	size = len(body)
	raws = map[string][]byte{}
	for len(body) > 0 {
		var name, raw []byte
		var ok bool
		if name, body, ok = cutCounted(body); !ok {
			return 0, nil, 0, Violation(badBindings)
		}
		if raw, body, ok = cutCounted(body); !ok {
			return 0, nil, 0, Violation(badBindings)
		}
		raws[string(name)] = raw
	}
	return clock, raws, size, nil
}

const badBindings = "bindings that cannot be read"

func cutCounted(body []byte) (field, rest []byte, ok bool) {
	size, n := binary.Uvarint(body)
	if n <= 0 || size > uint64(len(body)-n) {
		return nil, nil, false
	}
	return body[n : n+int(size)], body[n+int(size):], true
}
