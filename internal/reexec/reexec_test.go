package reexec_test

import (
	"os"
	"testing"

	"github.com/farside-go/farside/internal/reexec"
)

// B3: what a worker starts must not be mistaken for a worker.
func TestTakeRemovesTheVariable(t *testing.T) {
	t.Setenv(reexec.Variable, "fd:3")
	if !reexec.IsWorker() {
		t.Error("it is no worker to begin with")
	}
	if wire, ok := reexec.Take(); wire != "fd:3" || !ok {
		t.Errorf("got %q, %v", wire, ok)
	}
	if _, ok := os.LookupEnv(reexec.Variable); ok || reexec.IsWorker() {
		t.Error("the variable is still there")
	}
	if wire, ok := reexec.Take(); ok {
		t.Errorf("a second Take got %q", wire)
	}
}

func TestEntryPointIsNoted(t *testing.T) {
	if reexec.Self() != reexec.Unable {
		t.Errorf("to begin with: %v", reexec.Self())
	}
	for _, able := range []reexec.Able{reexec.Lean, reexec.Full} {
		reexec.Mark(able)
		if reexec.Self() != able {
			t.Errorf("got %v, want %v", reexec.Self(), able)
		}
	}
	reexec.Mark(reexec.Unable)
}
