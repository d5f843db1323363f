package interp

import (
	"fmt"
	"strings"

	"github.com/farside-go/farside/internal/farfunc"
)

// A Value is the result of a line of a session: what the last expression has
// for a value, as text.
type Value struct {
	Text string // as %#v prints a string, and %+v anything else
	Type string // the Go type
}

// String is the text.
func (v Value) String() string { return v.Text }

// shown takes the value of a line, or its values.
func (r *run) shown(values []any) {
	if r.halted() {
		return
	}
	r.gave = true
	var texts, types []string
	for _, v := range values {
		texts, types = append(texts, shownText(v)), append(types, fmt.Sprintf("%T", v))
	}
	r.result = Value{Text: strings.Join(texts, ", "), Type: strings.Join(types, ", ")}
}

func shownText(v any) string {
	if text, ok := v.(string); ok {
		return fmt.Sprintf("%#v", text)
	}
	return farfunc.Safely(func() string { return fmt.Sprintf("%+v", v) })
}
