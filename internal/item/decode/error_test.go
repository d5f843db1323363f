package decode_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/decode"
	"github.com/farside-go/farside/internal/item/itemtest"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

type point struct{ X, Y int }

type row struct {
	_    struct{} `cbor:",toarray"`
	A    int
	B    string `cbor:",omitempty"`
	C    *int
	Last []row
}

func TestMismatch(t *testing.T) {
	type holder struct {
		N    int `cbor:"wire"`
		By   map[string]int8
		Keys map[int]string
		P    *[]bool
		At   time.Time
	}
	for _, tt := range []struct {
		sent any
		dst  any
		text string
	}{
		{"x", new(int), "item: a string cannot become an int"},
		{"\xff", new(int), "item: a string cannot become an int"},
		{1.0, new(int), "item: a float cannot become an int"},
		{true, new(string), "item: a bool cannot become a string"},
		{1, new(string), "item: an integer cannot become a string"},
		{itemtest.Pow2(70), new(string), "item: an integer cannot become a string"},
		{[]byte{1}, new(string), "item: a byte string cannot become a string"},
		{"x", new([]byte), "item: a string cannot become a []uint8"},
		{"x", new([2]byte), "item: a string cannot become a [2]uint8"},
		{[]byte{1, 2, 3}, new([2]byte), "item: a byte string of 3 bytes does not fit [2]uint8"},
		{[]int{1}, new(map[string]int), "item: an array cannot become a map[string]int"},
		{map[string]int{}, new([]int), "item: a map cannot become a []int"},
		{[]int{1, 2, 3}, new([2]int), "item: an array of 3 elements does not fit [2]int"},
		{[]int{1, 2, 3, 4, 5}, new(row), "item: an array of 5 elements does not fit decode_test.row"},
		{time.Now(), new(int), "item: a time cannot become an int"},
		{time.Second, new(int), "item: a duration cannot become an int"},
		{time.Second, new(time.Time), "item: a duration cannot become a time.Time"},
		{"soon", new(time.Time), "item: a string cannot become a time.Time"},
		{"1s", new(time.Duration), "item: a string cannot become a time.Duration"},
		{300, new(int8), "item: 300 does not fit int8"},
		{-129, new(int8), "item: -129 does not fit int8"},
		{-1, new(uint), "item: -1 does not fit uint"},
		{uint64(1) << 63, new(int64), "item: 9223372036854775808 does not fit int64"},
		{itemtest.Pow2(64), new(uint64), "item: 18446744073709551616 does not fit uint64"},
		{itemtest.Pow2(4000), new(int), "item: an integer of 4001 bits does not fit int"},
		{itemtest.Pow2(4000), new(float64), "item: an integer of 4001 bits does not fit float64"},
		{1e300, new(float32), "item: 1e+300 does not fit float32"},
		{"x", new(float64), "item: a string cannot become a float64"},
		{1, new(bool), "item: an integer cannot become a bool"},
		{nil, new(chan int), ""},
		{1, new(chan int), "item: an integer cannot become a chan int"},
		{1, new(func()), "item: an integer cannot become a func()"},
		{1, new(complex128), "item: an integer cannot become a complex128"},
		{1, new(interface{ Close() error }), "item: an integer cannot become an interface { Close() error }"},
		{1, new(error), "item: an integer cannot become an error"},
		{map[string]any{"wire": "x"}, new(holder), "item.N: a string cannot become an int"},
		{map[string]any{"WIRE": "x"}, new(holder), "item.N: a string cannot become an int"},
		{map[string]any{"By": map[string]int{"a b": 200}}, new(holder), `item.By["a b"]: 200 does not fit int8`},
		{map[string]any{"Keys": map[string]string{"a": ""}}, new(holder), `item.Keys["a"]: a string cannot become an int`},
		{map[string]any{"Keys": map[int]int{42: 1}}, new(holder), `item.Keys[42]: an integer cannot become a string`},
		{map[string]any{"P": []any{true, 1}}, new(holder), `item.P[1]: an integer cannot become a bool`},
		{map[string]any{"At": "x"}, new(*holder), `item.At: a string cannot become a time.Time`},
		{map[point]int{{1, 2}: 3}, new(any), "item[key 0]: map[string]interface {} cannot be the key of a map[interface {}]interface {}: receive it into a typed map"},
		{map[[1]point]int{{}: 3}, new(any), "item[key 0]: []interface {} cannot be the key of a map[interface {}]interface {}: receive it into a typed map"},
		{map[[500]byte]int{{}: 3}, new(map[any]int), "item[key 0]: []uint8 cannot be the key of a map[interface {}]interface {}: receive it into a typed map"},
		{map[[500]int]int{{}: 3}, new(any), "item[key 0]: []interface {} cannot be the key of a map[interface {}]interface {}: receive it into a typed map"},
		{map[[1]any]int{{"x"}: 3}, new(map[[1]int]int), "item[key 0][0]: a string cannot become an int"},
		{map[[1]any]int{{[1]int{}}: 3}, new(map[[1]any]int), "item[key 0]: what came as a [1]interface {} cannot be a key"},
		{1, nil, "item: cannot decode into <nil>: it takes a non-nil pointer"},
		{1, 5, "item: cannot decode into int: it takes a non-nil pointer"},
		{1, (*int)(nil), "item: cannot decode into *int: it takes a non-nil pointer"},
		{1, (*any)(nil), "item: cannot decode into *interface {}: it takes a non-nil pointer"},
		{"x", (*string)(nil), "item: cannot decode into *string: it takes a non-nil pointer"},
		{[]byte("x"), (*[]byte)(nil), "item: cannot decode into *[]uint8: it takes a non-nil pointer"},
	} {
		err := itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, tt.sent), tt.dst)
		if tt.text == "" {
			if err != nil {
				t.Errorf("%T into %T: %v", tt.sent, tt.dst, err)
			}
			continue
		}
		itemtest.WantError(t, err, tt.text)
	}
}

