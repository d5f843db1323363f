package item_test

import (
	"math"
	"math/big"
	"net/netip"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

func neg(n *big.Int) *big.Int { return new(big.Int).Neg(n) }

func ptr[T any](x T) *T { return &x }

// whole is the generic form of n, which depends on how wide an int is here.
func whole(n int64) any {
	switch {
	case n == int64(int(n)):
		return int(n)
	case n > 0:
		return uint64(n)
	}
	return big.NewInt(n)
}

type (
	name   string
	count  uint8
	blob   []byte
	point  struct{ X, Y int }
	counts []count
)

var cet = time.FixedZone("CET", 3600)

// Each value and what it is when received as any.
var generic = []struct{ sent, want any }{
	{nil, nil},
	{true, true},
	{false, false},
	{0, 0},
	{23, 23},
	{24, 24},
	{-24, -24},
	{-25, -25},
	{255, 255},
	{65536, 65536},
	{math.MaxInt, math.MaxInt},
	{math.MinInt, math.MinInt},
	{int8(math.MinInt8), math.MinInt8},
	{int16(math.MaxInt16), math.MaxInt16},
	{int32(math.MinInt32), math.MinInt32},
	{int64(math.MinInt64), whole(math.MinInt64)},
	{uint8(255), 255},
	{uint32(math.MaxUint32), whole(math.MaxUint32)},
	{uint64(math.MaxInt64), whole(math.MaxInt64)},
	{uint64(math.MaxInt64) + 1, uint64(math.MaxInt64) + 1},
	{uint64(math.MaxUint64), uint64(math.MaxUint64)},
	{uintptr(7), 7},
	{count(7), 7},
	{big.NewInt(-5), -5},
	{*big.NewInt(6), 6},
	{itemtest.Pow2(63), uint64(1) << 63},
	{itemtest.Pow2(64), itemtest.Pow2(64)},
	{neg(itemtest.Pow2(63)), whole(math.MinInt64)},
	{new(big.Int).Sub(neg(itemtest.Pow2(63)), big.NewInt(1)), new(big.Int).Sub(neg(itemtest.Pow2(63)), big.NewInt(1))},
	{neg(itemtest.Pow2(64)), neg(itemtest.Pow2(64))},
	{neg(itemtest.Pow2(65)), neg(itemtest.Pow2(65))},
	{itemtest.Pow2(4000), itemtest.Pow2(4000)},
	{1.5, 1.5},
	{0.0, 0.0},
	{math.MaxFloat64, math.MaxFloat64},
	{math.SmallestNonzeroFloat64, math.SmallestNonzeroFloat64},
	{math.Inf(1), math.Inf(1)},
	{math.Inf(-1), math.Inf(-1)},
	{math.NaN(), math.NaN()},
	{float32(0.1), float64(float32(0.1))},
	{3.0, 3.0},
	{"", ""},
	{"grüß dich", "grüß dich"},
	{"not \xff UTF-8", "not \xff UTF-8"},
	{name("n"), "n"},
	{[]byte{}, []byte{}},
	{[]byte{1, 2}, []byte{1, 2}},
	{[]byte(nil), nil},
	{blob{3}, []byte{3}},
	{counts{3}, []byte{3}},
	{[2]byte{4, 5}, []byte{4, 5}},
	{[2]count{4, 5}, []byte{4, 5}},
	{time.Duration(math.MinInt64), time.Duration(math.MinInt64)},
	{time.Second, time.Second},
	{[]any{}, []any{}},
	{[]any(nil), nil},
	{[]int{1, 2}, []any{1, 2}},
	{[]int(nil), nil},
	{[2]string{"a"}, []any{"a", ""}},
	{[]any{1, []any{"x", nil}, map[string]any{"k": []byte{1}}}, []any{1, []any{"x", nil}, map[string]any{"k": []byte{1}}}},
	{map[string]any{}, map[string]any{}},
	{map[int]int{}, map[string]any{}},
	{map[string]any(nil), nil},
	{map[string]int{"a": 1}, map[string]any{"a": 1}},
	{map[string]any{"\xff": 1}, map[string]any{"\xff": 1}},
	{map[name]bool{"a": true}, map[string]any{"a": true}},
	{map[int]string{1: "a"}, map[any]any{1: "a"}},
	{map[any]any{"a": 1, 2: "b", 1.5: nil, true: 3}, map[any]any{"a": 1, 2: "b", 1.5: nil, true: 3}},
	{map[any]any{nil: 1}, map[any]any{nil: 1}},
	{map[uint64]int{math.MaxUint64: 1}, map[any]any{uint64(math.MaxUint64): 1}},
	{map[[2]int]int{{1, 2}: 3}, map[any]any{[2]any{1, 2}: 3}},
	{map[[2]any]int{{nil, [1]string{"a"}}: 3}, map[any]any{[2]any{nil, [1]any{"a"}}: 3}},
	{map[[0]int]int{{}: 3}, map[any]any{[0]any{}: 3}},
	{map[[3]byte]int{{1, 2, 3}: 3}, map[any]any{[3]byte{1, 2, 3}: 3}},
	{map[time.Duration]int{time.Hour: 1}, map[any]any{time.Hour: 1}},
	{point{1, -2}, map[string]any{"X": 1, "Y": -2}},
	{&point{1, -2}, map[string]any{"X": 1, "Y": -2}},
	{(*point)(nil), nil},
	{(*chan int)(nil), nil},
	{ptr(ptr(ptr(5))), 5},
	{ptr(any(ptr(5))), 5},
	{struct{}{}, map[string]any{}},
	{cbor.RawMessage{0x01}, 1},
	{cbor.RawMessage(nil), nil},
	{item.Raw{0x82, 0x01, 0x02}, []any{1, 2}},
	{item.Raw(nil), nil},
	{netip.MustParseAddr("10.0.0.1"), []byte{10, 0, 0, 1}},
	{item.Fault{Name: "n", Line: 3}, map[string]any{"n": "n", "l": 3}},
}

func TestGenericForm(t *testing.T) {
	for _, tt := range generic {
		if got := itemtest.Over[any](t, itemtest.Plain, tt.sent); !same(got, tt.want) {
			t.Errorf("%s arrives as %s, want %s", show(tt.sent), show(got), show(tt.want))
		}
		got := itemtest.Over[any](t, itemtest.Plain, []any{tt.sent, map[string]any{"k": tt.sent}})
		if want := []any{tt.want, map[string]any{"k": tt.want}}; !same(got, want) && !isNaN(tt.want) {
			t.Errorf("inside others, %s arrives as %s, want %s", show(tt.sent), show(got), show(want))
		}
	}
}

func isNaN(v any) bool { f, ok := v.(float64); return ok && f != f }
