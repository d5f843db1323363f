package item_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

// C6: whatever the value, the limit counts the bytes that would be sent.
func TestSizeLimit(t *testing.T) {
	for _, v := range []any{
		1, int64(1 << 40), true, 2.5, nil, "text", "text \xff", strings.Repeat("x", 100), []byte("bytes"), []any{1, 2, 3},
		map[string]any{"key": "elem"}, map[int]int{1: 2}, point{100, 200}, [4]byte{}, time.Second, time.Now().UTC(),
		itemtest.Pow2(500), []string{"a", "b"}, item.Raw{1}, itemtest.ErrForeign, struct{}{}, []any{}, packed{"abc"}, moody{"\x63abc"},
	} {
		size := len(itemtest.Encode(t, itemtest.Plain, v))
		for limit := 1; limit <= size+1; limit++ {
			c := &item.Codec{MaxBytes: limit}
			out, err := c.Append([]byte("before"), v)
			if limit >= size {
				if err != nil || len(out) != len("before")+size {
					t.Errorf("%T of %d bytes under %d: %d bytes, %v", v, size, limit, len(out), err)
				}
				continue
			}
			if !errors.Is(err, item.ErrTooLarge) || len(out) != len("before") {
				t.Errorf("%T of %d bytes under %d: %d bytes, %v", v, size, limit, len(out), err)
			}
		}
	}
}
