package item_test

import (
	"testing"

	"github.com/farside-go/farside/internal/item/itemtest"
)

type trade struct {
	Symbol string
	Price  float64
	Lot    int
}

var benched = []struct {
	name string
	v    any
}{
	{"int", 42},
	{"string", "hello, far side"},
	{"struct", trade{"FAR", 12.5, 100}},
	{"map", map[string]any{"symbol": "FAR", "price": 12.5, "lot": 100}},
	{"list", []any{1, "two", 3.0, nil, true}},
	{"ints", make([]int, 1000)},
}

func BenchmarkAppend(b *testing.B) {
	for _, bb := range benched {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			var buf []byte
			for b.Loop() {
				buf, _ = itemtest.Plain.Append(buf[:0], bb.v)
			}
		})
	}
}

func BenchmarkDecodeAny(b *testing.B) {
	for _, bb := range benched {
		data := itemtest.Encode(b, itemtest.Plain, bb.v)
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var out any
				if err := itemtest.Plain.Decode(data, &out); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func benchmarkTyped[T any](b *testing.B, v any) {
	data := itemtest.Encode(b, itemtest.Plain, v)
	b.ReportAllocs()
	for b.Loop() {
		var out T
		if err := itemtest.Plain.Decode(data, &out); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeTyped(b *testing.B) {
	b.Run("int", func(b *testing.B) { benchmarkTyped[int](b, 42) })
	b.Run("struct", func(b *testing.B) { benchmarkTyped[trade](b, trade{"FAR", 12.5, 100}) })
	b.Run("map", func(b *testing.B) { benchmarkTyped[map[string]int](b, map[string]int{"a": 1, "b": 2, "c": 3}) })
	b.Run("ints", func(b *testing.B) { benchmarkTyped[[]int](b, make([]int, 1000)) })
}
