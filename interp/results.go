package interp

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
)

// takeResults takes what a far function returned: a result, an error, or both.
func (r *run) takeResults(out []reflect.Value) {
	r.gave = true
	if n := len(out); n > 0 && out[n-1].Type() == reflect.TypeFor[error]() {
		if err, ok := out[n-1].Interface().(error); ok {
			r.err = err
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
	if v := out[0]; v.Kind() != reflect.Interface || !v.IsNil() {
		r.result = v.Interface()
	}
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
			r.err = err
			values = values[:n-1]
		case n == 2 && last == nil:
			values = values[:n-1]
		case n == 2:
			r.err = fmt.Errorf("interp: run %s: the second value returned is a %T and not an error", r.job.Name, last)
		}
	}
	if r.err == nil && len(values) == 1 {
		r.result = values[0]
	}
}
