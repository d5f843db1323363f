package encode_test

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

type server struct {
	Name string
	Conn any
	Next *server
}

type (
	name  string
	point struct{ X, Y int }
)

func ptr[T any](x T) *T { return &x }

type farm struct{ Servers []server }

func TestWhatCannotBeSent(t *testing.T) {
	type holder struct {
		F func() `cbor:"wire"`
	}
	for text, v := range map[string]any{
		"item: a func cannot be sent":                 func() {},
		"item: a Go channel cannot be sent":           make(chan int),
		"item: an unsafe pointer cannot be sent":      unsafe.Pointer(nil),
		"item: a complex number cannot be sent":       complex64(1),
		"item.F: a func cannot be sent":               holder{},
		"item[0]: a func cannot be sent":              []func(){nil},
		"item[1]: a Go channel cannot be sent":        []any{1, (chan int)(nil)},
		"item.Servers[3].Conn: a func cannot be sent": farm{[]server{{}, {}, {}, {Conn: func() {}}}},
		"item.Next.Next.Conn[\"a b\"]: a complex number cannot be sent": &server{
			Next: &server{Next: &server{Conn: map[string]any{"a b": 1i}}}},
		"item[42]: a func cannot be sent":               map[int]func(){42: nil},
		"item[{1 2}][0]: a func cannot be sent":         map[point][1]func(){{1, 2}: {}},
		"item[\"k\"]: a Go channel cannot be sent":      map[name]any{"k": make(chan int)},
		"item[(1+0i)]: a complex number cannot be sent": map[complex128]int{1: 1},
		"item: a time in the year -5 cannot be sent":    time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC),
		"item[0][\"\\xff\"][2]: a func cannot be sent":  []any{map[string]any{"\xff": [3]any{1, 2, func() {}}}},
	} {
		dst := []byte("kept")
		out, err := itemtest.Plain.Append(dst, v)
		itemtest.WantError(t, err, text)
		if string(out) != "kept" {
			t.Errorf("after %s the buffer is %q", text, out)
		}
	}
}

func TestCyclesAreFound(t *testing.T) {
	ring := &server{}
	ring.Next = &server{Next: ring}
	list := []any{1, nil}
	list[1] = list
	m := map[string]any{}
	m["self"] = []any{m}
	typed := map[int]any{}
	typed[1] = &typed
	var x any
	x = &x
	type pointer *pointer
	var p pointer
	p = &p
	type slice []slice
	s := slice{nil}
	s[0] = s
	for text, v := range map[string]any{
		"item.Next.Next: a cycle cannot be sent":    ring,
		"item[1]: a cycle cannot be sent":           list,
		"item[\"self\"][0]: a cycle cannot be sent": m,
		"item[1]: a cycle cannot be sent ":          typed,
		"item: a cycle cannot be sent":              x,
		"item: a cycle cannot be sent ":             p,
		"item[0]: a cycle cannot be sent":           s,
	} {
		_, err := itemtest.Plain.Append(nil, v)
		itemtest.WantError(t, err, strings.TrimRight(text, " "))
	}
}

// nested is a list of n servers, each within the one before.
func nested(n int) (first, last *server) {
	last = &server{}
	first = last
	for range n - 1 {
		first = &server{Next: first}
	}
	return first, last
}

func TestLongCycleIsACycle(t *testing.T) {
	for _, n := range []int{3, 45, 50, 51, 100, item.MaxDepth - 1, item.MaxDepth, item.MaxDepth + 1, 5 * item.MaxDepth} {
		first, last := nested(n)
		last.Next = first
		_, err := itemtest.Plain.Append(nil, first)
		if err == nil || !strings.HasSuffix(err.Error(), ": a cycle cannot be sent") {
			t.Errorf("a cycle of %d: %v", n, err)
		}
	}
}

// A cycle need not lead back to where the item begins.
func TestLassoIsACycle(t *testing.T) {
	for _, tail := range []int{1, 40, 60, 900, item.MaxDepth + 5} {
		for _, ring := range []int{1, 10, 100} {
			first, knot := nested(tail)
			head, last := nested(ring)
			knot.Next, last.Next = head, head
			_, err := itemtest.Plain.Append(nil, first)
			if err == nil || !strings.HasSuffix(err.Error(), ": a cycle cannot be sent") {
				t.Errorf("%d into a ring of %d: %v", tail, ring, err)
			}
		}
	}
}

func TestDepthLimit(t *testing.T) {
	first, _ := nested(item.MaxDepth)
	got := itemtest.Over[*server](t, itemtest.Plain, first)
	for n := 1; n < item.MaxDepth; n++ {
		got = got.Next
	}
	if got == nil || got.Next != nil {
		t.Error("the deepest allowed value arrives otherwise")
	}
	for _, n := range []int{item.MaxDepth + 1, 20 * item.MaxDepth} {
		first, _ = nested(n)
		_, err := itemtest.Plain.Append(nil, first)
		if err == nil || !strings.HasSuffix(err.Error(), ": nested deeper than 1000 levels") {
			t.Errorf("%d levels: %v", n, err)
		}
		if len(err.Error()) > 1000 {
			t.Errorf("the error is %d bytes long", len(err.Error()))
		}
	}
}

