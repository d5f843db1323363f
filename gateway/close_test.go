package gateway_test

import (
	"errors"
	"io"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

const (
	closeGrace = 300 * time.Millisecond

	// closeBound is what Close must not exceed with closeGrace: the promise is
	// two seconds more than the grace; the rest is for a busy machine.
	closeBound = 8 * time.Second
)

// closeWithin closes gw and checks that it has ended.
func closeWithin(t *testing.T, gw *gateway.Gateway, bound time.Duration) {
	t.Helper()
	farsidetest.Within(t, bound, "close", func() {
		if err := gw.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	checkClosed(t, gw)
}

func checkClosed(t *testing.T, gw *gateway.Gateway) {
	t.Helper()
	<-gw.Done()
	if pid := gw.Info().PID; farsidetest.Alive(pid) && gw.Spec().Kind == "popen" {
		t.Errorf("process %d is still there", pid)
	}
	if err := gw.Err(); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("Err: %v", err)
	}
	if _, err := gw.Exec(t.Context(), gateway.Source("pid")); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("Exec: %v", err)
	}
	if _, err := gw.Status(t.Context()); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("Status: %v", err)
	}
	if err := gw.Import(t.Context(), "x", fstest.MapFS{}); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("Import: %v", err)
	}
	if _, err := gw.NewChannel(t.Context()); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("NewChannel: %v", err)
	}
	if err := gw.Close(); err != nil {
		t.Errorf("Close again: %v", err)
	}
	if err := gw.Kill(); err != nil {
		t.Errorf("Kill again: %v", err)
	}
}

func TestCloseIdle(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		call[int](t, gw, "pid")
		farsidetest.Within(t, 4*time.Second, "close without anything to wait for", func() { gw.Close() }) // the grace is 5 s
		checkClosed(t, gw)
	})
}

// G6, P11
func TestCloseEndsProgramsWithACause(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ch := running(t, gw, "wait")
		farsidetest.Within(t, 4*time.Second, "close with a program that obeys", func() { gw.Close() }) // the grace is 5 s
		if cause, err := channel.Get[string](t.Context(), ch, "cause"); cause != "worker: the far side is being terminated" {
			t.Errorf("the program's ctx ended with %q, %v", cause, err)
		}
		checkClosed(t, gw)
	})
}

// G6: a program may use its channel to the end of the grace.
func TestCloseWaitsForProgramsThatEnd(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ch := running(t, gw, "ask before the end")
		closed := make(chan error, 1)
		go func() { closed <- gw.Close() }() // ends with the program
		if item, err := ch.Receive(t.Context()); item != "may I?" {
			t.Fatal(item, err)
		}
		if err := ch.Send(t.Context(), "yes"); err != nil {
			t.Error(err)
		}
		if item, err := ch.Receive(t.Context()); item != "yes" {
			t.Errorf("the program did not end by itself: %v, %v", item, err)
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
	})
}

// G6
func TestCloseWithAProgramThatIgnores(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Grace: closeGrace})
	ignoring, spinning := running(t, gw, "ignore"), running(t, gw, "spin")
	closeWithin(t, gw, closeBound)
	for _, ch := range []*channel.Channel{ignoring, spinning} {
		if _, err := ch.Receive(t.Context()); !errors.Is(err, gateway.ErrClosed) {
			t.Errorf("its channel ended with %v", err)
		}
	}
}

// G6
func TestCloseFromManyGoroutines(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		running(t, gw, "wait")
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				end := gw.Close
				if i%4 == 3 {
					end = gw.Kill
				}
				if err := end(); err != nil {
					t.Error(err)
				}
				if gw.Err() == nil {
					t.Error("it returned before the end")
				}
			})
		}
		wg.Wait()
		checkClosed(t, gw)
	})
}

