package bothways

import (
	"context"
	"os/exec"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/proctree"
)

// execute runs an executable within limits, in a process group of its own.
func execute(ctx context.Context, limits Limits, dir, exe string, args ...string) (Outcome, error) {
	stdout, stderr := &capture{limit: limits.Output}, &capture{limit: limits.Output}
	bounded, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	cmd := exec.CommandContext(bounded, exe, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, stdout, stderr
	proctree.Isolate(cmd)
	cmd.Cancel = func() error {
		proctree.Kill(cmd.Process.Pid)
		return nil
	}
	cmd.WaitDelay = time.Second // for a child that left the group with our pipes
	err := cmd.Run()
	if cmd.ProcessState == nil {
		return Outcome{}, err
	}
	out := Outcome{Stdout: stdout.String(), Unended: bounded.Err() != nil, Exit: cmd.ProcessState.ExitCode()}
	out.Stderr, out.Crash = splitCrash(stderr.String())
	if out.Exit < 0 {
		out.Signal = strings.TrimPrefix(cmd.ProcessState.String(), "signal: ")
	}
	return out, nil
}
