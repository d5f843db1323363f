//go:build unix

package workerbin_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/reexec"
	"github.com/farside-go/farside/internal/store"
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
const builder = `[ "$1 $2 $4 $5" = "build -o -trimpath -ldflags=-s -w" ] || { echo "bad arguments $*"; exit 1; }
echo "${6##*/} for $GOOS/$GOARCH" >"$3"
`

// B3: once for each system, also if several want it at once.
func TestWorkerForAnotherSystemIsBuiltOnce(t *testing.T) {
	builds := toolchain(t, builder)
	var finding sync.WaitGroup
	for range 4 {
		finding.Go(func() { // ends with the builds
			for _, system := range [][2]string{{"plan9", "arm"}, {"plan9", "386"}, {"windows", "386"}} {
				path, err := workerbin.Find(t.Context(), workerbin.Want{OS: system[0], Arch: system[1]})
				content, _ := os.ReadFile(path)
				if want := "full for " + system[0] + "/" + system[1] + "\n"; err != nil || string(content) != want {
					t.Errorf("for %v it finds %s with %q, %v", system, path, content, err)
				}
			}
		})
	}
	finding.Wait()
	if got := builds(); len(got) != len("plan9/arm/0\nplan9/386/0\nwindows/386/0\n") || !strings.Contains(got, "plan9/arm/0\n") {
		t.Errorf("it was built for %q", got)
	}
	path, err := workerbin.Find(t.Context(), workerbin.Want{OS: "plan9", Arch: "arm"})
	check(t, err)
	check(t, os.Remove(path)) // users empty their caches
	if again, err := workerbin.Find(t.Context(), workerbin.Want{OS: "plan9", Arch: "arm"}); err != nil || again != path {
		t.Errorf("then it finds %s, %v", again, err)
	}
	workers, err := store.Open(filepath.Dir(path), nil)
	check(t, err)
	if left, err := workers.Holds(); err != nil || len(left) != 3 {
		t.Errorf("in the cache are %v, %v", left, err)
	}
}

// B3: the error lists what was tried, and what would help.
func TestWorkerThatCannotBeBuilt(t *testing.T) {
	toolchain(t, "echo no such module; exit 3")
	_, err := workerbin.Find(t.Context(), workerbin.Want{OS: "plan9", Arch: "mips"})
	wantError(t, err, "no worker for plan9/mips was found", "worker=FOLDER with a program farside-plan9-mips in it", "no such module", "exit status 3")
	_, err = workerbin.Find(t.Context(), workerbin.Want{OS: runtime.GOOS, Arch: runtime.GOARCH})
	wantError(t, err, "does not call interp.Main()", "not on PATH", "no such module")
	t.Setenv("PATH", "/nowhere")
	_, err = workerbin.Find(t.Context(), workerbin.Want{OS: "windows", Arch: "mips"})
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
		_, err := workerbin.Find(ctx, workerbin.Want{OS: "plan9", Arch: "riscv64"})
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
	if path, err := workerbin.Find(t.Context(), workerbin.Want{OS: runtime.GOOS, Arch: runtime.GOARCH}); path != installed || err != nil || builds() != "" {
		t.Errorf("it finds %s, %v, and built %q", path, err, builds())
	}
}

// A lean worker is this program only if it is one, and never the installed command.
func TestLeanWorkerIsNotAFullOne(t *testing.T) {
	builds := toolchain(t, builder)
	file(t, os.Getenv("PATH"), "farside", "x")
	self, err := os.Executable()
	check(t, err)
	defer reexec.Mark(reexec.Self())
	for able, want := range map[reexec.Able]string{reexec.Unable: "", reexec.Full: "", reexec.Lean: self} {
		reexec.Mark(able)
		path, err := workerbin.Find(t.Context(), workerbin.Want{Lean: true, OS: runtime.GOOS, Arch: runtime.GOARCH})
		check(t, err)
		content, _ := os.ReadFile(path)
		if built := strings.HasPrefix(string(content), "lean for "); want == "" && !built || want != "" && path != want {
			t.Errorf("where this program can be %v it finds %s", able, path)
		}
	}
	if got := builds(); strings.Count(got, "\n") != 1 {
		t.Errorf("it was built for %q", got)
	}
}

// B3: what is brought to another machine is no larger than it must be.
func TestBuiltWorkerIsSmall(t *testing.T) {
	goCache, err := exec.Command("go", "env", "GOCACHE").Output()
	check(t, err)
	t.Setenv("GOCACHE", strings.TrimSpace(string(goCache)))
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	path, err := workerbin.Find(t.Context(), workerbin.Want{Lean: true, OS: "linux", Arch: "arm64"})
	check(t, err)
	if program, err := workerbin.Identify(path); err != nil || program.Size > 5_000_000 {
		t.Errorf("it has %d bytes, %v", program.Size, err)
	}
}
