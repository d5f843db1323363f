// Package farfunc knows what a far function is and how one is called: arguments that
// came over the wire become its parameters, and what it returned becomes a result or
// an error.
package farfunc

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/farside-go/farside/channel"
)

// A Call is one call of a far function.
type Call struct {
	What    string           // what is called, as errors begin
	Params  []string         // its parameters, as errors name them
	Ctx     context.Context  // its first parameter
	Channel *channel.Channel // its next parameter, if it takes one
	Args    []channel.Raw    // the others
	Parse   bool             // arguments that are strings are those of a command line
}

// Arguments makes the arguments of a function of type t. Those of a variadic
// parameter are one slice, as for [reflect.Value.CallSlice].
func (c *Call) Arguments(t reflect.Type) ([]reflect.Value, error) {
	in := c.given(t)
	given, want := len(in), t.NumIn()-len(in)
	if n := len(c.Args); n != want && !(t.IsVariadic() && n >= want-1) {
		return nil, fmt.Errorf("%s: it takes %s (%s), not %d",
			c.What, count(want, t.IsVariadic()), strings.Join(c.Params[given:], ", "), n)
	}
	for i, raw := range c.Args {
		index := min(given+i, t.NumIn()-1)
		param := t.In(index)
		if t.IsVariadic() && index == t.NumIn()-1 {
			param = param.Elem()
		}
		v := reflect.New(param).Elem()
		if err := c.argument(raw, v); err != nil {
			return nil, fmt.Errorf("%s: argument %d (%s): %w", c.What, i+1, c.Params[index], err)
		}
		in = append(in, v)
	}
	if t.IsVariadic() {
		in = packed(in, t)
	}
	return in, nil
}

// packed makes one slice of the arguments of a variadic parameter.
func packed(in []reflect.Value, t reflect.Type) []reflect.Value {
	fixed := t.NumIn() - 1
	rest := reflect.MakeSlice(t.In(fixed), 0, len(in)-fixed)
	return append(in[:fixed:fixed], reflect.Append(rest, in[fixed:]...))
}

// given gives the arguments that did not come over the wire: ctx and the channel.
func (c *Call) given(t reflect.Type) (in []reflect.Value) {
	in = make([]reflect.Value, 0, t.NumIn())
	if t.NumIn() > 0 && t.In(0) == contextType {
		in = append(in, reflect.ValueOf(&c.Ctx).Elem())
	}
	if n := len(in); t.NumIn() > n && t.In(n) == channelType {
		in = append(in, reflect.ValueOf(c.Channel))
	}
	return in
}

// count says how many arguments a function takes.
func count(n int, variadic bool) string {
	switch {
	case variadic:
		return fmt.Sprintf("at least %d", n-1)
	case n == 1:
		return "1 argument"
	}
	return fmt.Sprintf("%d arguments", n)
}

// Results gives what a far function returned: a result, an error, or nothing.
func (c *Call) Results(out []reflect.Value) (any, error) {
	if n := len(out); n > 0 && out[n-1].Type() == errorType {
		if err, ok := out[n-1].Interface().(error); ok {
			return nil, err
		}
		out = out[:n-1]
	}
	switch {
	case len(out) == 0:
		return nil, nil
	case len(out) == 2:
		return nil, errors.New(c.What + ": its second result is not an error")
	case out[0].Kind() == reflect.Interface && out[0].IsNil():
		return nil, nil
	}
	return out[0].Interface(), nil
}