// G6: the grace is far longer than a test may take.
func TestKillDuringClose(t *testing.T) {
	for kind, gw := range map[string]*gateway.Gateway{
		"popen":      open(t, "popen", &gateway.Options{Grace: time.Hour}),
		"in-process": inProcess(t, &gateway.Options{Grace: time.Hour}),
	} {
		t.Run(kind, func(t *testing.T) {
			ch := running(t, gw, "ignore until the gateway ends")
			closed := make(chan error, 1)
			go func() { closed <- gw.Close() }() // ends with the test
			if item, err := ch.Receive(t.Context()); item != "asked to end" {
				t.Fatal(item, err)
			}
			farsidetest.Within(t, closeBound, "kill", func() { gw.Kill() })
			if err := <-closed; err != nil {
				t.Error(err)
			}
			checkClosed(t, gw)
		})
	}
}

// G6
func TestKillAtOnce(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Grace: time.Hour})
	ch := running(t, gw, "ignore")
	farsidetest.Within(t, closeBound, "kill", func() {
		if err := gw.Kill(); err != nil {
			t.Error(err)
		}
	})
	if _, err := ch.Receive(t.Context()); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("its channel ended with %v", err)
	}
	checkClosed(t, gw)
}

func TestCloseWhileEverythingIsInFlight(t *testing.T) {
	gw := open(t, "popen", &gateway.Options{Grace: closeGrace, Stdout: new(sink)})
	var wg sync.WaitGroup
	var moved sync.WaitGroup
	for range 4 {
		up, down := exec(t, gw, "increment"), exec(t, gw, "items for ever")
		moved.Add(2)
		wg.Go(func() { inFlight(t, &moved, func() error { return up.Send(t.Context(), 1) }) }) // nobody reads the answers
		wg.Go(func() { inFlight(t, &moved, func() error { _, err := down.Receive(t.Context()); return err }) })
	}
	wg.Go(func() {
		for gw.Err() == nil {
			gw.Status(t.Context())
			gateway.Call[any](t.Context(), gw, gateway.Source("print"), 10)
		}
	})
	exec(t, gw, "flood the writer")
	moved.Wait()
	closeWithin(t, gw, closeBound)
	farsidetest.Within(t, closeBound, "the end of all calls", wg.Wait)
}

// inFlight repeats a call until it fails, and reports the first success.
func inFlight(t *testing.T, moved *sync.WaitGroup, move func() error) {
	first := true
	for {
		err := move()
		if first {
			moved.Done()
			first = false
		}
		if err != nil {
			if !errors.Is(err, gateway.ErrClosed) && !errors.Is(err, io.EOF) && !isRemote(err) {
				t.Errorf("in flight: %v", err)
			}
			return
		}
	}
}

func isRemote(err error) bool {
	_, ok := errors.AsType[*gateway.RemoteError](err)
	return ok
}

// G11: opening and closing at once must not mix the gateways' processes and wires up.
func TestCloseWhileOthersOpen(t *testing.T) {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 3 {
				gw, err := gateway.Open(t.Context(), "popen", farsidetest.Options(t, nil))
				if err != nil {
					t.Error(err)
					return
				}
				if pid, err := gateway.Call[int](t.Context(), gw, gateway.Source("pid")); err != nil || pid != gw.Info().PID {
					t.Errorf("pid %d of %d, %v", pid, gw.Info().PID, err)
				}
				if err := gw.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

func TestCloseLeavesNoFiles(t *testing.T) {
	noFilesLeft(t)
	for range 3 {
		gw := open(t, "popen", nil)
		call[any](t, gw, "print", 1)
		gw.Close()
	}
}

// noFilesLeft checks at the test's end that no descriptor was left open. The
// garbage collector must not close what was forgotten.
func noFilesLeft(t *testing.T) {
	t.Helper()
	if gw, err := gateway.Open(t.Context(), "popen", nil); err == nil {
		gw.Close() // the runtime opens some for itself with the first
	}
	runtime.GC() // what earlier tests left to it
	percent := debug.SetGCPercent(-1)
	before := farsidetest.Files()
	t.Cleanup(func() {
		defer debug.SetGCPercent(percent)
		farsidetest.Eventually(t, func() bool { return farsidetest.Files() <= before },
			"%d descriptors were open, now %d", before, farsidetest.Files())
	})
}
