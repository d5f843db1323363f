package gateway

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/farside-go/farside/internal/reexec"
)

// command is the package of the command that can be a worker.
const command = "github.com/farside-go/farside/cmd/farside"

// errForgotten keeps a program that forgot the entry point from starting itself
// over and over.
var errForgotten = errors.New("this process was started as a worker, but its program opens gateways " +
	"before it calls interp.Main(), which belongs at the top of main, or of TestMain")

// findWorker gives the program to start as the worker (B3).
func findWorker(ctx context.Context, spec *Spec) (argv []string, err error) {
	if reexec.IsWorker() {
		return nil, errForgotten
	}
	if spec.Worker != "" {
		return []string{spec.Worker}, nil
	}
	var tried []string
	if reexec.Self() != reexec.Unable {
		self, err := os.Executable()
		if err == nil {
			return []string{self}, nil
		}
		tried = append(tried, fmt.Sprintf("this program: %v", err))
	} else {
		tried = append(tried, "this program: it does not call interp.Main() at the top of main, or of TestMain")
	}
	installed, err := exec.LookPath("farside")
	if err == nil {
		return []string{installed}, nil
	}
	tried = append(tried, "an installed farside command: not on PATH")
	built, err := buildOnce(ctx)
	if err == nil {
		return []string{built}, nil
	}
	tried = append(tried, fmt.Sprintf("one built by the local toolchain: %v", err))
	return nil, errors.New("no worker was found; tried\n\t" + strings.Join(tried, "\n\t"))
}

// built is the worker that this process had built, if any.
var built struct {
	sync.Mutex
	path string
}

// buildOnce builds the farside command in the version that the current module
// requires, once for this process.
func buildOnce(ctx context.Context) (string, error) {
	built.Lock()
	defer built.Unlock()
	if built.path != "" {
		if _, err := os.Stat(built.path); err == nil {
			return built.path, nil
		}
	}
	path, err := build(ctx)
	if err == nil {
		built.path = path
	}
	return path, err
}

// build has the toolchain write the command under a temporary name and renames
// it, since others may be starting the one that is there.
func build(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "farside")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	name := "worker"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(tmp, name), command)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w: %s", command, err, strings.TrimSpace(string(out)))
	}
	path := filepath.Join(dir, name)
	return path, os.Rename(filepath.Join(tmp, name), path)
}