func TestHostileBytes(t *testing.T) {
	huge := "the bytes end before the item does"
	for in, text := range map[string]string{
		"":                     huge,
		"18":                   huge,
		"1b00":                 huge,
		"9affffffff":           "malformed: exceeded max number of elements 2147483647 for CBOR array",
		"9a7fffffff":           huge,
		"9a0fffffff00":         huge,
		"9b7fffffffffffffff00": "malformed: exceeded max number of elements 2147483647 for CBOR array",
		"9bffffffffffffffff":   "malformed: array length 18446744073709551615 is too large, it would cause integer overflow",
		"bb0000000100000000":   "malformed: exceeded max number of key-value pairs 2147483647 for CBOR map",
		"ba000fffff00":         huge,
		"5a7fffffff00":         huge,
		"7a7fffffff00":         huge,
		"5bffffffffffffffff":   "malformed: byte string length 18446744073709551615 is too large, causing integer overflow",
		"9fff":                 "malformed: indefinite-length array isn't allowed",
		"bfff":                 "malformed: indefinite-length map isn't allowed",
		"5f4101ff":             "malformed: indefinite-length byte string isn't allowed",
		"819f01ff":             "malformed: indefinite-length array isn't allowed",
		"ff":                   "malformed: unexpected \"break\" code",
		"1c":                   "malformed: invalid additional information 28 for type positive integer",
		"f800":                 "malformed: invalid simple value 0 for type primitives",
		"c1":                   huge,
		"0000":                 "more bytes follow the item",
		"f6f6":                 "more bytes follow the item",
		"616161":               "more bytes follow the item",
		"820102 00":            "more bytes follow the item",
		"61ff":                 "a text that is not valid UTF-8",
		"e0":                   "unknown simple value 0",
		"f8ff":                 "unknown simple value 255",
		"d903e700":             "unknown tag 999",
		"c11a00000000":         "unknown tag 1",
		"c001":                 "a time without its text",
		"c061 78":              "\"x\" is no time",
		"c074 32303234303131323a31322b31323a30303a3030": "\"20240112:12+12:00:00\" is no time",
		"c201":                     "a big integer without its bytes",
		"c3f6":                     "a big integer without its bytes",
		"d9464161 78":              "a string cannot become a time.Duration",
		"d946411bffffffffffffffff": "18446744073709551615 does not fit time.Duration",
		"d9464205":                 "an integer cannot become a form.Fault",
		"d9464301":                 "a string without its bytes",
		"d94643":                   huge,
		"d946436161":               "a string without its bytes",
		"c2c240":                   "a big integer without its bytes",
	} {
		var generic any
		err := itemtest.Plain.Decode(itemtest.Unhex(t, in), &generic)
		if err == nil || strconv.IntSize == 64 { // long lengths have other words elsewhere
			itemtest.WantError(t, err, "item: "+text)
		}
		var typed struct {
			A []string
			B map[int]any
		}
		if err := itemtest.Plain.Decode(itemtest.Unhex(t, in), &typed); err == nil {
			t.Errorf("%s became %+v", in, typed)
		}
	}
}

func TestHostileParts(t *testing.T) {
	for in, text := range map[string]string{
		"820161ff":               "item[1]: a text that is not valid UTF-8",
		"a161610161":             "item: more bytes follow the item",
		"a2616101616101":         `item["a"]: the key comes twice`,
		"a201020101":             `item[1]: the key comes twice`,
		"a20102180101":           `item[1]: the key comes twice`,
		"a26161 01 d94643416101": `item["a"]: the key comes twice`,
		"a28101018101 01":        `item[[1]]: the key comes twice`,
		"a2 c0 7819323032342d30312d30315430303a30303a30302b30303a3137 01 c0 7819323032342d30312d30315430303a30303a30302b30303a3137 01":     `item[2024-01-01 00:00:00 +0017 +0017]: the key comes twice`,
		"a2 81c0 7819323032342d30312d30315430303a30303a30302b30303a3137 01 81c0 7819323032342d30312d30315430303a30303a30302b30303a3137 01": `item[[2024-01-01 00:00:00 +0017 +0017]]: the key comes twice`,
		"a2 d946410101 d946410101":             `item[1ns]: the key comes twice`,
		"a2 c06a00000000000000000000 01 01 01": "item[key 0]: \"\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\" is no time",
		"a1 61ff 01":                           "item[key 0]: a text that is not valid UTF-8",
		"a1 a0 01":                             "item[key 0]: map[string]interface {} cannot be the key of a map[interface {}]interface {}: receive it into a typed map",
		"a1 c249010000000000000000 01":         "item[key 0]: *big.Int cannot be the key of a map[interface {}]interface {}: receive it into a typed map",
		"a1 6161 81 d903e7 00":                 `item["a"][0]: unknown tag 999`,
		"a1 05 e0":                             `item[5]: unknown simple value 0`,
		"81 d94642a1616c6178":                  "item[0].Line: a string cannot become an int",
	} {
		var generic any
		itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Unhex(t, in), &generic), text)
	}
}

