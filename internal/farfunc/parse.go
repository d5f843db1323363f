package farfunc

import (
	"encoding"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/farside-go/farside/channel"
)

// argument decodes an argument into v. One that is a string of a command line is
// parsed where v is something that package flag could parse.
func (c *Call) argument(raw channel.Raw, v reflect.Value) error {
	var text string
	if !c.Parse || c.Channel.Decode(raw, &text) != nil {
		return c.Channel.Decode(raw, v.Addr().Interface())
	}
	parse := parserOf(v)
	if parse == nil {
		return c.Channel.Decode(raw, v.Addr().Interface())
	}
	if err := parse(text); err != nil {
		if number := (*strconv.NumError)(nil); errors.As(err, &number) {
			err = number.Err // the rest of it is about strconv
		}
		return fmt.Errorf("invalid value %q: %w", text, err)
	}
	return nil
}

// parserOf gives what parses text into v, nil for what is not written as text or
// is text itself.
func parserOf(v reflect.Value) func(text string) error {
	if v.Kind() == reflect.Pointer {
		v.Set(reflect.New(v.Type().Elem()))
		v = v.Elem()
	}
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return func(text string) error { return u.UnmarshalText([]byte(text)) }
	}
	if v.Type() == reflect.TypeFor[time.Duration]() {
		return setter(v, reflect.Value.SetInt, func(text string) (int64, error) {
			d, err := time.ParseDuration(text)
			return int64(d), err
		})
	}
	switch bits := int(v.Type().Size()) * 8; {
	case v.Kind() == reflect.Bool:
		return setter(v, reflect.Value.SetBool, strconv.ParseBool)
	case v.CanInt():
		return setter(v, reflect.Value.SetInt, func(text string) (int64, error) { return strconv.ParseInt(text, 0, bits) })
	case v.CanUint():
		return setter(v, reflect.Value.SetUint, func(text string) (uint64, error) { return strconv.ParseUint(text, 0, bits) })
	case v.CanFloat():
		return setter(v, reflect.Value.SetFloat, func(text string) (float64, error) { return strconv.ParseFloat(text, bits) })
	case v.CanComplex():
		return setter(v, reflect.Value.SetComplex, func(text string) (complex128, error) { return strconv.ParseComplex(text, bits) })
	}
	return nil
}

func setter[T any](v reflect.Value, set func(reflect.Value, T), parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		x, err := parse(text)
		if err == nil {
			set(v, x)
		}
		return err
	}
}
