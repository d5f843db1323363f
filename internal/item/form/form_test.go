package form_test

import (
	"math/big"
	"net/netip"
	"reflect"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/item/form"
)

type (
	octet   uint8
	failing struct{}
	packed  struct{ N int }
	coded   []int
)

func (failing) Error() string { return "it fails" }

func (octet) MarshalBinary() ([]byte, error) { return nil, nil }

func (*packed) UnmarshalBinary([]byte) error { return nil }

func (*coded) MarshalCBOR() ([]byte, error) { return nil, nil }

func TestEachTypeHasItsForm(t *testing.T) {
	for _, tt := range []struct {
		typ      reflect.Type
		enc, dec form.Form
	}{
		{reflect.TypeFor[bool](), form.Bool, form.Bool},
		{reflect.TypeFor[uintptr](), form.Uint, form.Uint},
		{reflect.TypeFor[float32](), form.Float32, form.Float32},
		{reflect.TypeFor[[]byte](), form.Bytes, form.Bytes},
		{reflect.TypeFor[[4]byte](), form.ByteArray, form.ByteArray},
		{reflect.TypeFor[[]octet](), form.Slice, form.Slice},
		{reflect.TypeFor[[2]string](), form.Array, form.Array},
		{reflect.TypeFor[any](), form.Any, form.Any},
		{reflect.TypeFor[error](), form.AnyError, form.AnyError},
		{reflect.TypeFor[interface{ Close() }](), form.Interface, form.Interface},
		{reflect.TypeFor[chan int](), form.Impossible, form.Impossible},
		{reflect.TypeFor[form.Raw](), form.Encoded, form.Encoded},
		{reflect.TypeFor[time.Time](), form.Time, form.Time},
		{reflect.TypeFor[*time.Time](), form.Pointer, form.Pointer},
		{reflect.TypeFor[time.Duration](), form.Duration, form.Duration},
		{reflect.TypeFor[big.Int](), form.Big, form.Big},
		{reflect.TypeFor[netip.Addr](), form.Binary, form.Binary},
		{reflect.TypeFor[failing](), form.Error, form.Error},
		{reflect.TypeFor[octet](), form.Binary, form.Uint},
		{reflect.TypeFor[packed](), form.Struct, form.Binary},
		{reflect.TypeFor[coded](), form.Method, form.Slice},
	} {
		if p := form.PlanOf(tt.typ); p.Enc != tt.enc || p.Dec != tt.dec {
			t.Errorf("%s has the forms %d and %d, want %d and %d", tt.typ, p.Enc, p.Dec, tt.enc, tt.dec)
		}
	}
}

type Held struct{ Inner int }

type holder struct {
	*Held
	Name   string `json:"name,omitempty"`
	Num    int    `cbor:"7,keyasint"`
	hidden int
	Left   int `cbor:"-"`
}

// C5: fields that are not exported take no part.
func TestFieldsAreThoseThatTravel(t *testing.T) {
	plain := &form.Settings{}
	refs := &form.Settings{Refs: []form.Ref{{Tag: 1, Type: reflect.TypeFor[*Held]()}}}
	for settings, want := range map[*form.Settings][]string{
		plain: {"Inner", "name", "7"},
		refs:  {"Held", "name", "7"}, // what goes by reference promotes nothing
	} {
		fs, err := settings.FieldsOf(form.PlanOf(reflect.TypeFor[holder]()))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range fs.List {
			names = append(names, f.Name)
		}
		if !reflect.DeepEqual(names, want) {
			t.Errorf("the fields are %q, want %q", names, want)
		}
	}
}

func TestMakeBuildsWhatEmbeddedPointersNeed(t *testing.T) {
	fs, err := (&form.Settings{}).FieldsOf(form.PlanOf(reflect.TypeFor[holder]()))
	if err != nil {
		t.Fatal(err)
	}
	var h holder
	inner, v := fs.ByName["Inner"], reflect.ValueOf(&h).Elem()
	if _, ok := inner.Of(v); ok || !inner.Promoted() {
		t.Error("a nil embedded pointer has a field")
	}
	made, err := inner.Make(v)
	if err != nil {
		t.Fatal(err)
	}
	made.SetInt(5)
	if h.Held == nil || h.Inner != 5 {
		t.Errorf("made %+v", h.Held)
	}
}