func TestHostileStructs(t *testing.T) {
	type holder struct {
		A   int
		B   map[any]int
		Raw item.Raw
		K   int `cbor:"7,keyasint"`
	}
	for in, text := range map[string]string{
		"a2 6141 01 6141 01":       `item["A"]: the key comes twice`,
		"a2 6161 01 6161 01":       `item["a"]: the key comes twice`,
		"a2 617a 01 617a 01":       `item["z"]: the key comes twice`,
		"a2 07 01 07 01":           `item[7]: the key comes twice`,
		"a2 20 01 20 01":           `item[-1]: the key comes twice`,
		"a2 80 01 80 01":           `item[key 1]: the key comes twice`,
		"a1 61ff 01":               "item[key 0]: a text that is not valid UTF-8",
		"a1 6142 a2 01010101":      `item.B[1]: the key comes twice`,
		"a1 6142 a2 8101018101 01": `item.B[[1]]: the key comes twice`,
		"a1 6142 a1 a0 01":         "item.B[key 0]: map[string]interface {} cannot be the key of a map[interface {}]interface {}: receive it into a typed map",
		"a1 6142 a1 d903e70001":    "item.B[key 0]: unknown tag 999",
		"a1 07 61 78":              "item.K: a string cannot become an int",
		"a1 6141 d903e700":         "item.A: unknown tag 999",
		"a1 6141 e0":               "item.A: the unknown simple value 0 cannot become an int",
	} {
		var h holder
		itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Unhex(t, in), &h), text)
	}
	var h holder
	if err := itemtest.Plain.Decode(itemtest.Unhex(t, "a1 63526177 d903e7 8100"), &h); err != nil || !bytes.Equal(h.Raw, itemtest.Unhex(t, "d903e78100")) {
		t.Errorf("an unknown tag into Raw: %x, %v", h.Raw, err)
	}
}

func TestDeepBytes(t *testing.T) {
	for _, one := range []string{"\x81", "\xa1\x00", "\xc1", "\xd9\x46\x42"} {
		for _, levels := range []int{item.MaxDepth + 2, 1_000_000} {
			data := []byte(strings.Repeat(one, levels) + "\x00")
			var generic any
			var raw item.Raw
			var list []any
			for _, dst := range []any{&generic, &raw, &list} {
				itemtest.WantError(t, itemtest.Plain.Decode(data, dst), "item: nested deeper than 1000 levels")
			}
			if _, err := decode.Unchecked(data); err == nil {
				t.Errorf("%x, %d times, decodes when unchecked", one, levels)
			}
			cursor := rawcbor.NewCursor(data, 0)
			if err := cursor.Skip(); err == nil {
				t.Errorf("%x, %d times, is skipped when unchecked", one, levels)
			}
		}
	}
	deepest := []byte(strings.Repeat("\x81", item.MaxDepth) + "\x00")
	var generic any
	if err := itemtest.Plain.Decode(deepest, &generic); err != nil {
		t.Error(err)
	}
	type self []self
	var typed self
	if err := itemtest.Plain.Decode(append(deepest[:item.MaxDepth-1:item.MaxDepth-1], 0x80), &typed); err != nil {
		t.Error(err)
	}
}

func TestEveryCutIsAnError(t *testing.T) {
	c, lines := itemtest.WithLines()
	whole := itemtest.Encode(t, c, map[any]any{
		"a": []any{1, int64(1 << 40), "text", []byte("bytes"), 1.5, float32(1), itemtest.Pow2(99), "\xff"}, 2: point{1, 2},
		3: time.Now(), 4: time.Second, 5: itemtest.ErrForeign, 6: lines[1], [1]int{1}: nil, false: map[string]int{"x": 1},
	})
	for n := range whole {
		var generic any
		var raw item.Raw
		var typed map[any]item.Raw
		for _, dst := range []any{&generic, &raw, &typed} {
			if err := c.Decode(whole[:n], dst); err == nil {
				t.Fatalf("%d of %d bytes decode into %T", n, len(whole), dst)
			}
		}
		if _, err := decode.Unchecked(whole[:n]); err == nil {
			t.Fatalf("%d of %d bytes decode when unchecked", n, len(whole))
		}
		cursor := rawcbor.NewCursor(whole[:n], 0)
		if err := cursor.Skip(); err == nil {
			t.Fatalf("%d of %d bytes are skipped when unchecked", n, len(whole))
		}
	}
}
