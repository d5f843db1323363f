package decode_test

import (
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/decode"
	"github.com/farside-go/farside/internal/item/itemtest"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// The decoder must return, whatever the bytes, and what the cursor passes over must be
// what is accepted as one item.
func FuzzUnchecked(f *testing.F) {
	for _, v := range []any{
		nil, -7, itemtest.Pow2(70), 1.5, "text", "\xff", []byte("bytes"), time.Second, time.Unix(0, 0).UTC(),
		[]any{1, []any{2}}, map[string]any{"a": 1}, map[any]any{1: 2, [1]int{3}: 4}, itemtest.ErrForeign,
	} {
		f.Add(itemtest.Encode(f, itemtest.Plain, v))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		decode.Unchecked(data)
		cursor := rawcbor.NewCursor(data, 0)
		if err := cursor.Skip(); err == nil {
			if err := itemtest.Plain.Decode(data[:cursor.Pos()], new(item.Raw)); err != nil {
				t.Fatalf("%x is passed over but not accepted: %v", data[:cursor.Pos()], err)
			}
		}
	})
}
