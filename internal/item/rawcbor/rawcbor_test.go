package rawcbor_test

import (
	"encoding/hex"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item/rawcbor"
)

func TestHeadsComeBack(t *testing.T) {
	for major := range byte(rawcbor.MajorSimple) {
		for _, n := range []uint64{0, 23, 24, 255, 256, 65535, 65536, math.MaxUint32, 1 << 32, math.MaxUint64} {
			b := rawcbor.AppendHead(nil, major, n)
			h, ok := rawcbor.ReadHead(b)
			if !ok || h.Major != major || h.Arg != n || h.Size != len(b) {
				t.Errorf("%x is read as %+v, %v", b, h, ok)
			}
			for cut := range b {
				if h, ok := rawcbor.ReadHead(b[:cut]); ok {
					t.Errorf("%x, which is cut short, is read as %+v", b[:cut], h)
				}
			}
		}
	}
}

func TestSetCountKeepsTheSize(t *testing.T) {
	for _, room := range []uint64{23, 255, 65535, math.MaxUint32} {
		b := rawcbor.AppendHead(nil, rawcbor.MajorMap, room)
		rawcbor.SetCount(b, 5)
		if h, ok := rawcbor.ReadHead(b); !ok || h.Arg != 5 || h.Size != len(b) || h.Major != rawcbor.MajorMap {
			t.Errorf("a head with room for %d is read as %+v", room, h)
		}
	}
}

func TestHalfFloatsAreWidened(t *testing.T) {
	for text, want := range map[string]float64{
		"f90000": 0, "f93c00": 1, "f9c400": -4, "f97bff": 65504, "f90001": 5.960464477539063e-8,
		"f97c00": math.Inf(1), "f9fc00": math.Inf(-1), "fa47c35000": 100000, "fb3ff199999999999a": 1.1,
	} {
		if h, ok := rawcbor.ReadHead(unhex(t, text)); !ok || !h.IsFloat() || h.Float() != want {
			t.Errorf("%s is %v, want %v", text, h.Float(), want)
		}
	}
	if h, _ := rawcbor.ReadHead(unhex(t, "f97e00")); !math.IsNaN(h.Float()) {
		t.Errorf("a NaN is %v", h.Float())
	}
}

func TestIntegersOfAnySizeComeBack(t *testing.T) {
	for _, text := range []string{
		"0", "23", "24", "-1", "-24", "-25", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
		"-9223372036854775809", "18446744073709551615", "18446744073709551616", "-18446744073709551616",
		"-18446744073709551617", "1" + strings.Repeat("0", 100), "-1" + strings.Repeat("0", 100),
	} {
		want, _ := new(big.Int).SetString(text, 10)
		c := rawcbor.NewCursor(rawcbor.AppendBig(nil, want), 0)
		n, ok, err := c.IntegerIfNext()
		if !ok || err != nil || n.Big().Cmp(want) != 0 {
			t.Errorf("%s comes back as %v, %v, %v", text, n.Big(), ok, err)
		}
		i, fits := n.Int64()
		if fits != want.IsInt64() || fits && i != want.Int64() {
			t.Errorf("%s as an int64 is %d, %v", text, i, fits)
		}
		u, fits := n.Uint64()
		if fits != want.IsUint64() || fits && u != want.Uint64() {
			t.Errorf("%s as a uint64 is %d, %v", text, u, fits)
		}
	}
}

func TestTimesComeBack(t *testing.T) {
	for _, want := range []time.Time{
		time.Unix(0, 0).UTC(), time.Date(2024, 2, 29, 12, 30, 0, 123, time.FixedZone("", 3600)),
		time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC),
	} {
		b, err := rawcbor.AppendTime(nil, want)
		if err != nil {
			t.Fatal(err)
		}
		c := rawcbor.NewCursor(b, 0)
		if !c.NextIsTag(rawcbor.TagTime) {
			t.Fatalf("%x is no time", b)
		}
		c.Pass(c.Peek())
		got, err := c.TimeBody()
		if _, offset := got.Zone(); err != nil || !got.Equal(want) || got.Format("Z0700") != want.Format("Z0700") {
			t.Errorf("%v comes back as %v with offset %d, %v", want, got, offset, err)
		}
	}
	if b, err := rawcbor.AppendTime([]byte("kept"), time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC)); err == nil || string(b) != "kept" {
		t.Errorf("a time before the year 0 gives %q, %v", b, err)
	}
}

// What the cursor passes over and what is judged to be one value must be the same.
func TestCursorAgreesWithTheJudge(t *testing.T) {
	for text, good := range map[string]bool{
		"00": true, "1b7fffffffffffffff": true, "4101": true, "6161": true, "820102": true, "a10102": true, "c2410f": true,
		"d9464105": true, "f6": true, "f7": true, "f818": false, "f8ff": true, "fb0000000000000000": true,
		"": false, "18": false, "4201": false, "6261": false, "8201": false, "a101": false, "c1": false, "1c": false,
		"9fff": false, "5f4101ff": false, "ff": false, "bb0000000100000000": false, "9bffffffffffffffff": false,
	} {
		data := unhex(t, text)
		c := rawcbor.NewCursor(data, 0)
		skipped := c.Skip() == nil && c.Pos() == len(data)
		if judged := rawcbor.Wellformed(data) == nil; skipped != good || judged != good {
			t.Errorf("%q is passed over: %v, judged well formed: %v, want %v", text, skipped, judged, good)
		}
	}
}

func TestDepthCountsFromWhereTheCursorBegins(t *testing.T) {
	nested := append([]byte(strings.Repeat("\x81", 10)), 0)
	for depth, good := range map[int]bool{0: true, rawcbor.MaxDepth - 10: true, rawcbor.MaxDepth - 9: false} {
		c := rawcbor.NewCursor(nested, depth)
		if err := c.Skip(); (err == nil) != good {
			t.Errorf("ten levels below %d: %v", depth, err)
		}
	}
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	b, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
