package item

import (
	"math"
	"reflect"
	"sync"
	"time"
	"unicode/utf8"
)

// encoder is one Append at work.
type encoder struct {
	c     *Codec
	buf   []byte
	limit int // len(buf) must not exceed it
	depth int // arrays and maps around the present value
	seen  onPath

	searched int // values seen deeper than MaxDepth, in search of a cycle
}

var encoders = sync.Pool{New: func() any { return new(encoder) }}

func newEncoder(c *Codec, dst []byte) *encoder {
	e := encoders.Get().(*encoder)
	e.c, e.buf, e.depth, e.limit = c, dst, 0, math.MaxInt
	if c.MaxBytes > 0 {
		e.limit = len(dst) + c.MaxBytes
	}
	return e
}

func (e *encoder) release() {
	e.c, e.buf = nil, nil
	e.seen.reset()
	encoders.Put(e)
}

// appendScalar encodes the commonest values without more ado, if they fit.
func (c *Codec) appendScalar(dst []byte, v any) ([]byte, bool) {
	if c.MaxBytes > 0 && c.MaxBytes < 9 {
		return dst, false
	}
	switch x := v.(type) {
	case nil:
		return append(dst, byteNull), true
	case int:
		return appendInt(dst, int64(x)), true
	case bool:
		return appendBool(dst, x), true
	case float64:
		return appendFloat64(dst, x), true
	case string:
		if c.MaxBytes == 0 || len(x) <= c.MaxBytes-9-3 {
			return appendString(dst, x), true
		}
	case []byte:
		if x != nil && (c.MaxBytes == 0 || len(x) <= c.MaxBytes-9) {
			return append(appendHead(dst, majorBytes, uint64(len(x))), x...), true
		}
	}
	return dst, false
}

// any encodes v, the usual types without reflection.
func (e *encoder) any(v any) *Error {
	switch x := v.(type) {
	case nil:
		e.buf = append(e.buf, byteNull)
	case bool:
		e.buf = appendBool(e.buf, x)
	case int:
		e.buf = appendInt(e.buf, int64(x))
	case int64:
		e.buf = appendInt(e.buf, x)
	case uint64:
		e.buf = appendHead(e.buf, majorUint, x)
	case float64:
		e.buf = appendFloat64(e.buf, x)
	case string:
		return e.string(x)
	case []byte:
		return e.bytes(x)
	case time.Duration:
		e.duration(x)
	case time.Time:
		return e.time(x)
	case []any:
		return e.anySlice(v, x)
	case map[string]any:
		return e.anyMap(v, x)
	default:
		rv := reflect.ValueOf(v)
		return e.value(planOf(rv.Type()), rv)
	}
	return e.checkSize()
}

// value encodes v, whose type is p's.
func (e *encoder) value(p *plan, v reflect.Value) *Error {
	if err := p.enc(e, p, v); err != nil {
		return err
	}
	return e.checkSize()
}

func (e *encoder) checkSize() *Error {
	if len(e.buf) > e.limit {
		return errTooLarge(e.c.MaxBytes)
	}
	return nil
}

// room refuses n more bytes before they are copied.
func (e *encoder) room(n int) *Error {
	if n > e.limit-len(e.buf) {
		return errTooLarge(e.c.MaxBytes)
	}
	return nil
}

func (e *encoder) string(s string) *Error {
	if err := e.room(len(s)); err != nil {
		return err
	}
	e.buf = appendString(e.buf, s)
	return e.checkSize()
}

// appendString keeps what Go allows and CBOR does not: text that is not UTF-8.
func appendString(b []byte, s string) []byte {
	if utf8.ValidString(s) {
		b = appendHead(b, majorText, uint64(len(s)))
	} else {
		b = appendHead(appendHead(b, majorTag, TagBadText), majorBytes, uint64(len(s)))
	}
	return append(b, s...)
}

func (e *encoder) bytes(x []byte) *Error {
	if x == nil {
		e.buf = append(e.buf, byteNull)
		return e.checkSize()
	}
	if err := e.room(len(x)); err != nil {
		return err
	}
	e.buf = append(appendHead(e.buf, majorBytes, uint64(len(x))), x...)
	return e.checkSize()
}

func (e *encoder) anySlice(v any, x []any) *Error {
	if x == nil {
		e.buf = append(e.buf, byteNull)
		return e.checkSize()
	}
	here := visit{anySliceType, reflect.ValueOf(v).Pointer(), len(x)}
	if err := e.open(here, majorArray, len(x)); err != nil {
		return err
	}
	for i := range x {
		if err := e.any(x[i]); err != nil {
			return err.inIndex(i)
		}
	}
	return e.close(here)
}

func (e *encoder) anyMap(v any, x map[string]any) *Error {
	if x == nil {
		e.buf = append(e.buf, byteNull)
		return e.checkSize()
	}
	here := visit{anyMapType, reflect.ValueOf(v).Pointer(), 0}
	if err := e.open(here, majorMap, len(x)); err != nil {
		return err
	}
	want, got := len(x), 0
	for key, elem := range x {
		err := e.string(key)
		if err == nil {
			err = e.any(elem)
		}
		if err != nil {
			return err.inKey(key)
		}
		got++
	}
	if got != want {
		return errChanged()
	}
	return e.close(here)
}

// errChanged is for a map that somebody writes to meanwhile.
func errChanged() *Error { return errorf("the map changed while it was encoded") }
