package gateway_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/farside-go/farside/worker"
)

func init() {
	programs["nice of threads"] = func(context.Context, *worker.Job) (any, error) { return niceOfThreads() }
}

// niceOfThreads reads it from field 19 of each thread's stat; the name before it
// may hold anything and stands in parentheses.
func niceOfThreads() (found []int, err error) {
	stats, err := filepath.Glob("/proc/self/task/*/stat")
	for _, name := range stats {
		data, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		fields := bytes.Fields(data[bytes.LastIndexByte(data, ')')+1:])
		nice, err := strconv.Atoi(string(fields[16]))
		if err != nil {
			return nil, err
		}
		found = append(found, nice)
	}
	return found, err
}

// On Linux each thread has a priority of its own, and so a process can be niced
// in part.
func TestNiceIsThatOfAllThreads(t *testing.T) {
	kernel, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if err != nil {
		t.Fatal(err)
	}
	ours := 20 - kernel
	want := min(ours+7, 19)
	got := call[[]int](t, open(t, fmt.Sprintf("popen//nice=%d", 7), nil), "nice of threads")
	for _, nice := range got {
		if nice != want {
			t.Errorf("threads have the priorities %v, want %d, since we have %d", got, want, ours)
			break
		}
	}
}
