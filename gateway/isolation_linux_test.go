package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// Whatever becomes of a program, its neighbour and the gateway live.
func TestBuiltProgramDiesAlone(t *testing.T) {
	gw := open(t, "popen", nil)
	neighbour := execBuilt(t, gw, built(), "increment", 1)
	for _, c := range []struct {
		what   string
		n      int
		code   int
		signal string
		words  string
	}{
		{"exit", 3, 3, "", "leaving"},
		{"panic in a goroutine", 0, 2, "", "the roof is on fire"},
		{"out of memory", 0, 2, "", "out of memory"},
		{"kill", 0, -1, "killed", ""},
	} {
		err := wantEnd(t, execBuilt(t, gw, built(), c.what, c.n))
		exit, ok := errors.AsType[*gateway.ExitError](err)
		if !ok || exit.Code != c.code || exit.Signal != c.signal || !strings.Contains(exit.Stderr, c.words) {
			t.Errorf("%s: it ended with %v", c.what, err)
		}
		if errors.Is(err, gateway.ErrLost) || gw.Err() != nil {
			t.Errorf("%s: the gateway counts as lost: %v, %v", c.what, err, gw.Err())
		}
		if !strings.Contains(err.Error(), "source.go") {
			t.Errorf("%s: %v does not say which program", c.what, err)
		}
	}
	if err := neighbour.Send(t.Context(), 41); err != nil {
		t.Fatal(err)
	}
	if got, err := channel.Receive[int](t.Context(), neighbour); got != 42 || err != nil {
		t.Errorf("the neighbour says %v, %v", got, err)
	}
}

func TestBuiltProgramThatExitsWellHasEndedWell(t *testing.T) {
	gw := open(t, "popen", nil)
	if err := wantEnd(t, execBuilt(t, gw, built(), "exit", 0)); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
}

func TestChildrenOfABuiltProgramGoWithIt(t *testing.T) {
	gw := open(t, "popen", nil)
	for _, exit := range []int{0, 5} { // it returns, or ends in a bad way
		ch := execBuilt(t, gw, built(), "leave a child", exit)
		child, err := channel.Receive[int](t.Context(), ch)
		if err != nil {
			t.Fatal(err)
		}
		ch.Send(t.Context(), "go")
		wantEnd(t, ch)
		farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(child) }, "the child lives, with exit %d", exit)
	}
}

// running gives the pid of a program that says it.
func runningBuilt(t *testing.T, gw *gateway.Gateway, program *gateway.Program, what string) (*channel.Channel, int) {
	t.Helper()
	ch := execBuilt(t, gw, program, what, 0)
	pid, err := channel.Receive[int](t.Context(), ch)
	if err != nil {
		t.Fatal(err)
	}
	return ch, pid
}

func TestCancelledProgramThatGoesOnIsAskedToEnd(t *testing.T) {
	gw := open(t, "popen", nil)
	ch, _ := runningBuilt(t, gw, built(), "go on")
	ch.Cancel(nil)
	exit, ok := errors.AsType[*gateway.ExitError](wantEnd(t, ch))
	if !ok || exit.Signal != "terminated" {
		t.Errorf("it ended with %v", ch.Err())
	}
}

func TestProgramThatGoesOnWhenItIsAskedIsKilled(t *testing.T) {
	gw := open(t, "popen", nil)
	for _, end := range []func(*channel.Channel){
		func(ch *channel.Channel) { ch.Cancel(nil) },
		func(ch *channel.Channel) { ch.Close() },
	} {
		var stdout syncBuffer
		program := built()
		program.Stdout = &stdout
		ch, pid := runningBuilt(t, gw, program, "go on after TERM")
		end(ch)
		farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "it lives")
		farsidetest.Eventually(t, func() bool { return stdout.String() == "terminated\n" }, "it printed %q", stdout.String())
	}
}

// A syncBuffer is printed to while a test looks.
type syncBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.String()
}

func TestEightBuiltProgramsAtOnce(t *testing.T) {
	gw := open(t, "popen", nil)
	var running sync.WaitGroup
	for n := range 8 {
		running.Go(func() {
			ch, err := gw.Exec(t.Context(), built(), "increment", n)
			if err != nil {
				t.Error(err)
				return
			}
			defer ch.Close()
			for i := range 50 {
				if err := ch.Send(t.Context(), i); err != nil {
					t.Error(err)
					return
				}
				if got, err := channel.Receive[int](t.Context(), ch); got != i+n || err != nil {
					t.Errorf("got %v, %v", got, err)
					return
				}
			}
		})
	}
	running.Wait()
}

