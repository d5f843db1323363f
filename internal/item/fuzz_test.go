package item_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

// canonical is a text that is equal for equal values: maps in order, pointers followed,
// NaN like any number.
func canonical(v reflect.Value) string {
	if !v.IsValid() {
		return "nil"
	}
	switch x := v.Interface().(type) {
	case *big.Int:
		if x != nil {
			return x.String()
		}
	case item.Fault:
		return fmt.Sprintf("%q", fmt.Sprint(x.Name, x.Text, x.Stack, x.File, x.Line, x.Column, x.Code, x.Is))
	case big.Int:
		return x.String()
	case item.Raw:
		if len(x) == 0 {
			x = item.Raw{0xf6} // how none is sent
		}
		return fmt.Sprintf("raw %x", []byte(x))
	case time.Time:
		return x.Format(time.RFC3339Nano)
	case error:
		return fmt.Sprintf("error %q", x)
	case *itemtest.Line:
		if x != nil {
			return fmt.Sprint("line ", x.ID)
		}
	}
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		return "(" + canonical(v.Elem()) + ")"
	case reflect.Map:
		var pairs []string
		for k, e := range v.Seq2() {
			pairs = append(pairs, canonical(k)+": "+canonical(e))
		}
		slices.Sort(pairs)
		return fmt.Sprintf("%s %t {%s}", v.Type(), v.IsNil(), strings.Join(pairs, ", "))
	case reflect.Slice, reflect.Array:
		parts := []string{v.Type().String()}
		if v.Kind() == reflect.Slice && v.IsNil() {
			return "nil " + parts[0]
		}
		for _, e := range v.Seq2() {
			parts = append(parts, canonical(e))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				parts = append(parts, canonical(v.Field(i)))
			}
		}
		return v.Type().String() + "{" + strings.Join(parts, ", ") + "}"
	}
	return fmt.Sprintf("%s %#v", v.Type(), v)
}

func canon(v any) string { return canonical(reflect.ValueOf(v)) }

type everything struct {
	A any
	B []any `cbor:"b,omitzero"`
	C map[string]int
	D map[any]string
	E error
	F *everything
	G [3]int16
	H []byte
	I [2]byte
	J float32
	K time.Time
	L time.Duration
	M *itemtest.Line
	N big.Int
	O item.Raw
	P map[point]uint8
	Q row
	R string `cbor:"1,keyasint"`
	S []string
	T map[*itemtest.Line]bool
	U map[[2]any]int
	*Shared
}

// decodeTwice decodes data, sends what came, and wants the same again.
func decodeTwice[T any](t *testing.T, c *item.Codec, data []byte) {
	var first, second T
	if err := c.Decode(data, &first); err != nil {
		if strings.Contains(err.Error(), "reflection") {
			t.Fatalf("%x panics: %v", data, err)
		}
		return
	}
	again, err := c.Append(nil, first)
	if err != nil {
		t.Fatalf("%x becomes %s which cannot be sent: %v", data, canon(first), err)
	}
	if err := c.Decode(again, &second); err != nil {
		t.Fatalf("%x becomes %s, sent as %x, and then: %v", data, canon(first), again, err)
	}
	if a, b := canon(first), canon(second); a != b {
		t.Fatalf("%x\nis first %s\nthen     %s", data, a, b)
	}
}

