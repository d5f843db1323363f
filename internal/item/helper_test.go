package item_test

import (
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/item"
)

// line stands for a channel: it travels by its number.
type line struct{ id uint64 }

func (*line) Hidden() {}

const tagLine = 0x4650

var errForeign = errors.New("it belongs to another gateway")

// withLines is a codec to which lines 1 to 9 are known; 10 and up cannot be sent.
func withLines() (*item.Codec, map[uint64]*line) {
	lines := map[uint64]*line{}
	for id := range uint64(9) {
		lines[id+1] = &line{id + 1}
	}
	return &item.Codec{Refs: []item.Ref{{
		Tag:  tagLine,
		Type: reflect.TypeFor[*line](),
		ID: func(v any) (uint64, error) {
			if id := v.(*line).id; id < 10 {
				return id, nil
			}
			return 0, errForeign
		},
		Resolve: func(id uint64) (any, error) {
			if l := lines[id]; l != nil {
				return l, nil
			}
			return nil, fmt.Errorf("no line %d", id)
		},
	}}}, lines
}

var plain = &item.Codec{}

func encode(t testing.TB, c *item.Codec, v any) []byte {
	t.Helper()
	data, err := c.Append(nil, v)
	if err != nil {
		t.Fatalf("Append(%T): %v", v, err)
	}
	return data
}

// over sends v and receives it as a T.
func over[T any](t testing.TB, c *item.Codec, v any) T {
	t.Helper()
	var out T
	data := encode(t, c, v)
	if err := c.Decode(data, &out); err != nil {
		t.Fatalf("Decode(%x) of %T into %T: %v", data, v, out, err)
	}
	return out
}

// same is DeepEqual with NaN equal to itself.
func same(a, b any) bool {
	return reflect.DeepEqual(a, b) || show(a) == show(b) && strings.Contains(show(a), "NaN")
}

func show(v any) string { return fmt.Sprintf("%T %#v", v, v) }

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// wantError checks that err is an *Error with this text.
func wantError(t testing.TB, err error, text string) {
	t.Helper()
	var e *item.Error
	if !errors.As(err, &e) {
		t.Fatalf("got %v (%T), want an *item.Error %q", err, err, text)
	}
	if err.Error() != text {
		t.Errorf("got  %s\nwant %s", err, text)
	}
}
