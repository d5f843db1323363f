//go:build unix

package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
)

// What a program does that forgot the entry point: it opens a gateway with the
// spec of its argument, and tells the far side's pid.
func init() {
	modes["forgot"] = func() int {
		os.Unsetenv(modeVariable) // the worker that is found is a good one
		return forgot()
	}
	modes["forgot, as its worker too"] = forgot
	modes["forgot until the gateway was open"] = func() int {
		os.Unsetenv(modeVariable)
		forgot()
		return forgot()
	}
}

// startsVariable names a file to which each start adds a line.
const startsVariable = "FARSIDE_GATEWAY_TEST_STARTS"

func forgot() int {
	starts, err := os.OpenFile(os.Getenv(startsVariable), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		fmt.Fprintln(starts, os.Getpid())
		starts.Close()
	}
	if lines, _ := os.ReadFile(os.Getenv(startsVariable)); bytes.Count(lines, []byte("\n")) > 10 {
		return 1 // a failed test must not bring the machine down
	}
	gw, err := gateway.Open(context.Background(), os.Args[1], nil)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer gw.Close()
	name, err := gateway.Call[string](context.Background(), gw, gateway.Source("getenv"), "FARSIDE_TEST_FROM")
	fmt.Println("from", name, err)
	return 0
}

// forgetful is a program that forgot the entry point.
type forgetful struct {
	mode, spec string
	path       string // PATH
	cache      string
}

func (f forgetful) run(t *testing.T) (out string, starts int) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	count := filepath.Join(t.TempDir(), "starts")
	cmd := osexec.CommandContext(t.Context(), self, f.spec)
	cmd.Env = append(os.Environ(), modeVariable+"="+f.mode, startsVariable+"="+count,
		"PATH="+f.path, "XDG_CACHE_HOME="+f.cache, "HOME="+f.cache)
	data, _ := cmd.CombinedOutput()
	lines, _ := os.ReadFile(count)
	return string(data), bytes.Count(lines, []byte("\n"))
}

// goodWorker writes a command into a new folder of PATH: the test binary, which
// says who it is.
func goodWorker(t *testing.T, name, from string) (dir string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := file(t, name, 0o755, "#!/bin/sh\nFARSIDE_TEST_FROM="+from+" exec "+self+"\n")
	return filepath.Dir(path)
}

// fakeGo writes a go command that builds a worker which says that it was built.
func fakeGo(t *testing.T) (dir string) {
	t.Helper()
	made := filepath.Join(goodWorker(t, "made", "built"), "made")
	return filepath.Dir(file(t, "go", 0o755, `#!/bin/sh
[ "$1 $2 $6" = "build -o github.com/farside-go/farside/internal/workerbin/full" ] || { echo "bad arguments $*"; exit 1; }
echo one more >>"$0.builds"
exec /bin/cp `+made+` "$3"
`))
}

// B3: an installed worker may be of another version.
func TestWorkerIsThisVeryProgramFirst(t *testing.T) {
	t.Setenv("PATH", goodWorker(t, "farside", "installed"))
	if from := call[string](t, open(t, "popen", nil), "getenv", "FARSIDE_TEST_FROM"); from != "" {
		t.Errorf("the worker is the %s one", from)
	}
}

func TestWorkerOfTheSpecGoesBeforeThisProgram(t *testing.T) {
	given := filepath.Join(goodWorker(t, "given", "given"), "given")
	if from := call[string](t, open(t, "popen//worker="+given, nil), "getenv", "FARSIDE_TEST_FROM"); from != "given" {
		t.Errorf("the worker is not the one given; it says it is %q", from)
	}
}

// B3
func TestForgottenEntryPointTakesTheInstalledWorker(t *testing.T) {
	path := goodWorker(t, "farside", "installed") + ":" + fakeGo(t)
	out, starts := forgetful{mode: "forgot", spec: "popen", path: path, cache: t.TempDir()}.run(t)
	if out != "from installed <nil>\n" || starts != 1 {
		t.Errorf("%d starts: %s", starts, out)
	}
}

