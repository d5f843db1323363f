package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/worker"
)

func init() {
	programs["parent"] = func(context.Context, *worker.Job) (any, error) { return os.Getppid(), nil }
	programs["umask"] = func(context.Context, *worker.Job) (any, error) {
		mask := syscall.Umask(0)
		syscall.Umask(mask)
		return mask, nil
	}
	programs["last words, then wait"] = func(ctx context.Context, job *worker.Job) (any, error) {
		os.Stderr.WriteString("about to go\n")
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		return nil, nil
	}
}

// cachedShell is a command that gives a shell with a cache of its own.
func cachedShell(t testing.TB) string {
	t.Helper()
	return "env XDG_CACHE_HOME=" + t.TempDir() + " sh"
}

// fakeCommand puts a script on the PATH, in front.
func fakeCommand(t *testing.T, name, script string) {
	t.Helper()
	dir := filepath.Dir(file(t, name, 0o755, "#!/bin/sh\n"+script+"\n"))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
}

func TestShortFormsRunTheirCommands(t *testing.T) {
	for spec, want := range map[string]string{
		"docker=web":              "docker exec -i web sh",
		"podman=a b":              "podman exec -i a b sh",
		"kubectl=pod":             "kubectl exec -i pod -- sh",
		"kubectl=space/pod":       "kubectl exec -i -n space pod -- sh",
		"kubectl=space/pod/box":   "kubectl exec -i -n space pod -c box -- sh",
		"sudo":                    "sudo -n sh",
		"sudo=postgres":           "sudo -n -u postgres sh",
		"cmd=docker run -i 'a b'": "docker run -i a b",
	} {
		t.Run(spec, func(t *testing.T) {
			kind, _, _ := strings.Cut(spec, "=")
			if kind == "cmd" {
				kind = "docker"
			}
			fakeCommand(t, kind, `RAN="`+kind+` $*" exec /bin/sh`)
			gw := open(t, spec, nil)
			if got := call[string](t, gw, "getenv", "RAN"); got != want {
				t.Errorf("what was run is %q, want %q", got, want)
			}
		})
	}
}

// G10: in the words of the command, with its exit status.
func TestCommandThatGivesNoShell(t *testing.T) {
	noFilesLeft(t)
	for name, c := range map[string]struct {
		command, script, spec string
		words                 []string
	}{
		"no such container":  {"docker", `echo "Error response from daemon: No such container: $3" >&2; exit 1`, "docker=web", []string{"docker exited with status 1", "No such container: web"}},
		"wants a password":   {"sudo", `echo "sudo: a password is required" >&2; exit 1`, "sudo", []string{"sudo exited with status 1", "sudo: a password is required"}},
		"no sh there":        {"kubectl", `PATH=/nonexistent; exec sh`, "kubectl=pod", []string{"ended before a POSIX shell answered", "kubectl exited with status 127", "sh: not found"}},
		"a signal":           {"podman", `kill -9 $$`, "podman=x", []string{"podman was ended by a signal: killed"}},
		"no such command":    {"x", "", "cmd=no-such-command-here -i", []string{"start the command", "no-such-command-here", "executable file not found"}},
		"says it on stdout":  {"x", "", "cmd=echo This account is not available.", []string{"echo exited with status 0", "This account is not available."}},
		"closes its streams": {"x", "", "cmd=sh -c 'exec >&- <&-; echo hm >&2; exec sleep 1000'", []string{"ended before a POSIX shell answered", "hm"}},
	} {
		t.Run(name, func(t *testing.T) {
			fakeCommand(t, c.command, c.script)
			_, err := gateway.Open(t.Context(), c.spec, farsidetest.Options(t, nil))
			checkOpenError(t, err, gateway.StageShell, c.words...)
		})
	}
}

// G10
func TestCommandThatIsSilent(t *testing.T) {
	noFilesLeft(t)
	opts := farsidetest.Options(t, &gateway.Options{StartTimeout: 300 * time.Millisecond})
	for _, script := range []string{"sleep 1000", "trap '' TERM INT HUP PIPE; sleep 1000; sleep 1000", "sleep 1000 & sleep 1000", "while :; do echo noise || exit; sleep 0.05; done"} {
		_, err := gateway.Open(t.Context(), "cmd="+script2argv("echo hm >&2; "+script), opts)
		checkOpenError(t, err, gateway.StageShell, "did nothing for 300ms", "hm")
		if strings.Contains(err.Error(), "signal") {
			t.Errorf("how we killed it is told as if it were the cause: %v", err)
		}
	}
}

