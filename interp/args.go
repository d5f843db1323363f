package interp

import (
	"fmt"

	"github.com/farside-go/farside/internal/farfunc"
	"github.com/farside-go/farside/internal/form"
)

// farCall is the call of the far function.
func (r *run) farCall() *farfunc.Call {
	return &farfunc.Call{What: "interp: call " + r.unit.far.Name.Name, Params: r.unit.params(),
		Ctx: r.ctx, Channel: r.job.Channel, Args: r.job.Args, Parse: r.job.Parse}
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
