package interp

import (
	"context"
	"fmt"
	"reflect"
	"strings"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/interp/internal/form"
)

// arguments makes the far function's arguments of the job's.
func (r *run) arguments(t reflect.Type) ([]reflect.Value, error) {
	in := r.given(t)
	given, want := len(in), t.NumIn()-len(in)
	name, params := r.unit.far.Name.Name, r.unit.params()
	if n := len(r.job.Args); n != want && !(t.IsVariadic() && n >= want-1) {
		return nil, fmt.Errorf("interp: call %s: it takes %s (%s), not %d",
			name, count(want, t.IsVariadic()), strings.Join(params[given:], ", "), n)
	}
	for i, raw := range r.job.Args {
		index := min(given+i, t.NumIn()-1)
		param := t.In(index)
		if t.IsVariadic() && index == t.NumIn()-1 {
			param = param.Elem()
		}
		v := reflect.New(param).Elem()
		if err := r.argument(raw, v); err != nil {
			return nil, fmt.Errorf("interp: call %s: argument %d (%s): %w", name, i+1, params[index], err)
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

// given gives the arguments that do not come from the job's: ctx and the channel.
func (r *run) given(t reflect.Type) (in []reflect.Value) {
	if t.NumIn() > 0 && t.In(0) == reflect.TypeFor[context.Context]() {
		in = append(in, reflect.ValueOf(r.ctx))
	}
	if n := len(in); t.NumIn() > n && t.In(n) == reflect.TypeFor[*channel.Channel]() {
		in = append(in, reflect.ValueOf(r.job.Channel))
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

// args decodes the job's arguments as what they are, for bare statements.
func (r *run) args() ([]any, error) {
	args := make([]any, len(r.job.Args))
	for i, raw := range r.job.Args {
		if err := r.job.Channel.Decode(raw, &args[i]); err != nil {
			return nil, fmt.Errorf("interp: run %s: argument %d: %w", r.job.Name, i+1, err)
		}
	}
	return args, nil
}

// argStrings gives the job's arguments as a command line has them. Those of a
// far function are no command line.
func (r *run) argStrings() (out []string) {
	if r.unit != nil && r.unit.form == form.File {
		return nil
	}
	args, err := r.args()
	if err != nil {
		return nil
	}
	for _, arg := range args {
		out = append(out, fmt.Sprint(arg))
	}
	return out
}