// B3
func TestForgottenEntryPointBuildsAWorker(t *testing.T) {
	cache := t.TempDir()
	path := fakeGo(t)
	f := forgetful{mode: "forgot until the gateway was open", spec: "popen", path: path, cache: cache}
	out, starts := f.run(t)
	if out != "from built <nil>\nfrom built <nil>\n" || starts != 2 {
		t.Errorf("%d starts: %s", starts, out)
	}
	if builds, err := os.ReadFile(filepath.Join(path, "go.builds")); string(builds) != "one more\n" {
		t.Errorf("it was not built once: %q, %v", builds, err)
	}
	dir := workerFolder(t, cache)
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 2 {
		t.Errorf("in the cache are %v, want only the worker, and the mark of its use", left)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder of the worker has mode %v", info.Mode())
	}
}

// workerFolder finds where built workers are kept.
func workerFolder(t *testing.T, cache string) (dir string) {
	t.Helper()
	filepath.WalkDir(cache, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && entry.Name() == "workers" {
			dir = path
		}
		return err
	})
	if dir == "" {
		t.Fatal("there is no folder for the worker")
	}
	return dir
}

// Whoever could write to the folder could have this user run anything.
func TestWorkerIsNotBuiltWhereOthersCanWrite(t *testing.T) {
	cache := t.TempDir()
	f := forgetful{mode: "forgot", spec: "popen", path: fakeGo(t), cache: cache}
	f.run(t)
	dir := workerFolder(t, cache)
	elsewhere := t.TempDir()
	for name, c := range map[string]struct {
		spoil func() error
		want  string
	}{
		"open to all":       {func() error { return os.Chmod(dir, 0o777) }, "others may write to " + dir},
		"open to the group": {func() error { return os.Chmod(dir, 0o770) }, "others may write to " + dir},
		"a link":            {func() error { return errors.Join(os.Remove(dir), os.Symlink(elsewhere, dir)) }, dir + " is a symbolic link"},
	} {
		t.Run(name, func(t *testing.T) {
			if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700), c.spoil()); err != nil {
				t.Fatal(err)
			}
			if out, _ := f.run(t); !strings.Contains(out, c.want) {
				t.Errorf("it says %s", out)
			}
		})
	}
}

// B3
func TestForgottenEntryPointErrorListsWhatWasTried(t *testing.T) {
	broken := filepath.Dir(file(t, "go", 0o755, "#!/bin/sh\necho no required module provides it >&2; exit 1\n"))
	cache := t.TempDir()
	out, starts := forgetful{mode: "forgot", spec: "popen", path: broken, cache: cache}.run(t)
	for _, want := range []string{
		"gateway: open popen//id=gw0: worker: no worker was found",
		"this program: it does not call interp.Main()",
		"an installed farside command: not on PATH",
		"one built by the local toolchain: go build",
		"no required module provides it",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the error does not say %q:\n%s", want, out)
		}
	}
	if starts != 1 {
		t.Errorf("%d starts", starts)
	}
	if left, _ := filepath.Glob(filepath.Join(cache, "*", "*")); len(left) > 0 {
		t.Errorf("in the cache are %q", left)
	}
}

// B3: the program is told to be its own worker, or stands as farside on PATH: its
// main then opens gateways in the worker as well, and so on.
func TestForgottenEntryPointIsNoForkBomb(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	onPath := t.TempDir()
	if err := os.WriteFile(filepath.Join(onPath, "farside"), []byte("#!/bin/sh\nexec "+self+" popen\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	wrapper := script(t, "exec "+self+" popen//worker=$0")
	for name, spec := range map[string]string{"by spec": "popen//worker=" + wrapper, "on PATH": "popen"} {
		t.Run(name, func(t *testing.T) {
			f := forgetful{mode: "forgot, as its worker too", spec: spec, path: onPath, cache: t.TempDir()}
			out, starts := f.run(t)
			if starts != 2 {
				t.Errorf("%d starts, want the program and its only worker", starts)
			}
			if !strings.Contains(out, "was started as a worker, but its program opens gateways") {
				t.Errorf("the error does not say so: %s", out)
			}
		})
	}
}
