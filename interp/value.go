package interp

import (
	"fmt"
	"reflect"
)

// A Value is the result of a line of a session: what the last expression has
// for a value, as text.
type Value struct {
	Text string // as %#v prints a string, and %+v anything else
	Type string // the Go type; an interpreted one is shown as what it is made of
}

// String is the text.
func (v Value) String() string { return v.Text }

func newValue(v reflect.Value) Value {
	x := Plain(v.Interface())
	if text, ok := x.(string); ok {
		return Value{Text: fmt.Sprintf("%#v", text), Type: "string"}
	}
	return Value{Text: safely(func() string { return fmt.Sprintf("%+v", x) }), Type: fmt.Sprintf("%T", x)}
}
