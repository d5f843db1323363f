package interp

import "fmt"

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
