// Package itemtest is what the tests of items and of the layers below them share.
package itemtest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/item"
)

// A Line stands for a channel: it travels by its number.
type Line struct{ ID uint64 }

// Hidden is a method by which an interface can hold a Line.
func (*Line) Hidden() {}

// TagLine is the tag of a Line.
const TagLine = 0x4650

// ErrForeign is why some Lines cannot be sent.
var ErrForeign = errors.New("it belongs to another gateway")

// WithLines is a codec to which lines 1 to 9 are known; 10 and up cannot be sent.
func WithLines() (*item.Codec, map[uint64]*Line) {
	lines := map[uint64]*Line{}
	for id := range uint64(9) {
		lines[id+1] = &Line{id + 1}
	}
	return &item.Codec{Refs: []item.Ref{{
		Tag:  TagLine,
		Type: reflect.TypeFor[*Line](),
		ID: func(v any) (uint64, error) {
			if id := v.(*Line).ID; id < 10 {
				return id, nil
			}
			return 0, ErrForeign
		},
		Resolve: func(id uint64) (any, error) {
			if l := lines[id]; l != nil {
				return l, nil
			}
			return nil, fmt.Errorf("no line %d", id)
		},
	}}}, lines
}

// Plain is a codec without limit and references.
var Plain = &item.Codec{}

// Encode gives the bytes of v.
func Encode(t testing.TB, c *item.Codec, v any) []byte {
	t.Helper()
	data, err := c.Append(nil, v)
	if err != nil {
		t.Fatalf("Append(%T): %v", v, err)
	}
	return data
}

// Over sends v and receives it as a T.
func Over[T any](t testing.TB, c *item.Codec, v any) T {
	t.Helper()
	var out T
	data := Encode(t, c, v)
	if err := c.Decode(data, &out); err != nil {
		t.Fatalf("Decode(%x) of %T into %T: %v", data, v, out, err)
	}
	return out
}

// Unhex reads hexadecimal digits, with spaces between them or not.
func Unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// WantError checks that err is an *Error with this text.
func WantError(t testing.TB, err error, text string) {
	t.Helper()
	var e *item.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v (%T), want an *item.Error %q", err, err, text)
	}
	if err.Error() != text {
		t.Errorf("got  %s\nwant %s", err, text)
	}
}

// Pow2 is 2 to the power of n.
func Pow2(n uint) *big.Int { return new(big.Int).Lsh(big.NewInt(1), n) }
