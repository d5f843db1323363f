//go:build unix

package gobuild_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/gobuild"
)

// fake makes a script the go command: a case of sh for what it is told to do, otherwise it is
// the real one. In it $dir is a folder of its own.
func fake(t *testing.T, script string) (dir string) {
	t.Helper()
	toolchain, err := exec.LookPath("go")
	check(t, err)
	dir = t.TempDir()
	text := "#!/bin/sh\ndir='" + dir + "'\ncase \"$1\" in\n" + script + "\nesac\nexec '" + toolchain + "' \"$@\"\n"
	check(t, os.WriteFile(filepath.Join(dir, "go"), []byte(text), 0o700))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	return dir
}

// hangs is a go command that starts something and does not end.
const hangs = "build) /bin/sleep 1000 & echo $! >$dir/child.part; mv $dir/child.part $dir/child; wait;;"

// started gives what it started.
func started(t *testing.T, dir string) (pid int) {
	t.Helper()
	farsidetest.Eventually(t, func() bool {
		text, _ := os.ReadFile(filepath.Join(dir, "child"))
		pid, _ = strconv.Atoi(strings.TrimSpace(string(text)))
		return pid > 0
	}, "the compiler is not started")
	return pid
}

func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) }

func leftovers(t *testing.T, cache string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(cache, "make-*"))
	check(t, err)
	return left
}

