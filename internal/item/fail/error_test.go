package fail_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/item/fail"
)

func TestPathIsGatheredFromTheInside(t *testing.T) {
	err := fail.Errorf("a %s cannot be sent", "func").InKey("a b").InKey(3).InIndex(7).InField("Servers").Done()
	if want := `item.Servers[7][3]["a b"]: a func cannot be sent`; err.Error() != want {
		t.Errorf("got %s, want %s", err, want)
	}
	var none *fail.Error
	if none.Done() != nil {
		t.Error("no error has become one")
	}
}

// What is nested a thousand deep must not make an error of a hundred pages.
func TestLongPathShowsBothEnds(t *testing.T) {
	err := fail.Errorf("bad")
	for i := range 1000 {
		err.InIndex(i)
	}
	text := err.Done().Error()
	if !strings.HasPrefix(text, "item[999]") || !strings.HasSuffix(text, "[0]: bad") || !strings.Contains(text, "(968 more)") || len(text) > 500 {
		t.Errorf("got %s", text)
	}
}

type rude struct{}

func (rude) Error() string { panic("rude") }

func TestGuardTurnsPanicsIntoErrors(t *testing.T) {
	if _, err := fail.Guard(func() (int, error) { panic("burst") }); err == nil || err.Error() != "panic: burst" {
		t.Errorf("got %v", err)
	}
	if n, err := fail.Guard(func() (int, error) { return 5, io.EOF }); n != 5 || err != io.EOF {
		t.Errorf("got %d, %v", n, err)
	}
	if got := fail.Caused("hook: ", rude{}).Msg; got != "hook: Error of fail_test.rude: panic: rude" {
		t.Errorf("got %s", got)
	}
}

func TestCauseIsFound(t *testing.T) {
	if err := fail.Caused("hook: ", io.ErrNoProgress).Done(); !errors.Is(err, io.ErrNoProgress) {
		t.Error("the hook's error is not in the chain")
	}
	if err := fail.TooLarge(5).Done(); !errors.Is(err, fail.ErrTooLarge) || !strings.Contains(err.Error(), "5 bytes") {
		t.Errorf("got %v", err)
	}
}

func TestTypesHaveTheirArticle(t *testing.T) {
	for typ, want := range map[reflect.Type]string{
		reflect.TypeFor[int](): "an int", reflect.TypeFor[string](): "a string", reflect.TypeFor[error](): "an error",
	} {
		if got := fail.WithArticle(typ); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
