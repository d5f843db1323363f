package item_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

func TestRefsTravelAnywhere(t *testing.T) {
	c, lines := itemtest.WithLines()
	type Holder struct {
		Back  *itemtest.Line
		More  []*itemtest.Line
		By    map[string]*itemtest.Line
		As    interface{ Hidden() }
		Keyed map[*itemtest.Line]int
	}
	sent := Holder{lines[1], []*itemtest.Line{lines[2], nil}, map[string]*itemtest.Line{"x": lines[3]}, lines[4], map[*itemtest.Line]int{lines[5]: 5}}
	if got := itemtest.Over[Holder](t, c, sent); !reflect.DeepEqual(got, sent) || got.Back != lines[1] {
		t.Errorf("got %+v", got)
	}
	got := itemtest.Over[any](t, c, map[string]any{"a": []any{lines[1]}, "b": map[*itemtest.Line]int{lines[2]: 2}})
	want := map[string]any{"a": []any{lines[1]}, "b": map[any]any{lines[2]: 2}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
	if got := itemtest.Over[*itemtest.Line](t, c, lines[7]); got != lines[7] {
		t.Errorf("got %v", got)
	}
}

// Line is a reference with an exported name, so that a struct may embed it and send it.
type Line struct{ N int }

func TestEmbeddedRefIsAField(t *testing.T) {
	the := &Line{5}
	c := &item.Codec{Refs: []item.Ref{{
		Tag: itemtest.TagLine, Type: reflect.TypeFor[*Line](),
		ID:      func(any) (uint64, error) { return 1, nil },
		Resolve: func(uint64) (any, error) { return the, nil },
	}}}
	type conn struct {
		*Line
		Name string
	}
	if got := itemtest.Over[conn](t, c, conn{the, "n"}); got.Line != the || got.Name != "n" {
		t.Errorf("got %+v", got)
	}
	if got := itemtest.Over[any](t, itemtest.Plain, conn{the, "n"}); !reflect.DeepEqual(got, map[string]any{"N": 5, "Name": "n"}) {
		t.Errorf("without the reference: %v", got)
	}
	if got := itemtest.Over[conn](t, c, conn{the, "n"}); got.Line != the {
		t.Errorf("afterwards: %+v", got)
	}
}

func TestRefErrors(t *testing.T) {
	c, lines := itemtest.WithLines()
	_, err := c.Append(nil, map[string][]*itemtest.Line{"x": {lines[1], {ID: 11}}})
	itemtest.WantError(t, err, `item["x"][1]: it belongs to another gateway`)
	if !errors.Is(err, itemtest.ErrForeign) {
		t.Error("the hook's error is not in the chain")
	}
	var generic any
	var typed struct{ L *itemtest.Line }
	itemtest.WantError(t, c.Decode(itemtest.Unhex(t, "81 d94650 0c"), &generic), "item[0]: no line 12")
	itemtest.WantError(t, c.Decode(itemtest.Unhex(t, "81 d94650 20"), &generic), "item[0]: a *itemtest.Line without its id")
	itemtest.WantError(t, c.Decode(itemtest.Unhex(t, "a1 614c 05"), &typed), "item.L: an integer cannot become a *itemtest.Line")
	itemtest.WantError(t, c.Decode(itemtest.Unhex(t, "a1 614c d94650 0c"), &typed), "item.L: no line 12")
	var n []int
	itemtest.WantError(t, c.Decode(itemtest.Unhex(t, "81 d94650 01"), &n), "item[0]: a *itemtest.Line cannot become an int")
	var w interface{ Close() }
	itemtest.WantError(t, c.Decode(itemtest.Unhex(t, "d94650 01"), &w), "item: a *itemtest.Line cannot become an interface { Close() }")
}
