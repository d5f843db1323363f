package libnames_test

import (
	"slices"
	"testing"

	"github.com/farside-go/farside/internal/libnames"
)

func TestNames(t *testing.T) {
	for name, want := range map[string][]string{
		"json": {"encoding/json"}, "rand": {"math/rand", "math/rand/v2", "crypto/rand"}, "template": {"text/template", "html/template"},
		"channel": {"github.com/farside-go/farside/channel"}, "nosuch": nil, "": nil,
	} {
		if got := libnames.Paths(name); !slices.Equal(got, want) {
			t.Errorf("%s is %v, not %v", name, got, want)
		}
	}
	for _, c := range []struct {
		name, path, symbol string
		want               bool
	}{
		{"rand", "math/rand", "IntN", false}, {"rand", "math/rand/v2", "IntN", true}, {"rand", "crypto/rand", "Prime", true},
		{"channel", "github.com/farside-go/farside/channel", "ErrLost", true}, {"channel", "github.com/farside-go/farside/channel", "Send", false},
	} {
		if got := libnames.Has(c.name, c.path, c.symbol); got != c.want {
			t.Errorf("%v has it: %v", c, got)
		}
	}
	if !libnames.HasMethod("Send") || libnames.HasMethod("ErrLost") {
		t.Error("the methods of a channel are not its methods")
	}
}
