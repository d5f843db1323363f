package decode_test

import (
	"runtime"
	"testing"

	"github.com/farside-go/farside/internal/item/itemtest"
)

// A length that the bytes do not back must not take memory.
func TestLengthsTakeNoMemory(t *testing.T) {
	type big [1 << 16]int
	inputs := []string{"9a7fffffff", "ba7fffffff", "9a00ffffff 00", "5a7fffffff", "82 9a7fffffff", "a1 6141 9a7fffffff"}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		for _, in := range inputs {
			for _, dst := range []any{new(any), new([]big), new(map[string]big), new([]byte), new(struct{ A []big })} {
				if err := itemtest.Plain.Decode(itemtest.Unhex(t, in), dst); err == nil {
					t.Errorf("%s decodes into %T", in, dst)
				}
			}
		}
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
		t.Errorf("%d bytes were allocated", took)
	}
}

// An element that does not fit ends it before room is made for those that follow.
func TestMemoryGrowsWithElements(t *testing.T) {
	type big [1 << 13]int // 64 KiB
	data := append([]byte{0x9a, 0, 0xff, 0xff, 0xff}, make([]byte, 0xffffff)...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var list []big
	itemtest.WantError(t, itemtest.Plain.Decode(data, &list), "item[0]: an integer cannot become a decode_test.big")
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 8<<20 {
		t.Errorf("%d bytes were allocated", took)
	}
}

// In quadratic time it would not end within the time that a test run has.
func TestManyUnknownKeysTakeLinearTime(t *testing.T) {
	const n = 1_000_000
	data := []byte{0xba, 0, n >> 16, n >> 8 & 255, n & 255}
	for i := range n {
		data = append(data, 0x1a, 0, byte(i>>16), byte(i>>8), byte(i), 0xf6)
	}
	var p point
	if err := itemtest.Plain.Decode(data, &p); err != nil {
		t.Error(err)
	}
}
