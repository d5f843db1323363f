package gateway_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
)

// G2
func TestPopenRunsAProgram(t *testing.T) {
	gw := open(t, "popen", nil)
	ch, err := gw.Exec(t.Context(), gateway.Source("increment"))
	if err != nil {
		t.Fatal(err)
	}
	if err := ch.Send(t.Context(), 41); err != nil {
		t.Fatal(err)
	}
	if n, err := channel.Receive[int](t.Context(), ch); n != 42 || err != nil {
		t.Fatalf("got %d, %v; want 42", n, err)
	}
	if pid := call[int](t, gw, "pid"); pid != gw.Info().PID || pid == os.Getpid() {
		t.Fatalf("pid %d; hello said %d; this process is %d", pid, gw.Info().PID, os.Getpid())
	}
}

// G4
func TestInfoTellsWhatTheFarSideIs(t *testing.T) {
	t.Setenv("USER", "somebody")
	info := open(t, "popen", nil).Info()
	host, _ := os.Hostname()
	dir, _ := os.Getwd()
	want := gateway.Info{
		PID: info.PID, Host: host, User: "somebody", OS: runtime.GOOS, Arch: runtime.GOARCH,
		Go: runtime.Version(), Version: "devel", Dir: dir, Source: true,
	}
	if info != want || info.PID == 0 {
		t.Errorf("got %+v, want %+v", info, want)
	}
}

func TestIDIsGivenOrCounted(t *testing.T) {
	named := open(t, "popen//id=the one", nil)
	first, second := open(t, "popen", nil), open(t, "popen", nil)
	if named.ID() != "the one" || named.Spec().ID != "the one" {
		t.Errorf("id %q", named.ID())
	}
	if first.ID() == second.ID() || !strings.HasPrefix(first.ID(), "gw") {
		t.Errorf("ids %q and %q", first.ID(), second.ID())
	}
}

func TestChdirIsMadeAndUsed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	before, _ := os.Getwd()
	gw := open(t, "popen//chdir="+dir, nil)
	got, want := call[string](t, gw, "getwd"), dir
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		want = real
	}
	if got != want && got != dir {
		t.Errorf("the far side is in %s, want %s", got, dir)
	}
	if gw.Info().Dir != got {
		t.Errorf("Info says %s", gw.Info().Dir)
	}
	if after, _ := os.Getwd(); after != before {
		t.Errorf("the near side moved to %s", after)
	}
}

func TestRelativeChdirWithRelativeWorker(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Symlink(exe, "w"); err != nil {
		t.Skip(err)
	}
	gw := open(t, "popen//chdir=sub/dir//worker=./w", nil)
	if got := call[string](t, gw, "getwd"); !strings.HasSuffix(got, filepath.Join(filepath.Base(dir), "sub", "dir")) {
		t.Errorf("the far side is in %s", got)
	}
}

func TestEnvIsVisible(t *testing.T) {
	t.Setenv("FARSIDE_TEST_INHERITED", "yes")
	t.Setenv("FARSIDE_TEST_CHANGED", "old")
	gw := open(t, "popen//env:FARSIDE_TEST_A=x=y z%20+&//env:FARSIDE_TEST_EMPTY=//env:FARSIDE_TEST_CHANGED=new", nil)
	for name, want := range map[string]string{
		"FARSIDE_TEST_A": "x=y z%20+&", "FARSIDE_TEST_EMPTY": "", "FARSIDE_TEST_INHERITED": "yes", "FARSIDE_TEST_CHANGED": "new",
	} {
		if got := call[string](t, gw, "getenv", name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// G10: it cannot be told in a hello, so it must be told at once.
func TestOversizeEnvFailsAtOnce(t *testing.T) {
	_, err := gateway.Open(t.Context(), "popen//env:BIG="+strings.Repeat("x", hello.Max), nil)
	checkOpenError(t, err, gateway.StageHello, "over the limit")
}

// checkOpenError checks the error of a failed Open and that nothing is left.
func checkOpenError(t *testing.T, err error, stage string, words ...string) {
	t.Helper()
	failed, ok := errors.AsType[*gateway.OpenError](err)
	if !ok {
		t.Fatalf("got %v, want an OpenError", err)
	}
	t.Log(err)
	if failed.Stage != stage {
		t.Errorf("stage %s, want %s", failed.Stage, stage)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q", word)
		}
	}
	if left := farsidetest.Children(); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}

// G11
func TestTwentyOpenAtOnce(t *testing.T) {
	var wg sync.WaitGroup
	gateways := make([]*gateway.Gateway, 20)
	for i := range gateways {
		wg.Go(func() {
			gw, err := gateway.Open(t.Context(), "popen", farsidetest.Options(t, nil))
			if err != nil {
				t.Error(err)
				return
			}
			gateways[i] = gw
		})
	}
	wg.Wait()
	pids := map[int]bool{}
	for _, gw := range gateways {
		if gw == nil {
			continue
		}
		pids[call[int](t, gw, "pid")] = true
		wg.Go(func() {
			if err := gw.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if len(pids) != len(gateways) {
		t.Errorf("%d gateways are %d processes", len(gateways), len(pids))
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		gw, err := gateway.Open(b.Context(), "popen", nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := gw.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCall(b *testing.B) {
	gw := open(b, "popen", nil)
	for b.Loop() {
		call[int](b, gw, "pid")
	}
}

func BenchmarkRoundTrip(b *testing.B) {
	gw := open(b, "popen", nil)
	ch, err := gw.Exec(b.Context(), gateway.Source("increment"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		ch.Send(b.Context(), 1)
		if _, err := channel.Receive[int](b.Context(), ch); err != nil {
			b.Fatal(err)
		}
	}
}
