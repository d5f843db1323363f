package wording_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/check/wording"
)

func ExampleErrorList() {
	list := wording.ErrorList{{File: "x.go", Line: 3, Column: 5, Msg: "undefined: y"}}
	fmt.Println(list)
	// Output: x.go:3:5: undefined: y
}

func TestTextOfManyErrorsIsCutShort(t *testing.T) {
	var list wording.ErrorList
	for i := range 12 {
		list = append(list, wording.Error{File: "x.go", Line: 12 - i, Column: 1, Msg: "wrong"})
	}
	lines := strings.Split(list.Sorted().Error(), "\n")
	if len(lines) != 11 || lines[0] != "x.go:1:1: wrong" || lines[9] != "x.go:10:1: wrong" || lines[10] != "too many errors" {
		t.Errorf("got %q", lines)
	}
	if text := list[:10].Error(); strings.Contains(text, "too many") {
		t.Errorf("ten are too many:\n%s", text)
	}
	if len(list.Unwrap()) != 12 {
		t.Errorf("%d errors are left", len(list.Unwrap()))
	}
}

func TestErrorsAreInOrderAndOnce(t *testing.T) {
	a := wording.Error{File: "a.go", Line: 2, Column: 1, Msg: "x"}
	b := wording.Error{File: "a.go", Line: 10, Column: 1, Msg: "x"}
	c := wording.Error{File: "b.go", Line: 1, Column: 1, Msg: "x"}
	d := wording.Error{File: "b.go", Line: 1, Column: 1, Msg: "a"}
	if got, want := (wording.ErrorList{c, b, a, b, d}).Sorted(), (wording.ErrorList{a, b, c, d}); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

func TestWhatIsNoSyntaxErrorStaysAsItIs(t *testing.T) {
	src := wording.Source{Parse: func([]byte) error { return errors.ErrUnsupported }}
	if err := wording.Syntax(src); err != errors.ErrUnsupported {
		t.Errorf("got %v", err)
	}
}
