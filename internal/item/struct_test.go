package item_test

import (
	"math/big"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/item/itemtest"
)

type base struct {
	ID   int
	Note string
}

type Shared struct{ Kind string }

type deep struct{ Shared }

type embedding struct {
	base
	*Shared
	Note string // hides base's
	time.Time
	Big big.Int
}

// Both embedded types have a Kind, so neither is promoted.
type Other struct{ Kind string }

type ambiguous struct {
	Shared
	Other
	Rest int
}

type Tagged struct {
	Kind string `cbor:"Kind"`
}

type settled struct {
	Shared
	Tagged
}

type tags struct {
	A      int    `cbor:"a"`
	B      int    `json:"b"`
	C      int    `cbor:"c" json:"other"`
	Skip   func() `cbor:"-"`
	Empty  string `cbor:"empty,omitempty"`
	Zero   point  `cbor:",omitzero"`
	Hollow struct {
		X int `cbor:"x,omitempty"`
	} `cbor:",omitempty"`
	When time.Time `cbor:"when,omitzero"`
	Ptr  *int      `json:",omitempty"`
	One  int       `cbor:"1,keyasint"`
	Two  string    `cbor:"-2,keyasint,omitempty"`
	hid  int
}

type row struct {
	_    struct{} `cbor:",toarray"`
	A    int
	B    string `cbor:",omitempty"`
	C    *int
	Last []row
}

func TestStructForms(t *testing.T) {
	for _, tt := range []struct{ sent, want any }{
		{tags{A: 1, B: 2, C: 3, One: 4, hid: 5}, map[any]any{"a": 1, "b": 2, "c": 3, 1: 4}},
		{tags{Empty: "x", Zero: point{1, 0}, Ptr: ptr(0), Two: "t"}, map[any]any{
			"a": 0, "b": 0, "c": 0, "empty": "x", "Zero": map[string]any{"X": 1, "Y": 0}, "Ptr": 0, 1: 0, -2: "t"}},
		{row{A: 1, B: "", Last: []row{{}}}, []any{1, "", nil, []any{[]any{0, "", nil, nil}}}},
		{struct{ base }{base{1, "n"}}, map[string]any{"ID": 1, "Note": "n"}},
		{struct{ *base }{}, map[string]any{}},
		{struct{ deep }{deep{Shared{"k"}}}, map[string]any{"Kind": "k"}},
		{ambiguous{Rest: 1}, map[string]any{"Rest": 1}},
		{settled{Shared{"no"}, Tagged{"yes"}}, map[string]any{"Kind": "yes"}},
		{struct {
			Shared `cbor:"s"`
		}{Shared{"k"}}, map[string]any{"s": map[string]any{"Kind": "k"}}},
		{struct{ *big.Int }{big.NewInt(5)}, map[string]any{"Int": 5}},
		{struct {
			time.Duration
			X int
		}{5, 6}, map[string]any{"Duration": time.Duration(5), "X": 6}},
	} {
		if got := itemtest.Over[any](t, itemtest.Plain, tt.sent); !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%+v arrives as %#v, want %#v", tt.sent, got, tt.want)
		}
	}
}

func TestEmptyIsOmitted(t *testing.T) {
	type hollow struct {
		X int    `cbor:",omitempty"`
		Y *point `cbor:",omitempty"`
		*Shared
	}
	type pair struct {
		_    struct{} `cbor:",toarray"`
		A, B int
	}
	type all struct {
		A []int          `cbor:",omitempty"`
		B map[string]int `cbor:",omitempty"`
		C any            `cbor:",omitempty"`
		D [0]int         `cbor:",omitempty"`
		E float64        `cbor:",omitempty"`
		F hollow         `cbor:",omitempty"`
		G bool           `cbor:",omitempty"`
		H point          `cbor:",omitempty"`
		I time.Time      `cbor:",omitempty"`
		J pair           `cbor:",omitempty"`
		K struct{}       `cbor:",omitempty"`
		L item.Raw       `cbor:",omitempty"`
		M [2]int         `cbor:",omitempty"`
		N time.Duration  `cbor:",omitempty"`
		O func()         `cbor:",omitzero"`
	}
	got := itemtest.Over[map[string]item.Raw](t, itemtest.Plain, all{A: []int{}, B: map[string]int{}})
	var left []string
	for name := range got {
		left = append(left, name)
	}
	slices.Sort(left)
	if !slices.Equal(left, []string{"H", "I", "J", "M"}) {
		t.Errorf("left are %v", left)
	}
	if got := itemtest.Over[map[string]any](t, itemtest.Plain, all{F: hollow{X: 1}, C: 0, D: [0]int{}}); got["F"] == nil || got["C"] != 0 {
		t.Errorf("got %v", got)
	}
	if got := itemtest.Over[map[string]any](t, itemtest.Plain, all{F: hollow{Shared: &Shared{}}}); got["F"] == nil {
		t.Errorf("got %v", got)
	}
}

func TestTwoWaysToTheSameEmbedded(t *testing.T) {
	type Left struct{ Shared }
	type Right struct{ Shared }
	type both struct {
		Left
		Right
		N int
	}
	if got := itemtest.Over[any](t, itemtest.Plain, both{N: 1}); !reflect.DeepEqual(got, map[string]any{"N": 1}) {
		t.Errorf("got %v", got)
	}
}

