// Package gotool runs the go command that the user has.
package gotool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/proctree"
)

// ErrMissing says that there is no go command.
var ErrMissing = errors.New("there is no go command on PATH")

// A Tool is a go command, as it is used for one build.
type Tool struct {
	Path string
	Dir  string   // where it runs
	Env  []string // beside, and before, the environment of this process
}

// Find gives the path of the go command.
func Find() (string, error) {
	path, err := exec.LookPath("go")
	if err != nil {
		return "", fmt.Errorf("%w (%v)", ErrMissing, err)
	}
	return path, nil
}

// An ExitError is what the go command said when it did not succeed.
type ExitError struct {
	Args []string
	Text string
	err  error
}

func (e *ExitError) Error() string {
	return fmt.Sprintf("go %s: %v: %s", strings.Join(e.Args, " "), e.err, e.Text)
}

func (e *ExitError) Unwrap() error { return e.err }

// letGo bounds the wait for what a killed go command has started to let go of its
// output.
const letGo = 5 * time.Second

// Run runs the go command and gives what it printed. The end of ctx ends it with all
// that it started.
func (t *Tool) Run(ctx context.Context, args ...string) ([]byte, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, t.Path, args...)
	cmd.Dir = t.Dir
	cmd.Env = append(append(os.Environ(), t.Env...), "PWD="+t.Dir)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.WaitDelay = letGo
	proctree.Isolate(cmd)
	cmd.Cancel = func() error {
		proctree.Kill(cmd.Process.Pid)
		return nil
	}
	err := cmd.Run()
	switch {
	case err == nil:
		return stdout.Bytes(), nil
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	}
	text := strings.TrimSpace(stderr.String())
	if text == "" {
		text = strings.TrimSpace(stdout.String())
	}
	if text == "" {
		text = fmt.Sprintf("go %s: %v", args[0], err)
	}
	return nil, &ExitError{args, text, err}
}