// Two ways down at each level make 2^n paths: the search for a cycle must give up.
func TestDeepLatticeEnds(t *testing.T) {
	var v any
	for range 3 * item.MaxDepth {
		v = []any{v, v}
	}
	_, err := itemtest.Plain.Append(nil, v)
	if err == nil || !strings.HasSuffix(err.Error(), ": nested deeper than 1000 levels") {
		t.Errorf("got %v", err)
	}
}

func TestEndlessPointers(t *testing.T) {
	type pointer *pointer
	var p pointer
	for range 1_000_000 {
		p = &[]pointer{p}[0]
	}
	_, err := itemtest.Plain.Append(nil, p)
	itemtest.WantError(t, err, "item: nested deeper than 1000 levels")
}

// What is shared but not circular travels, once for each place.
func TestSharedIsNoCycle(t *testing.T) {
	type first struct {
		Name string
		P    *string // may have the address of the struct itself
	}
	f := &first{Name: "n"}
	f.P = &f.Name
	if got := itemtest.Over[first](t, itemtest.Plain, f); *got.P != "n" {
		t.Errorf("got %+v", got)
	}
	leaf := []any{1}
	if got := itemtest.Over[any](t, itemtest.Plain, []any{leaf, leaf, map[string]any{"a": leaf}}); got == nil {
		t.Error("no")
	}
	array := make([]any, 3)
	array[2] = array[:1]
	if got := itemtest.Over[[]any](t, itemtest.Plain, array); len(got[2].([]any)) != 1 {
		t.Errorf("got %v", got)
	}
	empty := struct{}{}
	if got := itemtest.Over[any](t, itemtest.Plain, []any{&empty, []any{&empty}, []any{}}); got == nil {
		t.Error("no")
	}
}

// After an error the same codec and its pooled parts must work as before.
func TestErrorsLeaveNothingBehind(t *testing.T) {
	first, last := nested(200)
	good := itemtest.Encode(t, itemtest.Plain, first)
	last.Next = first
	for range 3 {
		if _, err := itemtest.Plain.Append(nil, first); err == nil {
			t.Fatal("a cycle was sent")
		}
	}
	last.Next = nil
	if got := itemtest.Encode(t, itemtest.Plain, first); !bytes.Equal(got, good) {
		t.Error("encodes otherwise after an error")
	}
}

// thief takes another key out of the map while it is encoded.
type thief struct{ m map[string]any }

func (th thief) MarshalCBOR() ([]byte, error) {
	clear(th.m)
	return []byte{0xf6}, nil
}

func TestMapThatChanges(t *testing.T) {
	type named map[string]any
	for _, convert := range []func(map[string]any) any{
		func(m map[string]any) any { return m },
		func(m map[string]any) any { return named(m) },
	} {
		m := map[string]any{}
		m["a"], m["b"] = thief{m}, thief{m}
		_, err := itemtest.Plain.Append(nil, []any{convert(m)})
		itemtest.WantError(t, err, "item[0]: the map changed while it was encoded")
	}
}

func TestSizeLimitStopsEarly(t *testing.T) {
	c := &item.Codec{MaxBytes: 100}
	big := strings.Repeat("x", 64<<20)
	huge := [1 << 20]byte{}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := c.Append(nil, map[string]any{"a": []any{1, 2, big}})
	itemtest.WantError(t, err, `item["a"][2]: larger than the limit of 100 bytes`)
	_, err = c.Append(nil, []any{&huge})
	itemtest.WantError(t, err, "item[0]: larger than the limit of 100 bytes")
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 512<<10 {
		t.Errorf("%d bytes were allocated", took)
	}
	var never any
	if err := c.Decode(make([]byte, 101), &never); !errors.Is(err, item.ErrTooLarge) {
		t.Errorf("got %v", err)
	}
}

func TestKeysAlikeOnceEncoded(t *testing.T) {
	for text, v := range map[string]any{
		"item[1]: another key of the map is the same once it is encoded":     map[any]any{1: 1, int8(1): 1},
		"item[\"a\"]: another key of the map is the same once it is encoded": map[any]any{"a": 1, name("a"): 1},
	} {
		_, err := itemtest.Plain.Append(nil, v)
		itemtest.WantError(t, err, text)
	}
	if _, err := itemtest.Plain.Append(nil, map[*int]int{ptr(1): 1, ptr(1): 2}); err == nil {
		t.Error("two pointers to 1 were sent as keys")
	}
}

func TestLongKeyIsShortInPath(t *testing.T) {
	_, err := itemtest.Plain.Append(nil, map[string]any{strings.Repeat("x", 1<<20): func() {}})
	itemtest.WantError(t, err, `item["`+strings.Repeat("x", 64)+`"...]: a func cannot be sent`)
}
