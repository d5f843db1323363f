package gateway_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"testing"

	"github.com/farside-go/farside/worker"
)

// The test binary is the far side. Its engine knows Go functions by name, so that
// the tests of this package need no interpreter.
func TestMain(m *testing.M) {
	worker.MainWith(func() worker.Engine { return engine{} })
	os.Exit(m.Run())
}

// engine runs the function of the test binary that the source names.
type engine struct{}

func (engine) Run(ctx context.Context, job *worker.Job) (any, error) {
	program := programs[job.Source]
	if program == nil {
		return nil, fmt.Errorf("no program %q", job.Source)
	}
	return program(ctx, job)
}

func (engine) Import(string, fs.FS) error { return nil }

// programs are set by the files that use them.
var programs = map[string]func(context.Context, *worker.Job) (any, error){
	"increment": func(ctx context.Context, job *worker.Job) (any, error) {
		for item, err := range job.Channel.All(ctx) {
			if err != nil {
				return nil, err
			}
			if err := job.Channel.Send(ctx, item.(int)+1); err != nil {
				return nil, err
			}
		}
		return nil, nil
	},
	"pid": func(context.Context, *worker.Job) (any, error) { return os.Getpid(), nil },
}
