package item_test

import (
	"fmt"
	"math"
	"math/big"
	"net/netip"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

// roundTrip sends x and wants the same back as a T.
func roundTrip[T any](t *testing.T, values ...T) {
	t.Helper()
	for _, x := range values {
		if got := itemtest.Over[T](t, itemtest.Plain, x); !same(got, x) {
			t.Errorf("%s arrives as %s", show(x), show(got))
		}
		if got := itemtest.Over[[]T](t, itemtest.Plain, []T{x, x}); !same(got, []T{x, x}) && !isNaN(any(x)) {
			t.Errorf("%s arrives in a slice as %s", show(x), show(got))
		}
	}
}

func TestTypedRoundTrip(t *testing.T) {
	roundTrip[any](t, nil, 1, "a", []any{nil})
	roundTrip(t, math.MinInt, -1, 0, math.MaxInt)
	roundTrip[int8](t, math.MinInt8, math.MaxInt8)
	roundTrip[int16](t, math.MinInt16, math.MaxInt16)
	roundTrip[int32](t, math.MinInt32, math.MaxInt32)
	roundTrip[int64](t, math.MinInt64, math.MaxInt64)
	roundTrip[uint](t, 0, math.MaxUint)
	roundTrip[uint8](t, 0, math.MaxUint8)
	roundTrip[uint64](t, 0, math.MaxUint64)
	roundTrip[uintptr](t, 12)
	roundTrip[float32](t, 0.1, float32(math.Inf(1)), math.MaxFloat32, float32(math.NaN()))
	roundTrip(t, 0.1, math.Inf(-1), math.NaN(), math.Copysign(0, -1))
	roundTrip(t, "", "a", "\xc3\x28")
	roundTrip[name](t, "", "b", "\xff")
	roundTrip(t, true, false)
	roundTrip(t, []byte(nil), []byte{}, []byte{0})
	roundTrip(t, blob(nil), blob{1})
	roundTrip(t, counts{1, 2})
	roundTrip(t, [3]byte{1, 2, 3})
	roundTrip(t, [3]count{1, 2, 3})
	roundTrip(t, [2][]string{{"a"}, nil})
	roundTrip(t, [][]int{nil, {}, {1}})
	roundTrip(t, *itemtest.Pow2(200), *neg(itemtest.Pow2(200)), *big.NewInt(0))
	roundTrip(t, itemtest.Pow2(64), neg(itemtest.Pow2(64)), nil)
	roundTrip(t, time.Minute, -time.Minute)
	roundTrip(t, (*int)(nil), ptr(1))
	roundTrip(t, ptr(ptr("x")))
	roundTrip(t, map[int8]string{-1: "a", 1: "b"}, nil, map[int8]string{})
	roundTrip(t, map[point]string{{1, 2}: "a", {2, 1}: "b"})
	roundTrip(t, map[[2]point]bool{{{1, 2}}: true})
	roundTrip(t, map[any]any{[1]any{"a"}: 1, false: 2})
	roundTrip(t, map[float64]int{1: 1, 1.5: 2})
	roundTrip(t, map[string]map[string][]point{"a": {"b": {{1, 2}}}})
	roundTrip(t, url.URL{Scheme: "https", Host: "h", Path: "/p"})
	roundTrip(t, netip.MustParseAddrPort("[::1]:80"))
	roundTrip(t, struct{ A any }{map[string]any{"a": 1}})
	roundTrip(t, item.Fault{Name: "N", Text: "\xff", Stack: "s", File: "f", Line: 1, Column: 2, Code: -3, Is: []string{"io.EOF"}})
}

func TestNumbersConvert(t *testing.T) {
	if got := itemtest.Over[float64](t, itemtest.Plain, 7); got != 7 {
		t.Errorf("an int as float64: %v", got)
	}
	if got := itemtest.Over[float64](t, itemtest.Plain, neg(itemtest.Pow2(64))); got != -math.Ldexp(1, 64) {
		t.Errorf("-2^64 as float64: %v", got)
	}
	if got := itemtest.Over[float64](t, itemtest.Plain, -8); got != -8 {
		t.Errorf("a negative int as float64: %v", got)
	}
	if got := itemtest.Over[float64](t, itemtest.Plain, itemtest.Pow2(70)); got != math.Ldexp(1, 70) {
		t.Errorf("2^70 as float64: %v", got)
	}
	if got := itemtest.Over[float32](t, itemtest.Plain, 0.1); got != 0.1 {
		t.Errorf("a float64 as float32: %v", got)
	}
	if got := itemtest.Over[time.Duration](t, itemtest.Plain, 5); got != 5 {
		t.Errorf("an int as a duration: %v", got)
	}
	if got := itemtest.Over[*big.Int](t, itemtest.Plain, 5); got.Int64() != 5 {
		t.Errorf("an int as *big.Int: %v", got)
	}
	var n int
	if err := itemtest.Plain.Decode(itemtest.Unhex(t, "c2 42 0100"), &n); err != nil || n != 256 {
		t.Errorf("a short tag 2 as int: %d, %v", n, err)
	}
}

func TestFloatsOfEveryWidthAreRead(t *testing.T) {
	for in, want := range map[string]float64{
		"f93c00": 1, "f9c000": -2, "f97bff": 65504, "f90001": 5.960464477539063e-8,
		"f90400": 0.00006103515625, "f97c00": math.Inf(1), "f9fc00": math.Inf(-1), "f97e00": math.NaN(),
		"fa3fc00000": 1.5, "fb3ff8000000000000": 1.5,
	} {
		var generic any
		var typed float64
		if err := itemtest.Plain.Decode(itemtest.Unhex(t, in), &generic); err != nil || !same(generic, any(want)) {
			t.Errorf("%s is %v, %v, want %v", in, generic, err, want)
		}
		if err := itemtest.Plain.Decode(itemtest.Unhex(t, in), &typed); err != nil || !same(typed, want) {
			t.Errorf("%s is %v, %v, want %v", in, typed, err, want)
		}
	}
}

func TestFloat32StaysFourBytes(t *testing.T) {
	if got := itemtest.Encode(t, itemtest.Plain, float32(1.5)); len(got) != 5 {
		t.Errorf("a float32 takes %d bytes", len(got))
	}
}

func TestTimeKeepsInstantAndOffset(t *testing.T) {
	for _, sent := range []time.Time{
		{},
		time.Date(2024, 2, 29, 23, 59, 59, 999999999, time.UTC),
		time.Date(2024, 2, 29, 1, 2, 3, 4, cet),
		time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
		time.Date(10000, 1, 1, 0, 30, 0, 0, cet), // 9999 in UTC
		time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", 53*60+28)),
		time.Date(1890, 1, 1, 0, 0, 0, 0, time.FixedZone("LMT", -53*60-28)),
		time.Date(2024, 1, 1, 0, 0, 0, 0, time.FixedZone("odd", 30*3600)),
		time.Now(),
	} {
		for _, got := range []time.Time{itemtest.Over[time.Time](t, itemtest.Plain, sent), itemtest.Over[any](t, itemtest.Plain, sent).(time.Time)} {
			if !got.Equal(sent) {
				t.Errorf("%v arrives as %v", sent, got)
			}
			_, want := sent.Zone()
			if _, offset := got.Zone(); offset != want && want%60 == 0 && want < 24*3600 && sent.Year() < 10000 {
				t.Errorf("%v arrives with the offset %d", sent, offset)
			}
		}
	}
	if got := itemtest.Over[time.Time](t, itemtest.Plain, time.Now()); got != got.Round(0) {
		t.Error("the monotonic clock travelled")
	}
}

func TestTimeDoesNotDependOnLocal(t *testing.T) {
	defer func(local *time.Location) { time.Local = local }(time.Local)
	time.Local = cet
	sent := time.Date(2024, 2, 29, 1, 2, 3, 4, cet)
	if got := itemtest.Over[time.Time](t, itemtest.Plain, sent); got.Location() == time.Local || !got.Equal(sent) {
		t.Errorf("%v arrives as %v in the receiver's own zone", sent, got)
	}
}

func TestNullIsZero(t *testing.T) {
	s := struct {
		P *int
		I int
		S []int
		M map[string]int
		T time.Time
		B big.Int
		E error
		U url.URL
	}{P: ptr(1), I: 1, S: []int{1}, T: time.Now(), B: *itemtest.Pow2(70)}
	typ := reflect.TypeOf(s)
	for i := range typ.NumField() {
		p := reflect.New(typ.Field(i).Type)
		p.Elem().Set(reflect.ValueOf(s).Field(i))
		if err := itemtest.Plain.Decode([]byte{0xf6}, p.Interface()); err != nil || !p.Elem().IsZero() {
			t.Errorf("null into %s: %v, %v", typ.Field(i).Type, p.Elem(), err)
		}
	}
	var raw item.Raw
	if err := itemtest.Plain.Decode([]byte{0xf6}, &raw); err != nil || len(raw) != 1 {
		t.Errorf("null into Raw: %x, %v", raw, err)
	}
}

func TestDecodeCopies(t *testing.T) {
	data := itemtest.Encode(t, itemtest.Plain, []any{[]byte("abc"), "abc", item.Raw{0x43, 'a', 'b', 'c'}})
	var list []item.Raw
	var generic []any
	if err := itemtest.Plain.Decode(data, &list); err != nil {
		t.Fatal(err)
	}
	if err := itemtest.Plain.Decode(data, &generic); err != nil {
		t.Fatal(err)
	}
	lone := itemtest.Encode(t, itemtest.Plain, []byte("abc"))
	var b []byte
	if err := itemtest.Plain.Decode(lone, &b); err != nil {
		t.Fatal(err)
	}
	clear(data)
	clear(lone)
	if string(list[0]) != "\x43abc" || string(generic[0].([]byte)) != "abc" || string(b) != "abc" {
		t.Errorf("what was received changed with the data: %x %v %s", list[0], generic, b)
	}
}

func TestSliceAndMapAreReplacedWhole(t *testing.T) {
	slice, m := []int{9, 9, 9}, map[string]int{"old": 1}
	held := slice
	if err := itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, []int{1}), &slice); err != nil || len(slice) != 1 || held[0] != 9 {
		t.Errorf("%v, %v; what shared its array is %v", slice, err, held)
	}
	if err := itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, map[string]int{"new": 1}), &m); err != nil || len(m) != 1 || m["new"] != 1 {
		t.Errorf("%v, %v", m, err)
	}
}

