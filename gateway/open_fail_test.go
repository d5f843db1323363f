//go:build unix

package gateway_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// script makes a worker of a shell script; FARSIDE_WORKER names descriptor 3.
func script(t *testing.T, lines ...string) string {
	t.Helper()
	return file(t, "worker.sh", 0o755, "#!/bin/sh\n"+strings.Join(lines, "\n")+"\n")
}

func file(t *testing.T, name string, mode os.FileMode, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

// foreignELF is the head of a program for s390x.
const foreignELF = "\x7fELF\x02\x02\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x16\x00\x00\x00\x01"

// G10
func TestOpenWithABadWorker(t *testing.T) {
	noFilesLeft(t)
	for _, c := range []struct {
		name, worker, stage string
		words               []string
	}{
		{"missing", "/no/such/worker", gateway.StageStart, []string{"no such file", "check the path"}},
		{"not on PATH", "no-such-worker", gateway.StageStart, []string{"no-such-worker", "check the path"}},
		{"a folder without one", t.TempDir(), gateway.StageWorker, []string{"the folder of workers", "no such file"}},
		{"not executable", file(t, "w", 0o644, "#!/bin/sh\n"), gateway.StageStart, []string{"permission denied", "-rw-r--r--"}},
		{"of another architecture", file(t, "w", 0o755, foreignELF), gateway.StageStart, []string{"program for s390x", "this machine is"}},
		{"a text without shebang", file(t, "w", 0o755, "hello\n"), gateway.StageStart, []string{"not a program that this system knows"}},
		{"empty", file(t, "w", 0o755, ""), gateway.StageStart, []string{"not a program that this system knows"}},
		{"exits at once", script(t, "echo some words >&2", "exit 3"), gateway.StageHello, []string{"ended before its hello", "status 3", "some words"}},
		{"dies of a signal", script(t, "kill -9 $$"), gateway.StageHello, []string{"ended before its hello", "killed"}},
		{"closes the wire", script(t, "exec 3>&-", "echo closed >&2", "sleep 1000"), gateway.StageHello, []string{"ended before its hello", "did not end with it", "closed"}},
		{"closes the wire and fails", script(t, "exec 3>&-", "sleep 0.1", "exit 4"), gateway.StageHello, []string{"ended before its hello", "status 4"}},
		{"garbage on the wire", script(t, "echo Welcome to Ubuntu >&3", "sleep 1000"), gateway.StageHello, []string{"not farside", "Welcome to Ubuntu"}},
		{"half a hello", script(t, "printf 'farside 1 pid=' >&3"), gateway.StageHello, []string{"in the middle of its hello"}},
		{"another version", script(t, "echo farside 2 >&3", "sleep 1000"), gateway.StageHello, []string{"version"}},
		{"a refusal", script(t, "echo farside 1 error=no+room >&3", "sleep 1000"), gateway.StageHello, []string{"refused: no room"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := gateway.Open(t.Context(), "popen//worker="+c.worker, farsidetest.Options(t, nil))
			checkOpenError(t, err, c.stage, c.words...)
		})
	}
}

// G10
func TestOpenWithASilentWorker(t *testing.T) {
	noFilesLeft(t)
	opts := farsidetest.Options(t, &gateway.Options{StartTimeout: 300 * time.Millisecond})
	for name, worker := range map[string]string{
		"says nothing":         script(t, "echo hm >&2", "sleep 1000"),
		"ignores signals":      script(t, "echo hm >&2", "trap '' TERM INT HUP", "sleep 1000", "sleep 1000"),
		"garbage on stdout":    script(t, "echo hm >&2", "while :; do echo garbage || exit; done"),
		"has a child that too": script(t, "echo hm >&2", "sleep 1000 &", "sleep 1000"),
		"drops by drops":       script(t, "echo hm >&2", "printf farside >&3", "while :; do sleep 0.05; printf ' ' >&3; done"),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := gateway.Open(t.Context(), "popen//worker="+worker, opts)
			checkOpenError(t, err, gateway.StageHello, "did nothing for 300ms", "hm")
			if mentionsExit(err) {
				t.Errorf("how we killed it is told as if it were the cause: %v", err)
			}
		})
	}
}

func mentionsExit(err error) bool {
	_, ok := errors.AsType[*gateway.ExitError](err)
	return ok
}

// G10
func TestOpenWithChdirThatCannotBeMade(t *testing.T) {
	noFilesLeft(t)
	notDir := file(t, "file", 0o644, "")
	for _, dir := range []string{notDir, notDir + "/sub", "/proc/nothing/here", "/tmp/\x00", "/" + strings.Repeat("ü", 5000)} {
		_, err := gateway.Open(t.Context(), "popen//chdir="+dir, nil)
		checkOpenError(t, err, gateway.StageHello, "refused: chdir: ")
		if mentionsExit(err) {
			t.Errorf("the worker's orderly end is told as if it were the cause: %v", err)
		}
	}
}

// G10
func TestOpenCancelled(t *testing.T) {
	noFilesLeft(t)
	started := filepath.Join(t.TempDir(), "started")
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("changed my mind")
	failed := make(chan error, 1)
	silent := script(t, "touch "+started, "sleep 1000")
	go func() { // ends with Open
		_, err := gateway.Open(ctx, "popen//worker="+silent, nil)
		failed <- err
	}()
	farsidetest.Eventually(t, func() bool { _, err := os.Stat(started); return err == nil }, "the worker does not start")
	cancel(why)
	err := <-failed
	checkOpenError(t, err, gateway.StageHello, "changed my mind")
	if !errors.Is(err, why) {
		t.Errorf("the cause is lost: %v", err)
	}
	_, err = gateway.Open(ctx, "popen", nil)
	checkOpenError(t, err, gateway.StageHello, "changed my mind")
}

// G11: one that takes long holds no other up.
func TestOpenBesideOneThatTakesLong(t *testing.T) {
	started := filepath.Join(t.TempDir(), "started")
	silent := script(t, "touch "+started, "sleep 1000")
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error, 1)
	go func() { // ends with Open
		_, err := gateway.Open(ctx, "popen//worker="+silent, nil)
		failed <- err
	}()
	farsidetest.Eventually(t, func() bool { _, err := os.Stat(started); return err == nil }, "the worker does not start")
	gw := open(t, "popen", nil)
	call[int](t, gw, "pid")
	if err := gw.Close(); err != nil {
		t.Error(err)
	}
	select {
	case err := <-failed:
		t.Errorf("the other one ended meanwhile: %v", err)
	default:
	}
	cancel()
	checkOpenError(t, <-failed, gateway.StageHello, "canceled")
}

// ctx bounds the call, never the gateway.
func TestOpenContextDoesNotEndTheGateway(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	gw, err := gateway.Open(ctx, "popen", farsidetest.Options(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer gw.Close()
	cancel()
	for range 10 {
		call[int](t, gw, "pid")
	}
}