func FuzzDecode(f *testing.F) {
	c, lines := itemtest.WithLines()
	c.MaxBytes = 1 << 16
	for _, tt := range generic {
		f.Add(itemtest.Encode(f, itemtest.Plain, tt.sent))
	}
	f.Add(itemtest.Encode(f, c, everything{A: []any{lines[1]}, C: map[string]int{"x": 1}, D: map[any]string{1: "a", [1]int{1}: "b"},
		E: itemtest.ErrForeign, F: &everything{H: []byte{1}}, M: lines[2], O: item.Raw{0xf4}, P: map[point]uint8{{1, 2}: 3},
		Q: row{Last: []row{{}}}, S: []string{"\xff"}, T: map[*itemtest.Line]bool{lines[3]: true}, U: map[[2]any]int{{1, "a"}: 2},
		Shared: &Shared{"k"}}))
	f.Fuzz(func(t *testing.T, data []byte) {
		decodeTwice[any](t, c, data)
		decodeTwice[everything](t, c, data)
		decodeTwice[[]everything](t, c, data)
		decodeTwice[map[any]any](t, c, data)
		decodeTwice[map[[1]any]string](t, c, data)
		decodeTwice[[]*int8](t, c, data)
		decodeTwice[item.Raw](t, c, data)
		decodeTwice[item.Fault](t, c, data)
	})
}

// script makes a value of whatever bytes there are.
type script struct {
	in    []byte
	lines map[uint64]*itemtest.Line
}

func (s *script) next() byte {
	if len(s.in) == 0 {
		return 0
	}
	b := s.in[0]
	s.in = s.in[1:]
	return b
}

func (s *script) bytes(n int) []byte {
	n = min(n, len(s.in))
	b := s.in[:n]
	s.in = s.in[n:]
	return slices.Clone(b)
}

func (s *script) word() uint64 {
	var b [8]byte
	copy(b[:], s.bytes(int(s.next()%9)))
	return binary.LittleEndian.Uint64(b[:])
}

// value makes one in the generic form, which must arrive as it is.
func (s *script) value(depth int) any {
	kind := s.next() % 14
	if depth > 6 {
		kind %= 9
	}
	switch kind {
	case 1:
		return int(s.word())
	case 2:
		return math.Float64frombits(s.word())
	case 3:
		return string(s.bytes(int(s.next())))
	case 4:
		return s.bytes(int(s.next()))
	case 5:
		return time.Duration(s.word())
	case 6:
		return time.Unix(int64(s.word()%(1<<37)), int64(s.word()%1e9)).In(time.FixedZone("", int(s.next())*60))
	case 7:
		return s.lines[uint64(s.next()%9)+1]
	case 8:
		n := new(big.Int).SetBytes(s.bytes(20))
		if n.BitLen() < 65 {
			return s.next() > 127
		}
		return n
	case 9, 10:
		list := []any{}
		for range s.next() % 8 {
			list = append(list, s.value(depth+1))
		}
		return list
	case 11, 12:
		m := map[string]any{}
		for range s.next() % 8 {
			m[string(s.bytes(int(s.next()%8)))] = s.value(depth + 1)
		}
		return m
	case 13:
		m := map[any]any{1: 2}
		for range s.next() % 8 {
			m[[2]any{int(s.next()), string(s.bytes(2))}] = s.value(depth + 1)
		}
		return m
	}
	return nil
}

func FuzzRoundTrip(f *testing.F) {
	c, lines := itemtest.WithLines()
	for kind := range byte(14) {
		f.Add([]byte{kind, 9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		s := &script{in, lines}
		sent := s.value(0)
		if want, got := canon(sent), canon(itemtest.Over[any](t, c, sent)); got != want {
			t.Fatalf("%s\narrives as %s", want, got)
		}
		typed := everything{A: sent, C: map[string]int{string(s.bytes(3)): int(s.word())}, G: [3]int16{int16(s.word())},
			H: s.bytes(4), I: [2]byte{s.next()}, J: math.Float32frombits(uint32(s.word())), L: time.Duration(s.word()),
			M: lines[uint64(s.next())], N: *new(big.Int).SetBytes(s.bytes(12)), O: item.Raw{0xf6}, R: string(s.bytes(5)),
			P: map[point]uint8{{int(s.word()), int(s.word())}: s.next()}, F: &everything{A: sent, O: item.Raw{0x01}}}
		if want, got := canon(typed), canon(itemtest.Over[everything](t, c, typed)); got != want {
			t.Fatalf("%s\narrives as %s", want, got)
		}
	})
}