func script2argv(script string) string { return `sh -c "` + script + `"` }

// G10
func TestCommandWithoutAWorkerIsNotRun(t *testing.T) {
	ran := filepath.Join(t.TempDir(), "ran")
	_, err := gateway.Open(t.Context(), "cmd=touch "+ran+"//worker=/no/such/worker", nil)
	checkOpenError(t, err, gateway.StageWorker, "/no/such/worker")
	if _, err := os.Stat(ran); err == nil {
		t.Error("the command was run all the same")
	}
}

// The real sudo, where it is there and wants a password from nobody.
func TestSudoWithAPassword(t *testing.T) {
	if _, err := osexec.LookPath("sudo"); err != nil {
		t.Skipf("NOT TESTED: %v", err)
	}
	if osexec.Command("sudo", "-n", "true").Run() != nil {
		_, err := gateway.Open(t.Context(), "sudo", farsidetest.Options(t, nil))
		checkOpenError(t, err, gateway.StageShell, "sudo exited with status 1")
		return
	}
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	call[int](t, open(t, "sudo//ephemeral", nil), "pid")
}

// All settings that a child process has.
func TestCommandWithSettings(t *testing.T) {
	dir := t.TempDir()
	gw := open(t, `cmd=env A=command XDG_CACHE_HOME=`+t.TempDir()+` LC_ALL=de_DE sh -c "umask 027; exec sh"//id=there//chdir=`+dir+
		`//env:A=spec//env:ODD=a b;c'd//memory=200MiB`, nil)
	if gw.ID() != "there" {
		t.Errorf("its id is %s", gw.ID())
	}
	for name, want := range map[string]string{"A": "spec", "ODD": "a b;c'd", "LC_ALL": "de_DE", "FARSIDE_WORKER": "", "z_mark": ""} {
		if got := call[string](t, gw, "getenv", name); got != want {
			t.Errorf("%s is %q over there, want %q", name, got, want)
		}
	}
	if got := call[string](t, gw, "getwd"); got != dir {
		t.Errorf("the directory is %s", got)
	}
	if got := call[int](t, gw, "umask"); got != 0o027 {
		t.Errorf("the umask is %o", got)
	}
}

// A program's exported variables are none of stage zero's.
func TestCommandKeepsTheEnvironment(t *testing.T) {
	names := []string{"IFS", "dir", "file", "mark", "line", "l", "p", "nl", "PS1", "PWD", "OLDPWD"}
	command := "cmd=env XDG_CACHE_HOME=" + t.TempDir()
	for _, name := range names {
		command += " " + name + "=kept"
	}
	gw := open(t, command+" sh//chdir=/", nil)
	for _, name := range names[:8] {
		if got := call[string](t, gw, "getenv", name); got != "kept" && name != "IFS" {
			t.Errorf("%s is %q over there", name, got)
		}
	}
}

// B2
func TestCommandUploadsOnceAndTellsItsProgress(t *testing.T) {
	shell := "cmd=" + cachedShell(t)
	for _, want := range []bool{true, false} {
		var last gateway.Progress
		gw := open(t, shell, &gateway.Options{Progress: func(p gateway.Progress) { last = p }})
		if sent := last.Total > 0; sent != want || last.Done != last.Total || sent && last.ID != gw.ID() {
			t.Errorf("progress was %+v", last)
		}
	}
}

