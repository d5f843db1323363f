//go:build unix

package bootstrap_test

import (
	"context"
	"fmt"
	"net"
	"os"
	osexec "os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

func init() {
	modes["open"] = func(args []string) error {
		gw, err := gateway.Open(context.Background(), args[0], nil)
		if err == nil {
			err = fmt.Errorf("opened, process %d", gw.Info().PID)
			gw.Close()
		}
		return err
	}
}

// needRoot skips loudly, or fails where root is required.
func needRoot(t *testing.T, why string) {
	t.Helper()
	if os.Geteuid() == 0 {
		return
	}
	if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
		t.Fatalf("root is needed to %s", why)
	}
	t.Skipf("SKIPPED, root is needed to %s", why)
}

// A socket is a path for one in a folder that all users get to.
func publicFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "farside")
	check(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	check(t, os.Chmod(dir, 0o755))
	return dir
}

// openAs opens a gateway as another user and gives what came of it.
func openAs(t *testing.T, uid uint32, dir, spec string) string {
	t.Helper()
	program := filepath.Join(dir, "near") // the test binary is in a private folder
	bytes, err := os.ReadFile(self(t))
	check(t, err)
	check(t, os.WriteFile(program, bytes, 0o755))
	cmd := osexec.CommandContext(t.Context(), program, spec)
	cmd.Env = append(os.Environ(), modeVariable+"=open", "HOME="+dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uid, Gid: uid}}
	out, _ := cmd.CombinedOutput() // the status is 1
	return string(out)
}

// S1
func TestUnixSocketIsForItsUserOnly(t *testing.T) {
	needRoot(t, "be another user")
	dir := publicFolder(t)
	s := serveAt(t, "unix:"+filepath.Join(dir, "s"), nil)
	if said := openAs(t, 12345, dir, s.spec); !strings.Contains(said, "permission denied") {
		t.Errorf("the near side says %q", said)
	}
	check(t, os.Chmod(filepath.Join(dir, "s"), 0o666)) // somebody means it well
	said := openAs(t, 12345, dir, s.spec)
	if !strings.Contains(said, "authenticate") || !strings.Contains(said, "its log says why") {
		t.Errorf("the near side says %q", said)
	}
	s.awaitLog(t, "user 12345 is at the other end")
	if strings.Contains(s.log.String(), "opened") {
		t.Error("a worker was started")
	}
	s.stillServes(t)
}

func TestUnixSocketIsClosedToOthersWhateverTheUmask(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	path := filepath.Join(t.TempDir(), "s")
	l, err := bootstrap.Listen("unix:" + path)
	check(t, err)
	defer l.Close()
	if info, err := os.Lstat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it is %v, %v", info.Mode(), err)
	}
}

func TestStaleSocketIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	stale, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	check(t, err)
	stale.SetUnlinkOnClose(false) // as one that was killed
	check(t, stale.Close())
	s := serveAt(t, "unix:"+path, nil)
	s.stillServes(t)
	check(t, s.Close())
	if _, err := os.Lstat(path); err == nil {
		t.Error("a server that has ended leaves its socket")
	}
}

func TestSocketOfAnotherServerIsLeftAlone(t *testing.T) {
	s := serveAt(t, "unix:"+filepath.Join(t.TempDir(), "s"), nil)
	wantListenError(t, "unix:"+s.at.String(), "another server listens there")
	s.stillServes(t)
}

func TestListenLeavesAloneWhatIsNoSocket(t *testing.T) {
	dir := t.TempDir()
	file, folder, link := filepath.Join(dir, "file"), filepath.Join(dir, "folder"), filepath.Join(dir, "link")
	check(t, os.WriteFile(file, []byte("mine"), 0o600))
	check(t, os.Mkdir(folder, 0o700))
	check(t, os.Symlink("file", link))
	for _, path := range []string{file, folder, link} {
		wantListenError(t, "unix:"+path, path, "is no socket")
		if _, err := os.Lstat(path); err != nil {
			t.Error(err)
		}
	}
	wantListenError(t, "unix:"+filepath.Join(dir, "missing", "s"), "no such file")
	wantListenError(t, "127.0.0.1", "missing port")
}

func wantListenError(t *testing.T, address string, words ...string) {
	t.Helper()
	l, err := bootstrap.Listen(address)
	if err == nil {
		l.Close()
	}
	for _, word := range words {
		if err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("listen at %s gives %v, which should say %q", address, err, word)
		}
	}
}

// Where no token is asked for, one that is shown is none too many, and none is wrong.
func TestUnixSocketPassesOverATokenThatIsShown(t *testing.T) {
	s := serveAt(t, "unix:"+filepath.Join(t.TempDir(), "s"), nil)
	s.spec += "//token=0123456789abcdef"
	for range bootstrap.MostFailures + 1 {
		s.stillServes(t)
	}
	farsidetest.Eventually(t, func() bool { return s.Clients() == 0 }, "somebody is still there")
}
