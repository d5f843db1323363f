package item_test

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

// onPointer has its methods on the pointer, and counts in hex.
type onPointer struct{ n int }

func (o *onPointer) MarshalCBOR() ([]byte, error) { return cbor.Marshal(fmt.Sprintf("%x", o.n)) }

func (o *onPointer) UnmarshalCBOR(b []byte) error {
	var s string
	if err := cbor.Unmarshal(b, &s); err != nil {
		return err
	}
	_, err := fmt.Sscanf(s, "%x", &o.n)
	return err
}

type packed struct{ s string }

func (p packed) MarshalBinary() ([]byte, error) { return []byte(p.s), nil }

func (p *packed) UnmarshalBinary(b []byte) error {
	if string(b) == "bad" {
		return errors.New("it is bad")
	}
	p.s = string(b)
	return nil
}

func TestMethodsAreUsedWhereverTheValueLies(t *testing.T) {
	type both struct {
		A onPointer
		B *onPointer
		C []onPointer
		D map[string]onPointer
		E any
		F packed
		G map[packed]int
	}
	sent := both{A: onPointer{10}, B: &onPointer{11}, C: []onPointer{{12}},
		D: map[string]onPointer{"x": {13}}, E: onPointer{14}, F: packed{"pp"}, G: map[packed]int{{"k"}: 1}}
	want := map[string]any{"A": "a", "B": "b", "C": []any{"c"}, "D": map[string]any{"x": "d"}, "E": "e",
		"F": []byte("pp"), "G": map[any]any{[1]byte{'k'}: 1}}
	if got := itemtest.Over[any](t, itemtest.Plain, sent); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	sent.E = "e"
	if got := itemtest.Over[both](t, itemtest.Plain, sent); !reflect.DeepEqual(got, sent) {
		t.Errorf("got %+v", got)
	}
}

type moody struct{ what string }

func (m moody) MarshalCBOR() ([]byte, error) {
	switch m.what {
	case "error":
		return nil, io.ErrNoProgress
	case "panic":
		panic("in a mood")
	case "indefinite":
		return []byte{0x9f, 0xff}, nil
	case "nothing":
		return nil, nil
	case "two":
		return []byte{1, 2}, nil
	}
	return []byte(m.what), nil
}

func (m *moody) UnmarshalCBOR(b []byte) error { panic(fmt.Sprintf("at %x", b)) }

func TestMethodsThatFail(t *testing.T) {
	for what, text := range map[string]string{
		"error":      "item[0]: MarshalCBOR of item_test.moody: " + io.ErrNoProgress.Error(),
		"panic":      "item[0]: MarshalCBOR of item_test.moody: panic: in a mood",
		"indefinite": "item[0]: MarshalCBOR of item_test.moody: malformed: indefinite-length array isn't allowed",
		"nothing":    "item[0]: MarshalCBOR of item_test.moody: the bytes end before the item does",
		"two":        "item[0]: MarshalCBOR of item_test.moody: more bytes follow the item",
	} {
		_, err := itemtest.Plain.Append(nil, []any{moody{what}})
		itemtest.WantError(t, err, text)
		if what == "error" && !errors.Is(err, io.ErrNoProgress) {
			t.Error("the method's error is not in the chain")
		}
	}
	var m struct{ M []moody }
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, map[string][]int{"M": {7}}), &m),
		"item.M[0]: UnmarshalCBOR of item_test.moody: panic: at 07")
	var p []packed
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, [][]byte{nil, []byte("bad")}), &p),
		"item[1]: UnmarshalBinary of item_test.packed: it is bad")
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, []any{"text"}), &p),
		"item[0]: a string cannot become an item_test.packed")
}

type deepMarshaler struct{ levels int }

func (d deepMarshaler) MarshalCBOR() ([]byte, error) {
	return append([]byte(strings.Repeat("\x81", d.levels)), 0), nil
}

func TestMarshalerCountsForDepth(t *testing.T) {
	if _, err := itemtest.Plain.Append(nil, []any{deepMarshaler{item.MaxDepth - 1}}); err != nil {
		t.Error(err)
	}
	if _, err := itemtest.Plain.Append(nil, []any{deepMarshaler{item.MaxDepth}}); err == nil {
		t.Error("what the other side must refuse was encoded")
	}
}

func TestRawIsJudged(t *testing.T) {
	for raw, text := range map[string]string{
		"\x82\x01": "item[0]: the bytes end before the item does",
		"\xff":     "item[0]: malformed: unexpected \"break\" code",
		"\x01\x01": "item[0]: more bytes follow the item",
	} {
		_, err := itemtest.Plain.Append(nil, []any{item.Raw(raw)})
		itemtest.WantError(t, err, text)
	}
}

type quiet struct{ n int }

func (q quiet) IsZero() bool {
	if q.n < 0 {
		panic("negative")
	}
	return q.n == 7
}

