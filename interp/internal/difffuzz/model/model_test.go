package model_test

import (
	"go/token"
	"go/types"
	"math/rand/v2"
	"testing"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
)

func newUniverse() *model.Universe { return model.NewUniverse(rand.New(rand.NewPCG(1, 2))) }

func TestLiteralsFitTheirTypes(t *testing.T) {
	u := newUniverse()
	for _, kind := range model.BasicKinds {
		basic := u.Basic(kind)
		for range 200 {
			text, ok := u.Literal(basic)
			if !ok {
				t.Fatalf("no literal of %s", basic.Text)
			}
			value, err := types.Eval(token.NewFileSet(), nil, token.NoPos, text)
			if err != nil || value.Value == nil {
				t.Fatalf("%s is no constant: %v", text, err)
			}
			if got := types.Default(value.Type).String(); got != basic.Text {
				t.Errorf("%s is of type %s, not %s", text, got, basic.Text)
			}
		}
	}
	if text, ok := u.Literal(u.Any()); ok {
		t.Errorf("a literal of type any: %s", text)
	}
}

// Types that are written alike are the same pointer, and those that say that they
// compare or print do.
func TestTypesAreWhatTheySay(t *testing.T) {
	u := newUniverse()
	seen := map[string]*model.Type{}
	for range 500 {
		composed := u.ValueType(2)
		if old := seen[composed.Text]; old != nil && old != composed {
			t.Errorf("two types are written %s", composed.Text)
		}
		seen[composed.Text] = composed
		value, err := types.Eval(token.NewFileSet(), nil, token.NoPos, "*new("+composed.Text+")")
		if err != nil {
			t.Fatal(err)
		}
		if composed.Comparable() && !types.Comparable(value.Type) {
			t.Errorf("%s does not compare", composed.Text)
		}
		if !composed.Printable() {
			t.Errorf("%s is a type of values that do not print", composed.Text)
		}
	}
	for _, key := range []*model.Type{u.KeyType(), u.KeyType()} {
		if !key.IsOrdered() || !key.Comparable() {
			t.Errorf("%s cannot be a key", key.Text)
		}
	}
}

func TestEmbeddingIsSeenThroughOthers(t *testing.T) {
	inner := &model.Type{Text: "T1"}
	middle := &model.Type{Text: "T2", Fields: []model.Field{{Name: "T1", Type: inner, Embedded: true}, {Name: "F", Type: inner}}}
	outer := &model.Type{Text: "T3", Fields: []model.Field{{Name: "T2", Type: middle, Embedded: true}}}
	if !outer.Embeds("T1") || !outer.Embeds("T2") || outer.Embeds("F") || inner.Embeds("T1") {
		t.Error("what is embedded is not told")
	}
}
