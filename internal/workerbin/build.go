package workerbin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/gobuild"
	"github.com/farside-go/farside/internal/store"
)

// The programs that are built as workers: they are nothing else, so as to be small.
const (
	fullWorker = "github.com/farside-go/farside/internal/workerbin/full"
	leanWorker = "github.com/farside-go/farside/internal/workerbin/lean"
)

// built are the workers that this process had built.
var built struct {
	sync.Mutex
	paths map[Want]string
}

// buildOnce builds the worker in the version that the current module requires, once
// for this process.
func (want Want) buildOnce(ctx context.Context) (string, error) {
	built.Lock()
	defer built.Unlock()
	if path := built.paths[want]; path != "" {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	path, err := want.build(ctx)
	if err != nil {
		return "", err
	}
	if built.paths == nil {
		built.paths = map[Want]string{}
	}
	built.paths[want] = path
	return path, nil
}

// build has the toolchain write the program, and keeps it with the workers that are
// kept on this machine. Its name tells its content, since programs of several versions
// may build and start theirs at the same time.
func (want Want) build(ctx context.Context) (path string, err error) {
	tmp, err := os.MkdirTemp("", "farside-worker-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	fresh := filepath.Join(tmp, "worker")
	if err := want.buildAt(ctx, fresh); err != nil {
		return "", err
	}
	return keep(fresh)
}

// buildAt has the toolchain build. What it builds is sent, and may be started where
// there is no libc, or another: so it is small, and linked to none.
func (want Want) buildAt(ctx context.Context, path string) error {
	pkg := fullWorker
	if want.Lean {
		pkg = leanWorker
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-o", path, "-trimpath", "-ldflags=-s -w", pkg)
	cmd.WaitDelay = time.Second // what it started may outlive it, and holds its output
	cmd.Env = append(os.Environ(), "GOOS="+want.OS, "GOARCH="+want.Arch, "CGO_ENABLED=0")
	out, err := cmd.CombinedOutput()
	if err != nil && strings.Contains(string(out), "no required module provides package") {
		return want.buildAnywhere(ctx, path)
	}
	if err != nil {
		return fmt.Errorf("go build %s: %w: %s", pkg, err, strings.TrimSpace(string(out)))
	}
	return nil
}

// buildAnywhere is buildAt where the user's folder is in no module that has farside, as
// that of somebody who has installed the command. The program is made as those of
// gateway.BuildSource are, with the farside that is in this one.
func (want Want) buildAnywhere(ctx context.Context, path string) error {
	pkg := "interp"
	if want.Lean {
		pkg = "worker"
	}
	cache, err := gobuild.Open("")
	if err != nil {
		return err
	}
	built, err := cache.Build(ctx, &gobuild.Request{
		Name: "worker.go", Command: true, GOOS: want.OS, GOARCH: want.Arch,
		Source: "package main\n\nimport \"github.com/farside-go/farside/" + pkg + "\"\n\nfunc main() { " + pkg + ".Main() }\n",
	})
	if err != nil {
		return err
	}
	program, err := os.ReadFile(built.Path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, program, 0o700) // a link would not reach another disk
}

// keep puts a worker where this user's are kept.
func keep(fresh string) (path string, err error) {
	dir, err := store.Default()
	if err != nil {
		return "", err
	}
	workers, err := store.Open(dir, nil)
	if err != nil {
		return "", err
	}
	hash, err := hashFile(fresh)
	if err != nil {
		return "", err
	}
	file, err := os.Open(fresh)
	if err != nil {
		return "", err
	}
	defer file.Close()
	return workers.Path(hash), workers.Put(hash, file)
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