func TestIsZeroDecides(t *testing.T) {
	type holder struct {
		Q quiet  `cbor:",omitzero"`
		P *quiet `cbor:",omitzero"`
	}
	if got := itemtest.Over[any](t, itemtest.Plain, holder{Q: quiet{7}}); len(got.(map[string]any)) != 0 {
		t.Errorf("%v", got)
	}
	if got := itemtest.Over[any](t, itemtest.Plain, holder{P: &quiet{7}}); len(got.(map[string]any)) != 1 {
		t.Errorf("%v", got)
	}
	_, err := itemtest.Plain.Append(nil, holder{Q: quiet{-1}})
	itemtest.WantError(t, err, "item.Q: IsZero of item_test.quiet: panic: negative")
}

func TestErrorsTravelAnywhere(t *testing.T) {
	type report struct {
		Err  error
		All  []error
		Any  any
		Path *fs.PathError
		No   syscall.Errno
	}
	path := &fs.PathError{Op: "open", Path: "p", Err: fs.ErrNotExist}
	got := itemtest.Over[report](t, itemtest.Plain, map[string]any{
		"Err": io.EOF, "All": []error{path, nil}, "Any": []any{path}, "No": 2})
	if got.Err.Error() != "EOF" || got.All[0].Error() != path.Error() || got.All[1] != nil || got.No != 2 {
		t.Errorf("got %+v", got)
	}
	if e := got.Any.([]any)[0].(error); e.Error() != path.Error() {
		t.Errorf("got %v", e)
	}
	if e := itemtest.Over[error](t, itemtest.Plain, syscall.ENOENT); e.Error() != syscall.ENOENT.Error() {
		t.Errorf("got %v", e)
	}
	if got := itemtest.Over[any](t, itemtest.Plain, report{}); got.(map[string]any)["Path"] != nil {
		t.Errorf("a nil *PathError arrives as %v", got)
	}
	var p *fs.PathError
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, path), &p), "item: an error cannot become a *fs.PathError")
	var e error
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, "text"), &e), "item: a string cannot become an error")
	var no syscall.Errno
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, []error{io.EOF}), &[]*syscall.Errno{&no}), "item[0]: an error cannot become a *syscall.Errno")
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, io.EOF), &no), "item: an error cannot become a syscall.Errno")
	var n int
	itemtest.WantError(t, itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, io.EOF), &n), "item: an error cannot become an int")
}

type remote struct{ item.Fault }

func (r *remote) Error() string { return r.Text }

func TestFaultHooks(t *testing.T) {
	c := &item.Codec{
		ToFault: func(err error) item.Fault {
			return item.Fault{Name: "N", Text: err.Error(), Line: 3, Is: []string{"io.EOF"}}
		},
		FromFault: func(f item.Fault) error { return &remote{f} },
	}
	want := &remote{item.Fault{Name: "N", Text: "EOF", Line: 3, Is: []string{"io.EOF"}}}
	if got := itemtest.Over[error](t, c, io.EOF); !reflect.DeepEqual(got, error(want)) {
		t.Errorf("got %#v", got)
	}
	if got := itemtest.Over[*remote](t, c, io.EOF); !reflect.DeepEqual(got, want) {
		t.Errorf("got %#v", got)
	}
	if got := itemtest.Over[any](t, c, map[string]any{"e": io.EOF}); !reflect.DeepEqual(got, map[string]any{"e": error(want)}) {
		t.Errorf("got %#v", got)
	}
}

type rude struct{}

func (rude) Error() string { panic("rude") }

func TestErrorMethodPanics(t *testing.T) {
	_, err := itemtest.Plain.Append(nil, []error{rude{}})
	itemtest.WantError(t, err, "item[0]: Error of item_test.rude: panic: rude")
	c := &item.Codec{ToFault: func(err error) item.Fault { return item.Fault{Text: err.Error()} }}
	_, err = c.Append(nil, rude{})
	itemtest.WantError(t, err, "item: Error of item_test.rude: panic: rude")
	c = &item.Codec{Refs: []item.Ref{{Tag: itemtest.TagLine, Type: reflect.TypeFor[*itemtest.Line](),
		ID: func(any) (uint64, error) { return 0, rude{} }}}}
	_, err = c.Append(nil, &itemtest.Line{})
	itemtest.WantError(t, err, "item: Error of item_test.rude: panic: rude")
}

func TestConcurrentUse(t *testing.T) {
	c, lines := itemtest.WithLines()
	type fresh struct {
		A []struct{ B map[string]*itemtest.Line }
	}
	sent := fresh{A: []struct{ B map[string]*itemtest.Line }{{map[string]*itemtest.Line{"x": lines[1]}}}}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				data, err := c.Append(nil, sent)
				var got fresh
				if err == nil {
					err = c.Decode(data, &got)
				}
				if err != nil || !reflect.DeepEqual(got, sent) {
					t.Errorf("got %v, %v", got, err)
					return
				}
			}
		})
	}
	all.Wait()
}