func TestLongListGrows(t *testing.T) {
	sent := make([][4]int, 20000)
	for i := range sent {
		sent[i][0] = i
	}
	if got := itemtest.Over[[][4]int](t, itemtest.Plain, sent); !reflect.DeepEqual(got, sent) {
		t.Error("a long list does not survive")
	}
}

func TestShorterArrayLeavesZeros(t *testing.T) {
	got := [4]int{9, 9, 9, 9}
	if err := itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, []int{1, 2}), &got); err != nil || got != [4]int{1, 2} {
		t.Errorf("%v, %v", got, err)
	}
	b := [4]byte{9, 9, 9, 9}
	if err := itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, []byte{1, 2}), &b); err != nil || b != [4]byte{1, 2} {
		t.Errorf("%v, %v", b, err)
	}
}

func TestNaNKeys(t *testing.T) {
	sent := map[float64]int{math.NaN(): 1}
	sent[math.NaN()] = 2
	if got := itemtest.Over[map[float64]int](t, itemtest.Plain, sent); len(got) != 2 {
		t.Errorf("two NaN keys arrive as %v", got)
	}
	if got := itemtest.Over[any](t, itemtest.Plain, map[any]any{math.NaN(): 1, math.Log(-1): 2}); len(got.(map[any]any)) != 2 {
		t.Errorf("two NaN keys arrive as %v", got)
	}
	if got := itemtest.Over[any](t, itemtest.Plain, map[any]int{math.NaN(): 1, [1]float64{math.NaN()}: 1}); len(got.(map[any]any)) != 2 {
		t.Errorf("NaN keys arrive as %v", got)
	}
}

// same is DeepEqual with NaN equal to itself.
func same(a, b any) bool {
	return reflect.DeepEqual(a, b) || show(a) == show(b) && strings.Contains(show(a), "NaN")
}

func show(v any) string { return fmt.Sprintf("%T %#v", v, v) }