// The loss is the gateway's, and that is said.
func TestBuiltProgramIsLostWithItsGateway(t *testing.T) {
	gw := open(t, "popen", nil)
	ch, pid := runningBuilt(t, gw, built(), "go on")
	if err := syscall.Kill(gw.Info().PID, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	err := wantEnd(t, ch)
	if !errors.Is(err, gateway.ErrLost) || !strings.Contains(err.Error(), "via "+gw.ID()) {
		t.Errorf("it ended with %v", err)
	}
	farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the program lives")
}

func TestKillOfAGatewayEndsItsBuiltPrograms(t *testing.T) {
	gw := open(t, "popen", nil)
	_, pid := runningBuilt(t, gw, built(), "go on after TERM")
	gw.Kill()
	if farsidetest.Alive(pid) {
		t.Error("the program lives")
	}
}

// badStart does what its environment says before it has a main.
const badStart = `
import ("context"; "os"; "time")

var _ = func() int {
	switch os.Getenv("BAD_START") {
	case "exit":
		os.Stderr.WriteString("no way\n")
		os.Exit(4)
	case "hang":
		time.Sleep(time.Hour)
	}
	return 0
}()

func Far(ctx context.Context) int { return 1 }
`

func TestBuiltProgramThatDoesNotStart(t *testing.T) {
	program := gateway.BuildSource(badStart, nil)
	_, err := open(t, "popen//env:BAD_START=exit", nil).Exec(t.Context(), program)
	exit, ok := errors.AsType[*gateway.ExitError](err)
	if !ok || exit.Code != 4 || !strings.Contains(exit.Stderr, "no way") || !strings.Contains(err.Error(), "exec: the program source.go: ") {
		t.Errorf("one that exits: %v", err)
	}
	gw := open(t, "popen//env:BAD_START=hang", nil)
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	ended := make(chan error, 1)
	go func() { // ends with ctx
		_, err := gw.Exec(ctx, program)
		ended <- err
	}()
	eventually(t, func() bool { return status(t, gw).Running == 1 }, func() any { return status(t, gw) })
	cancel(enough)
	if err := <-ended; !errors.Is(err, enough) {
		t.Errorf("one that hangs: %v", err)
	}
	eventually(t, func() bool { return status(t, gw).Running == 0 }, func() any { return status(t, gw) })
}

// A progressLog notes what was told of progress.
type progressLog struct {
	mu    sync.Mutex
	whats []string
}

func (p *progressLog) options() *gateway.Options {
	return &gateway.Options{Progress: func(progress gateway.Progress) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.whats = append(p.whats, progress.What)
	}}
}

func (p *progressLog) take() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer func() { p.whats = nil }()
	return strings.Join(p.whats, "\n")
}

func TestSecondExecCompilesAndSendsNothing(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir()) // of the far side, which has nothing
	var progress progressLog
	gw := open(t, "popen", progress.options())
	wantEnd(t, execBuilt(t, gw, built(), "fail", 0))
	if got := progress.take(); !strings.Contains(got, "sending source.go") {
		t.Errorf("of the first this was told: %s", got)
	}
	wantEnd(t, execBuilt(t, gw, built(), "fail", 0))
	if got := progress.take(); got != "" {
		t.Errorf("of the second this was told: %s", got)
	}
	again := open(t, "popen", progress.options())
	wantEnd(t, execBuilt(t, again, built(), "fail", 0))
	if got := progress.take(); got != "" {
		t.Errorf("of that on another gateway this was told: %s", got)
	}
}

// Those who come first send it, and the others find it there.
func TestProgramIsSentOnceToManyAtOnce(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	var mu sync.Mutex
	var last int64
	gw := open(t, "popen", &gateway.Options{Progress: func(p gateway.Progress) {
		mu.Lock()
		defer mu.Unlock()
		if p.Done < last {
			t.Errorf("%d bytes were sent, and then %d", last, p.Done)
		}
		last = p.Done
	}})
	if _, err := built().Command(t.Context(), gw).Output(); err == nil { // compiles
		t.Error("it is a command")
	}
	var running sync.WaitGroup
	for range 8 {
		running.Go(func() {
			if _, err := gateway.Call[any](t.Context(), gw, built(), "exit", 0); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
	if last == 0 {
		t.Error("nothing was sent")
	}
}

func TestEndOfTheCtxOfExecEndsTheSending(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	gw := open(t, "popen", &gateway.Options{Progress: func(p gateway.Progress) {
		if p.Done > 0 {
			cancel(enough)
		}
	}})
	if _, err := gw.Exec(ctx, built(), "exit", 0); !errors.Is(err, enough) {
		t.Errorf("it ended with %v", err)
	}
	eventually(t, func() bool { return status(t, gw).Running == 0 && status(t, gw).Channels == 1 }, func() any { return status(t, gw) })
	if _, err := gateway.Call[any](t.Context(), gw, built(), "exit", 0); err != nil {
		t.Errorf("after it: %v", err)
	}
}

func TestDamagedProgramIsSentAgain(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	gw := open(t, "popen", nil)
	wantEnd(t, execBuilt(t, gw, built(), "fail", 0))
	kept, err := filepath.Glob(filepath.Join(cache, "farside", "programs", strings.Repeat("[0-9a-f]", 64)))
	if err != nil || len(kept) != 1 {
		t.Fatalf("%v is kept, %v", kept, err)
	}
	eventually(t, func() bool { return status(t, gw).Running == 0 }, func() any { return "it runs" })
	if err := os.WriteFile(kept[0], []byte("damaged"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := wantEnd(t, execBuilt(t, gw, built(), "exit", 0)); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
}

// Not even while it runs, so that nothing is left however it ends.
func TestEphemeralGatewayKeepsNoProgram(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	gw := open(t, "cmd=sh//ephemeral", nil)
	runningBuilt(t, gw, built(), "go on")
	runningBuilt(t, gw, built(), "go on")
	for _, pattern := range []string{cache + "/farside/programs/*", cache + "/.farside-*"} {
		if left, _ := filepath.Glob(pattern); len(left) > 0 {
			t.Errorf("there is %v", left)
		}
	}
}
