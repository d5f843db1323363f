//go:build unix

package gateway_test

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/worker"
)

// lossBound is how long a loss may take to be told to every call: the promise is
// one second after the end of the process, the rest is for its death (a program
// that overflows its stack fills it first) and for a busy machine.
const lossBound = 15 * time.Second

func init() {
	programs["kill yourself"] = func(context.Context, *worker.Job) (any, error) {
		return nil, syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	programs["stop yourself"] = func(context.Context, *worker.Job) (any, error) {
		return nil, syscall.Kill(os.Getpid(), syscall.SIGSTOP)
	}
	programs["overflow the stack"] = func(context.Context, *worker.Job) (any, error) {
		debug.SetMaxStack(4 << 20) // the worker's own limit works alike, but takes its time
		return overflow(1), nil
	}
	programs["overflow the worker's stack"] = func(context.Context, *worker.Job) (any, error) { return overflow(1), nil }
}

func overflow(n int) int { return overflow(n+1) + n }

// A victim is a gateway with a call of each kind blocked on it.
type victim struct {
	gw     *gateway.Gateway
	ch     *channel.Channel
	calls  sync.WaitGroup
	mu     sync.Mutex
	errors map[string]error
}

func newVictim(t *testing.T, gw *gateway.Gateway) *victim {
	v := &victim{gw: gw, ch: running(t, gw, "wait"), errors: map[string]error{}}
	ctx, filling := context.Background(), exec(t, gw, "ignore")
	v.block("receive", func() error { _, err := v.ch.Receive(ctx); return err })
	v.block("get", func() error { _, err := v.ch.Get(ctx, "never bound"); return err })
	v.block("call", func() error { _, err := gateway.Call[any](ctx, gw, gateway.Source("ignore")); return err })
	full := make(chan struct{})
	v.block("send", func() error {
		chunk := make([]byte, 256<<10)
		for {
			soon, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
			err := filling.Send(soon, chunk)
			cancel()
			if err != nil {
				break
			}
		}
		close(full) // now a Send blocks, or soon
		for {
			if err := filling.Send(ctx, chunk); err != nil {
				return err
			}
		}
	})
	subscribed := exec(t, gw, "wait")
	ended := make(chan error, 2)
	if _, err := subscribed.Subscribe(&channel.Callbacks{Item: func(any) {}, End: func(err error) { ended <- err }}); err != nil {
		t.Fatal(err)
	}
	v.block("subscription", func() error { return <-ended })
	v.block("context", func() error { <-v.ch.Context().Done(); return context.Cause(v.ch.Context()) })
	v.block("done", func() error { <-gw.Done(); return gw.Err() })
	<-full
	return v
}

func (v *victim) block(name string, call func() error) {
	v.calls.Go(func() {
		err := call()
		v.mu.Lock()
		defer v.mu.Unlock()
		v.errors[name] = err
	})
}

// checkLost waits until all calls have ended with the loss, and returns what is
// known of the process's end.
func (v *victim) checkLost(t *testing.T, bound time.Duration) *gateway.ExitError {
	t.Helper()
	farsidetest.Within(t, bound, "the loss", v.calls.Wait)
	v.block("status", func() error { _, err := v.gw.Status(t.Context()); return err })
	v.block("exec", func() error { _, err := v.gw.Exec(t.Context(), gateway.Source("pid")); return err })
	v.block("later receive", func() error { _, err := v.ch.Receive(t.Context()); return err })
	v.block("set", func() error { return v.ch.Set(t.Context(), map[string]any{"a": 1}) })
	farsidetest.Within(t, bound, "calls after the loss", v.calls.Wait)
	var exit *gateway.ExitError
	for name, err := range v.errors {
		if !errors.Is(err, gateway.ErrLost) || errors.Is(err, io.EOF) { // not an orderly end
			t.Errorf("%s: %v", name, err)
		}
		if e, ok := errors.AsType[*gateway.ExitError](err); ok {
			exit = e
		} else if exit != nil {
			t.Errorf("%s does not say how the process ended: %v", name, err)
		}
	}
	t.Log(v.errors["call"])
	farsidetest.Within(t, closeBound, "close after the loss", func() {
		if err := v.gw.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := v.gw.Err(); !errors.Is(err, gateway.ErrLost) {
		t.Errorf("after Close: %v; the first error stays", err)
	}
	return exit
}

// G8
func TestFarProcessEnds(t *testing.T) {
	for _, c := range []struct {
		program string
		code    int
		signal  string
		stderr  []string
	}{
		{"exit 3", 3, "", []string{"leaving"}},
		{"kill yourself", -1, "killed", nil},
		{"panic in a goroutine", 2, "", []string{"before", "panic: the roof is on fire", "programs_test.go"}},
		{"overflow the stack", 2, "", []string{"stack overflow"}},
		{"take all memory", 2, "", []string{"fatal error: "}}, // the race detector has words of its own
	} {
		t.Run(c.program, func(t *testing.T) {
			t.Parallel()
			if programs[c.program] == nil {
				t.Skip("not on this system")
			}
			v := newVictim(t, open(t, "popen", nil))
			last, err := v.gw.Exec(t.Context(), gateway.Source(c.program))
			if err != nil {
				t.Fatal(err)
			}
			defer last.Close()
			exit := v.checkLost(t, lossBound)
			if exit == nil || exit.Code != c.code || exit.Signal != c.signal {
				t.Fatalf("the process ended with %+v, want code %d, signal %q", exit, c.code, c.signal)
			}
			for _, words := range c.stderr {
				if !strings.Contains(exit.Stderr, words) {
					t.Errorf("its last words lack %q:\n%s", words, exit.Stderr)
				}
			}
		})
	}
}

// The worker limits the stack, so that this does not take the machine's memory.
func TestRunawayRecursionEndsTheFarSide(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it fills a large stack")
	}
	_, err := gateway.Call[int](t.Context(), open(t, "popen", nil), gateway.Source("overflow the worker's stack"))
	if !errors.Is(err, gateway.ErrLost) || !strings.Contains(err.Error(), "exceeds 268435456-byte limit") {
		t.Fatal(err)
	}
}

// G8
func TestFarProcessIsKilled(t *testing.T) {
	v := newVictim(t, open(t, "popen", nil))
	if err := syscall.Kill(v.gw.Info().PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	if exit := v.checkLost(t, lossBound); exit == nil || exit.Signal != "killed" {
		t.Errorf("the process ended with %+v", exit)
	}
}

// G8: output that was printed just before the end is not lost with the process.
func TestLossWhileTheOutputIsBlocked(t *testing.T) {
	t.Parallel()
	full := newBlocker(t)
	gw := open(t, "popen", &gateway.Options{Stdout: full})
	exec(t, gw, "flood raw", 64)
	<-full.reached
	exec(t, gw, "flood the writer")
	v := newVictim(t, gw)
	exec(t, gw, "panic in a goroutine")
	exit := v.checkLost(t, lossBound)
	if exit == nil || exit.Code != 2 || !strings.Contains(exit.Stderr, "the roof is on fire") {
		t.Errorf("the process ended with %+v", exit)
	}
}

// G8: a stopped process looks like a network that fell silent.
func TestStoppedFarProcessIsLostWithinTheKeepAlive(t *testing.T) {
	for name, stop := range map[string]func(*gateway.Gateway){
		"from outside": func(gw *gateway.Gateway) { syscall.Kill(gw.Info().PID, syscall.SIGSTOP) },
		"by itself":    func(gw *gateway.Gateway) { gw.Exec(context.Background(), gateway.Source("stop yourself")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVictim(t, open(t, "popen", &gateway.Options{KeepAlive: 600 * time.Millisecond}))
			stop(v.gw)
			farsidetest.Within(t, lossBound, "the loss", func() { <-v.gw.Done() })
			pid := v.gw.Info().PID
			farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the stopped process %d is still there", pid)
			if exit := v.checkLost(t, lossBound); exit != nil {
				t.Errorf("our own kill is told as the cause: %v", exit)
			}
		})
	}
}

// stop waits until the far process is stopped: the signal only asks for it.
func stop(t *testing.T, gw *gateway.Gateway) {
	t.Helper()
	pid := gw.Info().PID
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	farsidetest.Eventually(t, func() bool { return farsidetest.Stopped(pid) }, "process %d does not stop", pid)
}

// G6
func TestCloseOfAStoppedFarProcess(t *testing.T) {
	t.Parallel()
	gw := open(t, "popen", &gateway.Options{Grace: closeGrace})
	ch := running(t, gw, "wait")
	stop(t, gw)
	closeWithin(t, gw, closeBound)
	if _, err := ch.Receive(t.Context()); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("its channel ended with %v", err)
	}
}

// The wire is full as well, so not even the request to end goes out.
func TestCloseOfAStoppedFarProcessWithAFullWire(t *testing.T) {
	t.Parallel()
	gw := open(t, "popen", &gateway.Options{Grace: closeGrace})
	up := running(t, gw, "wait")
	stop(t, gw)
	ctx, cancel := context.WithTimeout(t.Context(), closeGrace)
	defer cancel()
	for up.Send(ctx, make([]byte, 64<<10)) == nil {
	}
	closeWithin(t, gw, closeBound)
}
