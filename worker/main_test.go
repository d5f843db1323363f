package worker_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/worker"
)

// The test binary can be a lean worker: one that runs no source.
func TestMain(m *testing.M) {
	switch os.Getenv(runVariable) {
	case "good":
		worker.Run(joinAll)
	case "bad":
		worker.Run(1)
	}
	worker.Main()
	farsidetest.Main(m)
}

// engine runs one function whatever the source is.
type engine func(ctx context.Context, job *worker.Job) (any, error)

func (e engine) Run(ctx context.Context, job *worker.Job) (any, error) { return e(ctx, job) }
func (engine) Import(string, fs.FS) error                              { return errors.New("cannot be imported") }

func TestLeanWorkerRefusesSource(t *testing.T) {
	gw := farsidetest.Gateway(t, "popen", nil)
	if gw.Info().Source {
		t.Error("it says that it runs source")
	}
	_, err := gateway.Call[any](t.Context(), gw, gateway.Source("1"))
	if err == nil || !strings.Contains(err.Error(), "runs no source") || !strings.Contains(err.Error(), "interp.Main") {
		t.Errorf("exec: %v", err)
	}
	if err := gw.Import(t.Context(), "x", os.DirFS(t.TempDir())); err == nil || !strings.Contains(err.Error(), "runs no source") {
		t.Errorf("import: %v", err)
	}
	if _, err := gw.Status(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWorkerWithABadWire(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, wire := range []string{"", "fd:", "fd:x", "fd:-1", "fd:99", "fd:1", "stdin", "fd:3", "fd:3,", "fd:3,4"} {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(os.Environ(), "FARSIDE_WORKER="+wire)
		out, err := cmd.CombinedOutput()
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok || exit.ExitCode() != 2 || !strings.Contains(string(out), "worker: open the wire") {
			t.Errorf("%q: %v, it says %s", wire, err, out)
		}
	}
}
