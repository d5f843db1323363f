//go:build unix

package workerbin_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/workerbin"
)

// toolchain makes a go command the only one on PATH, and a cache of the test's own.
// What it builds tells for which system. builds tells for which it was called.
func toolchain(t *testing.T, script string) (builds func() string) {
	t.Helper()
	dir := t.TempDir()
	file(t, dir, "go", "#!/bin/sh\necho $GOOS/$GOARCH/$CGO_ENABLED >>"+dir+"/builds\n"+script)
	t.Setenv("PATH", dir)
	t.Setenv("XDG_CACHE_HOME", filepath.Join(dir, "cache"))
	t.Setenv("HOME", dir)
	return func() string {
		data, _ := os.ReadFile(filepath.Join(dir, "builds"))
		return string(data)
	}
}

// builder is what a go command does.
const builder = `[ "$1 $2 $4" = "build -o github.com/farside-go/farside/cmd/farside" ] || { echo "bad arguments $*"; exit 1; }
echo "for $GOOS/$GOARCH" >"$3"
`

// B3: once for each system, also if several want it at once.
func TestWorkerForAnotherSystemIsBuiltOnce(t *testing.T) {
	builds := toolchain(t, builder)
	var finding sync.WaitGroup
	for range 4 {
		finding.Go(func() { // ends with the builds
			for system, suffix := range map[[2]string]string{{"plan9", "arm"}: "", {"plan9", "386"}: "", {"windows", "386"}: ".exe"} {
				path, err := workerbin.Find(t.Context(), "", system[0], system[1])
				content, _ := os.ReadFile(path)
				if want := "for " + system[0] + "/" + system[1] + "\n"; err != nil || string(content) != want || filepath.Ext(path) != suffix {
					t.Errorf("for %v it finds %s with %q, %v", system, path, content, err)
				}
			}
		})
	}
	finding.Wait()
	if got := builds(); len(got) != len("plan9/arm/0\nplan9/386/0\nwindows/386/0\n") || !strings.Contains(got, "plan9/arm/0\n") {
		t.Errorf("it was built for %q", got)
	}
	path, err := workerbin.Find(t.Context(), "", "plan9", "arm")
	check(t, err)
	check(t, os.Remove(path)) // users empty their caches
	if again, err := workerbin.Find(t.Context(), "", "plan9", "arm"); err != nil || again != path {
		t.Errorf("then it finds %s, %v", again, err)
	}
	if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 3 {
		t.Errorf("in the cache are %v, %v", left, err)
	}
}

// B3: the error lists what was tried, and what would help.
func TestWorkerThatCannotBeBuilt(t *testing.T) {
	toolchain(t, "echo no such module; exit 3")
	_, err := workerbin.Find(t.Context(), "", "plan9", "mips")
	wantError(t, err, "no worker for plan9/mips was found", "worker=FOLDER with a program farside-plan9-mips in it", "no such module", "exit status 3")
	_, err = workerbin.Find(t.Context(), "", runtime.GOOS, runtime.GOARCH)
	wantError(t, err, "does not call interp.Main()", "not on PATH", "no such module")
	t.Setenv("PATH", "/nowhere")
	_, err = workerbin.Find(t.Context(), "", "windows", "mips")
	wantError(t, err, "farside-windows-mips.exe", `"go": executable file not found`)
}

// G10: also when what the go command started still holds its output.
func TestBuildEndsWithItsContext(t *testing.T) {
	started := filepath.Join(t.TempDir(), "started")
	toolchain(t, "/bin/sleep 1000 &\necho $! >"+started+"\nwait\n")
	child := func() int {
		text, _ := os.ReadFile(started)
		pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
		return pid
	}
	ctx, cancel := context.WithCancel(t.Context())
	found := make(chan error, 1)
	go func() { // ends with the build
		_, err := workerbin.Find(ctx, "", "plan9", "riscv64")
		found <- err
	}()
	farsidetest.Eventually(t, func() bool { return child() > 0 }, "it is not built")
	defer syscall.Kill(child(), syscall.SIGKILL)
	cancel()
	farsidetest.Within(t, 30*time.Second, "Find", func() { wantError(t, <-found, "go build") })
}

func TestInstalledWorkerGoesBeforeABuiltOne(t *testing.T) {
	builds := toolchain(t, builder)
	installed := file(t, os.Getenv("PATH"), "farside", "x")
	if path, err := workerbin.Find(t.Context(), "", runtime.GOOS, runtime.GOARCH); path != installed || err != nil || builds() != "" {
		t.Errorf("it finds %s, %v, and built %q", path, err, builds())
	}
}
