package encode

import (
	"math"
	"reflect"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/form"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// Append appends the encoding of v to dst. On an error it returns dst as it was. The size
// limit counts the appended bytes only.
func Append(s *form.Settings, dst []byte, v any) ([]byte, error) {
	if out, ok := appendScalar(s, dst, v); ok {
		return out, nil
	}
	return appendValue(s, dst, v)
}

func appendValue(s *form.Settings, dst []byte, v any) (out []byte, err error) {
	e := newEncoder(s, dst)
	defer func() {
		// Types made at run time by an interpreter can break reflection's own rules.
		if r := recover(); r != nil {
			out, err = dst, fail.Panicked(r).Done()
		}
	}()
	if bad := e.any(v); bad != nil {
		out, err = dst, bad.Done()
	} else {
		out = e.buf
	}
	e.release()
	return out, err
}

// encoder is one Append at work.
type encoder struct {
	s     *form.Settings
	buf   []byte
	limit int // len(buf) must not exceed it
	depth int // arrays and maps around the present value
	seen  onPath

	searched int // values seen deeper than rawcbor.MaxDepth, in search of a cycle
}

var (
	anySliceType = reflect.TypeFor[[]any]()
	anyMapType   = reflect.TypeFor[map[string]any]()
)

var encoders = sync.Pool{New: func() any { return new(encoder) }}

func newEncoder(s *form.Settings, dst []byte) *encoder {
	e := encoders.Get().(*encoder)
	e.s, e.buf, e.depth, e.limit = s, dst, 0, math.MaxInt
	if s.MaxBytes > 0 {
		e.limit = len(dst) + s.MaxBytes
	}
	return e
}

func (e *encoder) release() {
	e.s, e.buf = nil, nil
	e.seen.reset()
	encoders.Put(e)
}

// appendScalar encodes the commonest values without more ado, if they fit.
func appendScalar(s *form.Settings, dst []byte, v any) ([]byte, bool) {
	if s.MaxBytes > 0 && s.MaxBytes < 9 {
		return dst, false
	}
	switch x := v.(type) {
	case nil:
		return append(dst, rawcbor.ByteNull), true
	case int:
		return rawcbor.AppendInt(dst, int64(x)), true
	case bool:
		return rawcbor.AppendBool(dst, x), true
	case float64:
		return rawcbor.AppendFloat64(dst, x), true
	case string:
		if s.MaxBytes == 0 || len(x) <= s.MaxBytes-9-3 {
			return rawcbor.AppendString(dst, x), true
		}
	case []byte:
		if x != nil && (s.MaxBytes == 0 || len(x) <= s.MaxBytes-9) {
			return append(rawcbor.AppendHead(dst, rawcbor.MajorBytes, uint64(len(x))), x...), true
		}
	}
	return dst, false
}

// any encodes v, the usual types without reflection.
func (e *encoder) any(v any) *fail.Error {
	switch x := v.(type) {
	case nil:
		e.buf = append(e.buf, rawcbor.ByteNull)
	case bool:
		e.buf = rawcbor.AppendBool(e.buf, x)
	case int:
		e.buf = rawcbor.AppendInt(e.buf, int64(x))
	case int64:
		e.buf = rawcbor.AppendInt(e.buf, x)
	case uint64:
		e.buf = rawcbor.AppendHead(e.buf, rawcbor.MajorUint, x)
	case float64:
		e.buf = rawcbor.AppendFloat64(e.buf, x)
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
		return e.value(form.PlanOf(rv.Type()), rv)
	}
	return e.checkSize()
}

// value encodes v, whose type is p's.
func (e *encoder) value(p *form.Plan, v reflect.Value) *fail.Error {
	if err := encoderOf[p.Enc](e, p, v); err != nil {
		return err
	}
	return e.checkSize()
}

func (e *encoder) checkSize() *fail.Error {
	if len(e.buf) > e.limit {
		return fail.TooLarge(e.s.MaxBytes)
	}
	return nil
}

// room refuses n more bytes before they are copied.
func (e *encoder) room(n int) *fail.Error {
	if n > e.limit-len(e.buf) {
		return fail.TooLarge(e.s.MaxBytes)
	}
	return nil
}

func (e *encoder) string(s string) *fail.Error {
	if err := e.room(len(s)); err != nil {
		return err
	}
	e.buf = rawcbor.AppendString(e.buf, s)
	return e.checkSize()
}

func (e *encoder) bytes(x []byte) *fail.Error {
	if x == nil {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return e.checkSize()
	}
	if err := e.room(len(x)); err != nil {
		return err
	}
	e.buf = append(rawcbor.AppendHead(e.buf, rawcbor.MajorBytes, uint64(len(x))), x...)
	return e.checkSize()
}

func (e *encoder) anySlice(v any, x []any) *fail.Error {
	if x == nil {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return e.checkSize()
	}
	here := visit{anySliceType, reflect.ValueOf(v).Pointer(), len(x)}
	if err := e.open(here, rawcbor.MajorArray, len(x)); err != nil {
		return err
	}
	for i := range x {
		if err := e.any(x[i]); err != nil {
			return err.InIndex(i)
		}
	}
	return e.close(here)
}

func (e *encoder) anyMap(v any, x map[string]any) *fail.Error {
	if x == nil {
		e.buf = append(e.buf, rawcbor.ByteNull)
		return e.checkSize()
	}
	here := visit{anyMapType, reflect.ValueOf(v).Pointer(), 0}
	if err := e.open(here, rawcbor.MajorMap, len(x)); err != nil {
		return err
	}
	want, got := len(x), 0
	for key, elem := range x {
		err := e.string(key)
		if err == nil {
			err = e.any(elem)
		}
		if err != nil {
			return err.InKey(key)
		}
		got++
	}
	if got != want {
		return errChanged()
	}
	return e.close(here)
}

// errChanged is for a map that somebody writes to meanwhile.
func errChanged() *fail.Error { return fail.Errorf("the map changed while it was encoded") }
