package worker

import (
	"context"
	"fmt"

	"github.com/farside-go/farside/internal/farfunc"
	"github.com/farside-go/farside/internal/registry"
	"github.com/farside-go/farside/internal/request"
)

// registered runs a function that is compiled into this program.
type registered struct{ *registry.Entry }

// findRegistered finds the function that a request names. One of the same name in
// another program may be another function.
func findRegistered(program *request.Program) (r registered, err error) {
	name := program.Function
	if program.Build != "" {
		build, err := registry.BuildID()
		if err != nil {
			return r, fmt.Errorf("worker: exec %s: %w", name, err)
		}
		if build != program.Build {
			return r, fmt.Errorf("worker: exec %s: this far side runs another program than the near side (build %s, not %s): "+
				"run the same file on both sides, or send the function with gateway.Build", name, build, program.Build)
		}
	}
	entry := registry.Find(name)
	if entry == nil {
		return r, fmt.Errorf("worker: exec %s: no such function is registered on this far side: "+
			"register it in a package-level variable, so that it is on both sides", name)
	}
	return registered{entry}, nil
}

// Run calls the function. A panic is the caller's.
func (r registered) Run(ctx context.Context, job *Job) (any, error) {
	t := r.Func.Type()
	call := &farfunc.Call{What: "worker: call " + r.Name, Params: farfunc.Params(t),
		Ctx: ctx, Channel: job.Channel, Args: job.Args, Parse: job.Parse}
	in, err := call.Arguments(t)
	if err != nil {
		return nil, err
	}
	if t.IsVariadic() {
		return call.Results(r.Func.CallSlice(in))
	}
	return call.Results(r.Func.Call(in))
}