func TestEphemeralCommandLeavesNothing(t *testing.T) {
	cache := t.TempDir()
	group := &gateway.Group{}
	t.Cleanup(func() { group.Close() })
	gw, err := group.Open(t.Context(), "cmd=env XDG_CACHE_HOME="+cache+" sh//ephemeral//id=a", farsidetest.Options(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(cache); len(left) > 0 {
		t.Errorf("while it runs there are %v", left)
	}
	call[int](t, gw, "pid")
	behind, err := group.Open(t.Context(), "popen//via=a", farsidetest.Options(t, nil)) // its program is started once more
	if err != nil {
		t.Fatal(err)
	}
	if pid := call[int](t, behind, "pid"); pid == gw.Info().PID {
		t.Error("it is the same process")
	}
	if err := group.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(cache); len(left) > 0 {
		t.Errorf("%v are left", left)
	}
}

// G8: the worker is killed, the relay, the command.
func TestCommandLossTellsHow(t *testing.T) {
	shell := cachedShell(t)
	for name, c := range map[string]struct {
		command string
		victim  func(gw *gateway.Gateway, relay int) int
		words   []string
	}{
		"worker":            {shell, func(gw *gateway.Gateway, _ int) int { return gw.Info().PID }, []string{"killed", "about to go"}},
		"relay":             {shell, func(_ *gateway.Gateway, relay int) int { return relay }, []string{"killed", "about to go"}},
		"behind a command":  {shell + ` -c "sh; exit 7"`, func(_ *gateway.Gateway, relay int) int { return relay }, []string{"status 7", "about to go"}},
		"command in middle": {shell + ` -c "sh; exit 7"`, func(_ *gateway.Gateway, relay int) int { return parentOf(relay) }, []string{"killed"}},
	} {
		t.Run(name, func(t *testing.T) {
			gw := open(t, "cmd="+c.command, nil)
			relay := call[int](t, gw, "parent")
			ch := running(t, gw, "last words, then wait")
			pids := []int{relay, gw.Info().PID}
			syscall.Kill(c.victim(gw, relay), syscall.SIGKILL)
			_, err := ch.Receive(t.Context())
			exit, told := errors.AsType[*gateway.ExitError](err)
			if !errors.Is(err, gateway.ErrLost) || !told {
				t.Fatalf("got %v", err)
			}
			for _, want := range c.words {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("the error does not say %q: %v (%+v)", want, err, exit)
				}
			}
			gw.Close()
			farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pids[0]) && !farsidetest.Alive(pids[1]) }, "some of %v are left", pids)
		})
	}
}

func parentOf(pid int) (parent int) {
	data, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
	if len(fields) > 1 {
		fmt.Sscan(fields[1], &parent)
	}
	return parent
}

// G6: Close and Kill leave neither command nor relay, nor what far code started.
func TestCommandEndsWithItsGateway(t *testing.T) {
	noFilesLeft(t)
	for name, end := range map[string]func(*gateway.Gateway) error{"close": (*gateway.Gateway).Close, "kill": (*gateway.Gateway).Kill} {
		for _, command := range []string{"sh", `sh -c "sh; sleep 1000"`, `sh -c "trap '' TERM HUP INT; sh; sleep 1000; sleep 1000"`} {
			t.Run(name+" "+command, func(t *testing.T) {
				t.Setenv("XDG_CACHE_HOME", t.TempDir())
				gw := open(t, "cmd="+command, &gateway.Options{Grace: 100 * time.Millisecond})
				pids := []int{gw.Info().PID, call[int](t, gw, "parent")}
				pids = append(pids, parentOf(pids[1]))
				if pids[2] == os.Getpid() {
					pids = pids[:2]
				}
				running(t, gw, "wait")
				farsidetest.Within(t, time.Minute, "the end", func() {
					if err := end(gw); err != nil {
						t.Error(err)
					}
				})
				for _, pid := range pids {
					if farsidetest.Alive(pid) {
						t.Errorf("%d of %v is left", pid, pids)
					}
				}
			})
		}
	}
}

// G8: one that falls silent is ended when that is noticed, not only with Close.
func TestCommandThatFallsSilentIsEnded(t *testing.T) {
	for name, victim := range map[string]func(gw *gateway.Gateway, relay int) int{
		"worker": func(gw *gateway.Gateway, _ int) int { return gw.Info().PID },
		"relay":  func(_ *gateway.Gateway, relay int) int { return relay },
	} {
		t.Run(name, func(t *testing.T) {
			gw := open(t, "cmd="+cachedShell(t), &gateway.Options{KeepAlive: 300 * time.Millisecond})
			relay := call[int](t, gw, "parent")
			pids := []int{relay, gw.Info().PID}
			killAtEnd(t, pids)
			ch := running(t, gw, "last words, then wait")
			syscall.Kill(victim(gw, relay), syscall.SIGSTOP)
			if _, err := ch.Receive(t.Context()); !errors.Is(err, gateway.ErrLost) {
				t.Errorf("got %v", err)
			}
			farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pids[0]) && !farsidetest.Alive(pids[1]) }, "some of %v are left", pids)
		})
	}
}
