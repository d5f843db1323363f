// Package fail makes the errors of items: why a value cannot travel, and where in it.
//
// An error is made where the trouble is and gathers its path on the way out, so that a
// value that can travel pays nothing for it.
package fail

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// ErrTooLarge is what errors.Is finds in the *Error of an item over the size limit.
var ErrTooLarge = errors.New("item: larger than the size limit")

// Error says why a value cannot be encoded or decoded, and where in it.
type Error struct {
	Path string // `item`, `item.Servers[3].Conn`, `item["a b"]`
	Msg  string

	steps []string // the path from the inside out, gathered while unwinding
	cause error
}

func (e *Error) Error() string { return e.Path + ": " + e.Msg }

// Unwrap gives the error of a user's method or hook, or ErrTooLarge.
func (e *Error) Unwrap() error { return e.cause }

// Errorf is an Error whose path is still to be gathered.
func Errorf(format string, args ...any) *Error {
	return &Error{Msg: fmt.Sprintf(format, args...)}
}

// Caused is an Error that says what err says, after prefix.
func Caused(prefix string, err error) *Error {
	return &Error{Msg: prefix + textOf(err), cause: err}
}

// textOf is err's text; an Error method that panics must not take the process along.
func textOf(err error) string {
	text, bad := Guard(func() (string, error) { return err.Error(), nil })
	if bad != nil {
		return fmt.Sprintf("Error of %T: %s", err, bad.Error())
	}
	return text
}

// TooLarge is for an item over the limit in bytes.
func TooLarge(limit int) *Error {
	return &Error{Msg: fmt.Sprintf("larger than the limit of %d bytes", limit), cause: ErrTooLarge}
}

// Panicked is for reflection that panics over a type that an interpreter made.
func Panicked(r any) *Error { return Errorf("panic while in reflection: %v", r) }

// Guard runs a method or hook of the user's; its panic becomes an error.
func Guard[T any](call func() (T, error)) (out T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return call()
}

// In adds one step outwards to the path.
func (e *Error) In(step string) *Error {
	e.steps = append(e.steps, step)
	return e
}

// InIndex is In for an element of a list.
func (e *Error) InIndex(i int) *Error { return e.In("[" + strconv.Itoa(i) + "]") }

// InField is In for a field of a struct.
func (e *Error) InField(name string) *Error { return e.In("." + name) }

// InKey is In for the value of a map's key.
func (e *Error) InKey(key any) *Error { return e.In(KeyStep(key)) }

// Done gives the error its path, and is nil for nil.
func (e *Error) Done() error {
	if e == nil {
		return nil
	}
	e.Path = joinSteps(e.steps)
	e.steps = nil
	return e
}

// shownSteps is how much of each end of a long path is shown: what is nested a thousand
// deep should not make an error of a hundred pages.
const shownSteps = 16

func joinSteps(steps []string) string {
	var b strings.Builder
	b.WriteString("item")
	for i := len(steps) - 1; i >= 0; i-- {
		if hidden := len(steps) - 2*shownSteps; hidden > 0 && i == len(steps)-1-shownSteps {
			fmt.Fprintf(&b, "...(%d more)...", hidden)
			i -= hidden
		}
		b.WriteString(steps[i])
	}
	return b.String()
}

// shownKey is how many bytes of a key a path shows.
const shownKey = 64

// KeyStep is the step to the value of a map's key.
func KeyStep(key any) string {
	v := reflect.ValueOf(key)
	if v.IsValid() && v.Kind() == reflect.String {
		s := v.String()
		if len(s) > shownKey {
			return fmt.Sprintf("[%q...]", s[:shownKey])
		}
		return "[" + strconv.Quote(s) + "]"
	}
	s := fmt.Sprint(key)
	if len(s) > shownKey {
		s = s[:shownKey] + "..."
	}
	return "[" + s + "]"
}

// WithArticle is how a type is named in a sentence.
func WithArticle(t reflect.Type) string {
	name := t.String()
	if strings.ContainsRune("aeioAEIO", rune(name[0])) {
		return "an " + name
	}
	return "a " + name
}
