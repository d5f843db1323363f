package item_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/farside-go/farside/internal/item"
)

func TestRefsTravelAnywhere(t *testing.T) {
	c, lines := withLines()
	type Holder struct {
		Back  *line
		More  []*line
		By    map[string]*line
		As    interface{ Hidden() }
		Keyed map[*line]int
	}
	sent := Holder{lines[1], []*line{lines[2], nil}, map[string]*line{"x": lines[3]}, lines[4], map[*line]int{lines[5]: 5}}
	if got := over[Holder](t, c, sent); !reflect.DeepEqual(got, sent) || got.Back != lines[1] {
		t.Errorf("got %+v", got)
	}
	got := over[any](t, c, map[string]any{"a": []any{lines[1]}, "b": map[*line]int{lines[2]: 2}})
	want := map[string]any{"a": []any{lines[1]}, "b": map[any]any{lines[2]: 2}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := over[*line](t, c, lines[7]); got != lines[7] {
		t.Errorf("got %v", got)
	}
}

// Line is a reference with an exported name, so that a struct may embed it and send it.
type Line struct{ N int }

func TestEmbeddedRefIsAField(t *testing.T) {
	the := &Line{5}
	c := &item.Codec{Refs: []item.Ref{{
		Tag: tagLine, Type: reflect.TypeFor[*Line](),
		ID:      func(any) (uint64, error) { return 1, nil },
		Resolve: func(uint64) (any, error) { return the, nil },
	}}}
	type conn struct {
		*Line
		Name string
	}
	if got := over[conn](t, c, conn{the, "n"}); got.Line != the || got.Name != "n" {
		t.Errorf("got %+v", got)
	}
	if got := over[any](t, plain, conn{the, "n"}); !reflect.DeepEqual(got, map[string]any{"N": 5, "Name": "n"}) {
		t.Errorf("without the reference: %v", got)
	}
	if got := over[conn](t, c, conn{the, "n"}); got.Line != the {
		t.Errorf("afterwards: %+v", got)
	}
}

func TestRefErrors(t *testing.T) {
	c, lines := withLines()
	_, err := c.Append(nil, map[string][]*line{"x": {lines[1], {id: 11}}})
	wantError(t, err, `item["x"][1]: it belongs to another gateway`)
	if !errors.Is(err, errForeign) {
		t.Error("the hook's error is not in the chain")
	}
	var generic any
	var typed struct{ L *line }
	wantError(t, c.Decode(unhex(t, "81 d94650 0c"), &generic), "item[0]: no line 12")
	wantError(t, c.Decode(unhex(t, "81 d94650 20"), &generic), "item[0]: a *item_test.line without its id")
	wantError(t, c.Decode(unhex(t, "a1 614c 05"), &typed), "item.L: an integer cannot become a *item_test.line")
	wantError(t, c.Decode(unhex(t, "a1 614c d94650 0c"), &typed), "item.L: no line 12")
	var n []int
	wantError(t, c.Decode(unhex(t, "81 d94650 01"), &n), "item[0]: a *item_test.line cannot become an int")
	var w interface{ Close() }
	wantError(t, c.Decode(unhex(t, "d94650 01"), &w), "item: a *item_test.line cannot become an interface { Close() }")
}
