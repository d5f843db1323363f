//go:build unix

package gateway_test

import (
	"context"
	"os"
	osexec "os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/worker"
)

func init() {
	programs["shell"] = func(ctx context.Context, job *worker.Job) (any, error) {
		out, err := osexec.CommandContext(ctx, "/bin/sh", "-c", arg[string](job, 0)).CombinedOutput()
		return string(out), err
	}
	programs["group"] = func(context.Context, *worker.Job) (any, error) {
		return []int{os.Getpid(), syscall.Getpgrp()}, nil
	}
}

func TestFarSideHasAGroupOfItsOwn(t *testing.T) {
	got := call[[]int](t, open(t, "popen", nil), "group")
	if got[0] != got[1] {
		t.Errorf("pid and group are %v", got)
	}
}

func TestWorkerVariableIsNotInherited(t *testing.T) {
	gw := open(t, "popen", nil)
	if out := call[string](t, gw, "shell", "env"); strings.Contains(out, "FARSIDE_WORKER") {
		t.Errorf("a child of far code sees %s", out)
	}
	if got := call[string](t, gw, "getenv", "FARSIDE_WORKER"); got != "" {
		t.Errorf("far code sees %q", got)
	}
}

// A child that holds the wire could write to it, and would hide the worker's end.
// What this process was given by its own parent may go on to all.
func TestDescriptorsAreNotInherited(t *testing.T) {
	const list = "ls /proc/$$/fd"
	here, err := osexec.CommandContext(t.Context(), "/bin/sh", "-c", list).Output()
	if err != nil {
		t.Skip(err)
	}
	open(t, "popen", nil) // its wire and pipes must not be inherited either
	gw := open(t, "popen", nil)
	if there := call[string](t, gw, "shell", list); there != string(here) {
		t.Errorf("a child of far code has the descriptors %q, want %q", there, here)
	}
	files := strings.Split(call[string](t, gw, "shell", "ls -l /proc/$PPID/fd"), "\n")
	if countLines(files, "socket:") != 1 {
		t.Errorf("the worker has not only the wire:\n%s", strings.Join(files, "\n"))
	}
}

func countLines(list []string, with string) (n int) {
	for _, line := range list {
		if strings.Contains(line, with) {
			n++
		}
	}
	return n
}

// Far code that reads standard input must not wait for the near side's terminal.
func TestStandardInputIsEmpty(t *testing.T) {
	if out := call[string](t, open(t, "popen", nil), "shell", "cat; echo end"); out != "end\n" {
		t.Errorf("got %q", out)
	}
}

func TestBadNice(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may have any priority")
	}
	_, err := gateway.Open(t.Context(), "popen//nice=-5", nil)
	checkOpenError(t, err, gateway.StageHello, "refused: nice -5")
}