func TestStructRoundTrip(t *testing.T) {
	roundTrip(t, tags{A: 1, B: 2, C: 3, One: 4, Two: "x", Empty: "e", Zero: point{1, 2}})
	roundTrip(t, row{A: 1, B: "b", C: ptr(3), Last: []row{{A: 2}}})
	roundTrip(t, struct {
		base
		*Shared
	}{base{1, "n"}, &Shared{"k"}})
	roundTrip(t, struct {
		X struct{ *Shared }
	}{})
	roundTrip(t, struct {
		_ struct{} `cbor:",toarray"`
		*Shared
		N int
	}{N: 1})
	roundTrip(t, settled{Tagged: Tagged{"yes"}})
}

// A struct that embeds a time has the time's methods and so travels as a time alone. That
// is Go's rule; the test pins it down.
func TestEmbeddedTimeTakesOver(t *testing.T) {
	if got := itemtest.Over[any](t, itemtest.Plain, embedding{base: base{ID: 1}}); reflect.TypeOf(got).Kind() != reflect.Slice {
		t.Errorf("arrives as %#v", got)
	}
}

func TestManyFields(t *testing.T) {
	for _, n := range []int{23, 24, 255, 256, 300} {
		var list []reflect.StructField
		for i := range n {
			list = append(list, reflect.StructField{
				Name: "F" + big.NewInt(int64(i)).String(), Type: reflect.TypeFor[int](), Tag: `cbor:",omitempty"`,
			})
		}
		v := reflect.New(reflect.StructOf(list))
		v.Elem().Field(n - 1).SetInt(5)
		v.Elem().Field(n / 2).SetInt(6)
		got := reflect.New(v.Type().Elem())
		data := itemtest.Encode(t, itemtest.Plain, v.Interface())
		if err := itemtest.Plain.Decode(data, got.Interface()); err != nil || !reflect.DeepEqual(got.Interface(), v.Interface()) {
			t.Errorf("%d fields: %v", n, err)
		}
	}
}

func TestFieldNamesMatch(t *testing.T) {
	type both struct {
		Name  string
		Ünder int
	}
	for _, tt := range []struct {
		sent any
		want both
	}{
		{map[string]any{"Name": "x"}, both{Name: "x"}},
		{map[string]any{"name": "x"}, both{Name: "x"}},
		{map[string]any{"NAME": "x", "ünder": 2}, both{Name: "x", Ünder: 2}},
		{map[string]any{"name": "no", "Name": "yes", "nAME": "no"}, both{Name: "yes"}},
		{map[string]any{"unknown": []any{map[string]any{}}, "Name": "x"}, both{Name: "x"}},
		{map[any]any{1: 2, "Name": "x", false: 2, [1]int{1}: 2, "\xff": 2}, both{Name: "x"}},
	} {
		if got := itemtest.Over[both](t, itemtest.Plain, tt.sent); got != tt.want {
			t.Errorf("%v becomes %+v", tt.sent, got)
		}
	}
}

func TestAbsentFieldsStay(t *testing.T) {
	got := point{1, 2}
	if err := itemtest.Plain.Decode(itemtest.Encode(t, itemtest.Plain, map[string]int{"X": 5}), &got); err != nil || got != (point{5, 2}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestRecursiveTypes(t *testing.T) {
	type tree struct {
		Name string
		Kids []tree
		By   map[string]*tree
	}
	roundTrip(t, tree{Name: "a", Kids: []tree{{Name: "b"}, {}}, By: map[string]*tree{"c": {Name: "c"}, "d": nil}})
	type self []self
	roundTrip(t, self{nil, {}, {{}}})
	type mapSelf map[string]mapSelf
	roundTrip(t, mapSelf{"a": {"b": nil}})
}

type loop struct {
	*loop
	N int
}

func TestTypeThatEmbedsItself(t *testing.T) {
	roundTrip(t, loop{N: 1})
}

func TestBadTags(t *testing.T) {
	_, err := itemtest.Plain.Append(nil, struct {
		A int `cbor:"x,keyasint"`
	}{})
	itemtest.WantError(t, err, "item: type struct { A int \"cbor:\\\"x,keyasint\\\"\" }: the keyasint name \"x\" is no integer")
	var in struct {
		A item.Raw `cbor:"x,keyasint"`
	}
	if err := itemtest.Plain.Decode([]byte{0xa0}, &in); err == nil {
		t.Error("decoded into a type with bad tags")
	}
}

func TestEmbeddedPointerToUnexported(t *testing.T) {
	type outer struct{ *base }
	data := itemtest.Encode(t, itemtest.Plain, outer{&base{ID: 1}})
	var got outer
	itemtest.WantError(t, itemtest.Plain.Decode(data, &got), "item.ID: the embedded pointer to the unexported item_test.base is nil")
	got = outer{&base{}}
	if err := itemtest.Plain.Decode(data, &got); err != nil || got.ID != 1 {
		t.Errorf("%v, %v", got.base, err)
	}
}
