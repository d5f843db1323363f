//go:build unix

package stagezero_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/reexec"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/stagezero"
	"github.com/farside-go/farside/internal/twoway"
	"github.com/farside-go/farside/internal/workerbin"
	"github.com/farside-go/farside/worker"
)

func TestMain(m *testing.M) {
	worker.Main()              // linked, so that tests whose worker has changed are not answered from the cache
	reexec.Mark(reexec.Unable) // but too large to be it
	farsidetest.Main(m)
}

// A shell is a process that reads commands, with a cache of its own.
type shell struct {
	argv  []string
	path  string   // PATH; default: that of the tests
	env   []string // more of the environment
	cache string   // XDG_CACHE_HOME; default: a new folder
}

// A started shell.
type started struct {
	twoway.Conn
	cmd     *exec.Cmd
	cache   string
	said    bytes.Buffer // its standard error; to be read when it has ended
	reap    sync.Once
	drained chan struct{}
}

func (s shell) start(t testing.TB) *started {
	t.Helper()
	if s.cache == "" {
		s.cache = t.TempDir()
	}
	p := &started{cmd: exec.Command(s.argv[0], s.argv[1:]...), cache: s.cache}
	farIn, nearOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	nearIn, farOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.Conn = twoway.Conn{In: nearIn, Out: nearOut}
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = farIn, farOut, &p.said
	p.cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+s.cache)
	if s.path != "" {
		p.cmd.Env = append(p.cmd.Env, "PATH="+s.path)
	}
	p.cmd.Env = append(p.cmd.Env, s.env...)
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	err = p.cmd.Start()
	farIn.Close()
	farOut.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.Close()
		syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		p.wait()
		if t.Failed() && p.said.Len() > 0 {
			t.Logf("%s said: %s", s.argv[0], p.said.String())
		}
	})
	return p
}

// wait waits for the process, and for its output.
func (p *started) wait() { p.reap.Do(func() { p.cmd.Wait() }) }

// workers lists what is in the folder of workers.
func (p *started) workers(t testing.TB) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(p.cache, "farside", "workers"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// settings are for a lean worker.
func settings(t testing.TB) *stagezero.Settings {
	t.Helper()
	return &stagezero.Settings{
		Here:  func(f func(context.Context) error) error { return f(t.Context()) },
		Alive: func() {}, Progress: func(int64, int64) {}, Print: func(_ byte, p []byte) { t.Logf("it prints %q", p) },
		Worker: func(context.Context, string, string) (workerbin.Program, error) { return self(t), nil },
	}
}

// lean finds the worker of all tests: one that is built, a tenth of the test binary's size.
// It stays packed, which takes long under the race detector.
var lean = sync.OnceValues(func() (workerbin.Program, error) {
	path, err := workerbin.Find(context.Background(), workerbin.Want{Lean: true, OS: runtime.GOOS, Arch: runtime.GOARCH})
	if err != nil {
		return workerbin.Program{}, err
	}
	program, err := workerbin.Identify(path)
	if err == nil {
		packed, err = stagezero.Hold(program)
	}
	return program, err
})

var packed any // guarded by lean

func self(t testing.TB) workerbin.Program {
	t.Helper()
	program, err := lean()
	if err != nil {
		t.Fatal(err)
	}
	return program
}

// bringUp opens over a stream.
func bringUp(t testing.TB, conn net.Conn, s *stagezero.Settings) (*relay.Conn, error) {
	t.Helper()
	opening, err := stagezero.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return opening.Open(t.Context(), conn)
}

// checkServes agrees with the worker at the other end of a wire and ends it.
func checkServes(t testing.TB, wire *relay.Conn, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	far, err := new(hello.Line).Exchange(t.Context(), wire)
	if err != nil {
		t.Fatal(err)
	}
	if far.Fields["pid"] == "" {
		t.Errorf("its hello is %v", far)
	}
	wire.Close()
	if err := wire.End(t.Context()); err != nil {
		t.Error(err)
	}
}

// checkFailed wants an error of a stage, with words in it.
func checkFailed(t testing.TB, err error, stage string, words ...string) {
	t.Helper()
	failed, ok := errors.AsType[*stagezero.Error](err)
	if !ok || failed.Stage != stage {
		t.Fatalf("got %v, want an error at the stage %q", err, stage)
	}
	for _, want := range words {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q: %v", want, err)
		}
	}
}

// require skips, loudly, without a program.
func require(t testing.TB, name string) (path string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		missing(t, "shells", fmt.Sprintf("NOT TESTED: %v", err))
	}
	return path
}

// requireMounts skips, loudly, where the tests may mount nothing.
func requireMounts(t testing.TB) {
	t.Helper()
	if out, err := exec.Command("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt").CombinedOutput(); err != nil {
		missing(t, "root", fmt.Sprintf("NOT TESTED: only root can mount: %v: %s", err, out))
	}
}

func missing(t testing.TB, what, why string) {
	t.Helper()
	if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), what) {
		t.Fatal(why)
	}
	t.Skip(why)
}

// tools makes a PATH with only some programs.
func tools(t testing.TB, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path, err := exec.LookPath(name)
		if err == nil {
			err = os.Symlink(path, filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fake puts a script on a PATH.
func fake(t testing.TB, dir, name, script string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
}