// G18
func TestBuildEndsWithItsContext(t *testing.T) {
	tools := fake(t, hangs)
	dir := module(t, far+words)
	cache := filepath.Join(t.TempDir(), "builds")
	c, err := gobuild.Open(cache)
	check(t, err)
	ctx, cancel := context.WithCancelCause(t.Context())
	request := &gobuild.Request{Package: "./far", Dir: dir}
	built, waited := make(chan error, 1), make(chan error, 1)
	go func() { // ends with ctx
		_, err := c.Build(ctx, request)
		built <- err
	}()
	pid := started(t, tools)
	waiting := *request
	progress := make(chan string, 1)
	waiting.Progress = func(stage string) { progress <- stage }
	early, giveUp := context.WithCancel(t.Context())
	go func() { // ends with early
		_, err := c.Build(early, &waiting)
		waited <- err
	}()
	if stage := <-progress; !strings.Contains(stage, "waiting for another build of ./far") {
		t.Errorf("it says %q", stage)
	}
	giveUp()
	if err := <-waited; !errors.Is(err, context.Canceled) {
		t.Errorf("the one who waited: %v", err)
	}
	why := errors.New("enough")
	cancel(why)
	if err := <-built; !errors.Is(err, why) {
		t.Errorf("the one who built: %v", err)
	}
	farsidetest.Eventually(t, func() bool { return gone(pid) }, "what the compiler started is left")
	if left := leftovers(t, cache); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// The next one does not wait for the one that is gone, and cleans up behind it.
func TestBuildOfKilledProcessLeavesNothing(t *testing.T) {
	tools := fake(t, hangs)
	dir := module(t, far+words)
	cache := filepath.Join(t.TempDir(), "builds")
	killed := anotherBuild(cache, dir)
	check(t, killed.Start())
	pid := started(t, tools)
	if len(leftovers(t, cache)) != 1 {
		t.Errorf("it works in %v", leftovers(t, cache))
	}
	c, err := gobuild.Open(cache)
	check(t, err)
	if len(leftovers(t, cache)) != 1 {
		t.Error("what is worked in is taken away")
	}
	killed.Process.Kill()
	killed.Wait()
	syscall.Kill(pid, syscall.SIGKILL)
	check(t, os.WriteFile(filepath.Join(tools, "go"), []byte("#!/bin/sh\nPATH=${PATH#*:} exec go \"$@\"\n"), 0o700))
	if got := run(t, build(t, c, &gobuild.Request{Package: "./far", Dir: dir})); got != "string:oneword" {
		t.Errorf("it says %q", got)
	}
	if left := leftovers(t, cache); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// The go command says it of a module that it was told to fetch, and of a toolchain.
func TestWhatToolchainsLack(t *testing.T) {
	dir := module(t, far+words)
	for name, c := range map[string]struct {
		script  string
		request gobuild.Request
		kind    error
		parts   []string
	}{
		"disk": {"build) echo '# example.com/m/far' >&2; echo 'write $WORK/b001/_pkg_.a: no space left on device' >&2; exit 1;;",
			gobuild.Request{Package: "./far"}, gobuild.ErrDiskFull, []string{"no space left on device", "make room where GOCACHE"}},
		"C compiler": {"", gobuild.Request{Package: "./far", CGO: true, Source: ""}, gobuild.ErrCgo, nil},
		"system":     {"", gobuild.Request{Package: "./far", GOOS: "plan10"}, gobuild.ErrTarget, []string{"plan10/", "go tool dist list"}},
		"processor":  {"", gobuild.Request{Package: "./far", GOARCH: "z80"}, gobuild.ErrTarget, []string{"/z80"}},
		"crash": {"build) echo 'signal: killed' >&2; kill -KILL $$;;", gobuild.Request{Package: "./far"}, nil,
			[]string{"build ./far for", "signal: killed"}},
		"silence": {"list) exit 3;;", gobuild.Request{Package: "./far"}, nil, []string{"exit status 3"}},
	} {
		t.Run(name, func(t *testing.T) {
			fake(t, c.script)
			c.request.Dir = dir
			if name == "C compiler" {
				t.Setenv("CC", "/nowhere/cc")
				c.request = gobuild.Request{Source: "package p\n\n// int five() { return 5; }\nimport \"C\"\n\nfunc F(ctx context.Context) int { return int(C.five()) }", CGO: true, Dir: dir}
			}
			refused(t, c.kind, &c.request, c.parts...)
		})
	}
}

func TestNoToolchain(t *testing.T) {
	dir := module(t, far+words)
	t.Setenv("PATH", t.TempDir())
	refused(t, gobuild.ErrNoToolchain, &gobuild.Request{Package: "./far", Dir: dir}, "there is no go command on PATH", "install Go", "Source, which is interpreted")
}

func TestToolchainTooOld(t *testing.T) {
	dir := module(t, far+words)
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	check(t, err)
	write(t, dir, "go.mod", strings.Replace(string(mod), "go 1.26.0", "go 1.99.0", 1))
	refused(t, gobuild.ErrTooOld, &gobuild.Request{Package: "./far", Dir: dir}, "requires go >= 1.99.0", "running go 1.", "install a newer Go")
}

func TestCgoThatIsOff(t *testing.T) {
	const c = "\n\n// int five() { return 5; }\nimport \"C\"\n\n"
	dir := module(t, "\n-- only/only.go --\npackage only\n\nimport \"context\""+c+"func Far(ctx context.Context) int { return int(C.five()) }"+
		"\n-- partly/go.go --\npackage partly\n\nimport \"context\"\n\nfunc Far(ctx context.Context) int { return five() }"+
		"\n-- partly/c.go --\npackage partly"+c+"func five() int { return int(C.five()) }")
	refused(t, gobuild.ErrCgo, &gobuild.Request{Package: "./only", Dir: dir}, "build constraints exclude all Go files", "it uses cgo, which is off")
	refused(t, gobuild.ErrCgo, &gobuild.Request{Package: "./partly", Dir: dir}, "partly/go.go:5:44: undefined: five", "package example.com/m/partly uses cgo")
	if _, err := exec.LookPath("gcc"); err != nil {
		t.Skip("SKIPPED, there is no gcc")
	}
	want(t, "int:5", &gobuild.Request{Package: "./only", Dir: dir, CGO: true})
	want(t, "int:5", &gobuild.Request{Package: "./partly", Dir: dir, CGO: true})
}

// The programs are small, the same wherever they are built, and for the system that is
// asked for.
func TestFlagsOfTheCompiler(t *testing.T) {
	tools := fake(t, `build) echo $GOOS $GOARCH cgo=$CGO_ENABLED "$@" >$dir/called; echo $GOOS >"$3"; exit;;`)
	dir := module(t, far+words)
	for _, c := range []struct {
		goflags string
		request gobuild.Request
		want    []string
		without string
	}{
		{"", gobuild.Request{}, []string{runtime.GOOS + " " + runtime.GOARCH + " cgo=0 build -o ", " -trimpath -buildvcs=false -ldflags=-s -w -overlay="}, "-tags"},
		{"", gobuild.Request{GOOS: "windows", GOARCH: "arm64", Tags: []string{"a", "b"}}, []string{"windows arm64 cgo=0", "-tags=a,b"}, "-mod"},
		{"", gobuild.Request{GOOS: "darwin", CGO: true}, []string{"darwin " + runtime.GOARCH + " cgo=1"}, ""},
		{"-ldflags=-X=a.b=c", gobuild.Request{}, []string{"-trimpath"}, "-ldflags"},
	} {
		t.Setenv("GOFLAGS", c.goflags)
		c.request.Package, c.request.Dir = "./far", dir
		built := build(t, open(t), &c.request)
		if text, err := os.ReadFile(built.Path); err != nil || c.request.GOOS != "" && string(text) != c.request.GOOS+"\n" {
			t.Errorf("it is %q, %v", text, err)
		}
		called, err := os.ReadFile(filepath.Join(tools, "called"))
		check(t, err)
		for _, part := range c.want {
			if !strings.Contains(string(called), part) {
				t.Errorf("it was called with %s, not %s", called, part)
			}
		}
		if c.without != "" && strings.Contains(string(called), c.without) {
			t.Errorf("it was called with %s, and so with %s", called, c.without)
		}
	}
}

// Nothing may be kept of what changes while it is built.
func TestChangeDuringTheBuildIsNotLost(t *testing.T) {
	tools := fake(t, "build) while [ ! -e $dir/go-on ]; do /bin/sleep 0.01; done;; list) touch $dir/listed;;")
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) string { return `one` }")
	c, request := open(t), &gobuild.Request{Package: "./far", Dir: dir}
	compiling := make(chan bool, 1)
	request.Progress = func(string) { compiling <- true }
	text, err := os.ReadFile(filepath.Join(dir, "far", "far.go"))
	check(t, err)
	done := make(chan bool)
	go func() { // ends with the build
		defer close(done)
		if _, err := c.Build(t.Context(), request); err != nil {
			t.Error(err)
		}
	}()
	<-compiling
	write(t, dir, "far/far.go", strings.Replace(string(text), "one", "two", 1))
	write(t, tools, "go-on", "")
	<-done
	request.Progress = nil
	if got := run(t, build(t, c, request)); got != "string:two" {
		t.Errorf("it says %q", got)
	}
	// The content that was found before the build is not what was compiled.
	write(t, dir, "far/far.go", string(text))
	if got := run(t, build(t, c, request)); got != "string:one" {
		t.Errorf("changed back, it says %q", got)
	}
}
