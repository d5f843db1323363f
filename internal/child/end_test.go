package child_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/child"
)

// G6: a process that the system does not end, such as one that hangs in a file
// system, is named, and is not waited for longer than asked. There is no such
// process that a test could start.
func TestEndNamesAProcessThatDoesNotEnd(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "-test.run=^$")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	want := fmt.Sprintf("process %d does not end", cmd.Process.Pid)
	if err := child.Undying(cmd).End(ctx); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
}
