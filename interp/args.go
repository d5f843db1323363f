package interp

import (
	"fmt"
)

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
	if r.unit != nil && r.unit.form == formFile {
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
