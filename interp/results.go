package interp

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/farside-go/farside/channel"
)

// takeResults takes what a far function returned: a result, an error, or both.
func (r *run) takeResults(out []reflect.Value) {
	r.gave = true
	if n := len(out); n > 0 && out[n-1].Type() == reflect.TypeFor[error]() {
		if err, ok := out[n-1].Interface().(error); ok {
			r.err = r.farError(err)
		}
		out = slices.Delete(out, n-1, n)
	}
	if len(out) == 0 || r.err != nil {
		return
	}
	if len(out) == 2 {
		r.err = errors.New("interp: call " + r.unit.far.Name.Name + ": its second result is not an error")
		return
	}
	r.result = Plain(out[0].Interface())
}

// returned takes what bare statements return.
func (r *run) returned(values []any) {
	if r.halted() {
		return
	}
	r.gave = true
	if n := len(values); n > 0 {
		last := values[n-1]
		err, isError := last.(error)
		switch {
		case isError:
			r.err = r.farError(err)
			values = values[:n-1]
		case n == 2 && last == nil:
			values = values[:n-1]
		case n == 2:
			r.err = fmt.Errorf("interp: run %s: the second value returned is a %T and not an error", r.job.Name, last)
		}
	}
	if r.err == nil && len(values) == 1 {
		r.result = Plain(values[0])
	}
}

// farError gives an error that far code returned as one that outlives it.
func (r *run) farError(err error) error {
	v := reflect.ValueOf(err)
	if v.Kind() != reflect.Struct || !v.FieldByName("IValue").IsValid() {
		return err
	}
	return &farError{Fault: channel.Fault{Name: r.unit.errorName(), Text: describe(err)}, err: err}
}

// A farError is an error of an interpreted type.
type farError struct {
	channel.Fault
	err error
}

// Unwrap gives the Fault, which says more than a text, and the error itself.
func (e *farError) Unwrap() []error { return []error{&e.Fault, e.err} }
