package farfunc

import (
	"context"
	"fmt"
	"reflect"

	"github.com/farside-go/farside/channel"
)

var (
	contextType = reflect.TypeFor[context.Context]()
	channelType = reflect.TypeFor[*channel.Channel]()
	errorType   = reflect.TypeFor[error]()
)

// Check says why a function of type t cannot be a compiled far function.
func Check(t reflect.Type) error {
	switch {
	case t == nil || t.Kind() != reflect.Func:
		return fmt.Errorf("%v is no function", t)
	case t.NumIn() == 0 || t.In(0) != contextType:
		return fmt.Errorf("%v is no far function: its first parameter must be a context.Context", t)
	case t.NumOut() > 2, t.NumOut() == 2 && t.Out(1) != errorType:
		return fmt.Errorf("%v is no far function: one returns nothing, a result, an error, or a result and an error", t)
	}
	return nil
}

// TakesChannel reports whether a far function of type t has a parameter for its channel.
func TakesChannel(t reflect.Type) bool { return t.NumIn() > 1 && t.In(1) == channelType }

// Params gives the types of a function's parameters, as errors name them.
func Params(t reflect.Type) []string {
	params := make([]string, t.NumIn())
	for i := range params {
		params[i] = t.In(i).String()
	}
	if n := len(params); t.IsVariadic() {
		params[n-1] = "..." + t.In(n-1).Elem().String()
	}
	return params
}
