// Package farsidetest has what the tests of several packages need: gateways that
// clean up after themselves, and checks for what was left behind.
package farsidetest

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/worker"
)

// patience bounds what Eventually waits for. It is no promise: it is there so
// that a hang is told with its place, and generous for a busy machine.
const patience = 30 * time.Second

// Main runs the tests and then fails if goroutines or child processes are left. Workers
// and programs that are sent somewhere are not kept; what the toolchain compiles for them
// is, where it is always. A TestMain ends with it.
func Main(m *testing.M) {
	os.Setenv("GORACE", "atexit_sleep_ms=0 "+os.Getenv("GORACE")) // far sides need not linger under -race
	cache, err := os.MkdirTemp("", "farside-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	keepGoCache()
	os.Setenv("XDG_CACHE_HOME", cache)
	code := m.Run()
	os.RemoveAll(cache)
	if code == 0 {
		if err := leaks(); err != nil {
			fmt.Fprintln(os.Stderr, "left behind by the tests:", err)
			code = 1
		}
	}
	os.Exit(code)
}

// keepGoCache has what tests build take what was built before.
func keepGoCache() {
	if cache, err := os.UserCacheDir(); err == nil && os.Getenv("GOCACHE") == "" {
		os.Setenv("GOCACHE", filepath.Join(cache, "go-build"))
	}
}

func leaks() error {
	if err := goleak.Find(); err != nil {
		return err
	}
	if left := Children(); len(left) > 0 {
		return fmt.Errorf("child processes %v", left)
	}
	return nil
}

// Gateway opens a gateway that ends with the test. What its far side prints goes
// to t.Log where opts do not say otherwise.
func Gateway(t testing.TB, spec string, opts *gateway.Options) *gateway.Gateway {
	t.Helper()
	opts = Options(t, opts)
	gw, err := gateway.Open(t.Context(), spec, opts)
	return closeAtEnd(t, gw, err)
}

// InProcess opens a gateway to a worker in this process that ends with the test.
func InProcess(t testing.TB, workerOpts *worker.Options, opts *gateway.Options) *gateway.Gateway {
	t.Helper()
	gw, err := gateway.New(t.Context(), worker.InProcess(workerOpts), Options(t, opts))
	return closeAtEnd(t, gw, err)
}

func closeAtEnd(t testing.TB, gw *gateway.Gateway, err error) *gateway.Gateway {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := gw.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return gw
}

// Options gives opts with t.Log as the default for what a far side prints.
func Options(t testing.TB, opts *gateway.Options) *gateway.Options {
	var out gateway.Options
	if opts != nil {
		out = *opts
	}
	if out.Stdout == nil {
		out.Stdout = Log(t, "stdout: ")
	}
	if out.Stderr == nil {
		out.Stderr = Log(t, "stderr: ")
	}
	return &out
}

// Log gives a writer to t.Log. What comes after the test's end is dropped.
func Log(t testing.TB, prefix string) io.Writer {
	l := &logWriter{t: t, prefix: prefix}
	t.Cleanup(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.ended = true
	})
	return l
}

type logWriter struct {
	t      testing.TB
	prefix string

	mu    sync.Mutex
	ended bool
}

func (l *logWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.t.Log(l.prefix + strings.TrimSuffix(string(p), "\n"))
	}
	return len(p), nil
}

// Eventually waits until ok holds, and fails the test if it never does.
func Eventually(t testing.TB, ok func() bool, format string, args ...any) {
	t.Helper()
	EventuallyWithin(t, patience, ok, format, args...)
}

// EventuallyWithin is Eventually with a bound that is a promise.
func EventuallyWithin(t testing.TB, bound time.Duration, ok func() bool, format string, args ...any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), bound)
	defer cancel()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("not within %v: %s\n%s", bound, fmt.Sprintf(format, args...), stacks())
		}
	}
}

// Within runs f and fails the test if it takes longer than bound.
func Within(t testing.TB, bound time.Duration, what string, f func()) {
	t.Helper()
	ended := make(chan struct{})
	start := time.Now()
	go func() { // ends with f
		defer close(ended)
		f()
	}()
	timer := time.NewTimer(bound)
	defer timer.Stop()
	select {
	case <-ended:
		t.Logf("%s took %v", what, time.Since(start).Round(time.Millisecond))
	case <-timer.C:
		t.Fatalf("%s takes longer than %v\n%s", what, bound, stacks())
	}
}

func stacks() string {
	buf := make([]byte, 1<<20)
	return string(buf[:runtime.Stack(buf, true)])
}
