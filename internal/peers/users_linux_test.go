package peers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// asUser gives a command that runs others as a user who may use sudo with a password, and
// who is known to nobody else.
func asUser(t *testing.T) (command string) {
	t.Helper()
	requireRoot(t)
	farsidetest.Peer(t, "sudo", "sudo")
	openssl := farsidetest.Peer(t, "sudo", "openssl")
	dir, err := os.MkdirTemp("/var/tmp", "farside-peers-") // others do not get into those of tests
	if err == nil {
		t.Cleanup(func() { os.RemoveAll(dir) })
		err = os.Chmod(dir, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	hash := strings.TrimSpace(run(t, openssl, "passwd", "-6", "open sesame"))
	for name, line := range map[string]string{
		"passwd": "farsidetest:x:54322:54322::/nonexistent:/bin/sh", "shadow": "farsidetest:" + hash + ":19000:0:99999:7:::",
		"sudoers": "farsidetest ALL=(ALL) ALL",
	} {
		text, err := os.ReadFile("/etc/" + name)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), append(text, line+"\n"...), map[string]os.FileMode{"passwd": 0o644}[name]|0o440)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	askpass := script(t, dir, "askpass", "echo open sesame")
	return script(t, dir, "as-user", `exec unshare -m sh -c 'for name in passwd shadow sudoers; do mount --bind "$0/$name" "/etc/$name" || exit; done
		SUDO_ASKPASS=`+askpass+`; export SUDO_ASKPASS; exec setpriv --reuid=54322 --regid=54322 --clear-groups "$@"' `+dir+` "$@"`)
}

func TestSudoThatWantsAPassword(t *testing.T) {
	command := asUser(t)
	_, err := openAt(t, t.Context(), "cmd="+command+" sudo -k -n sh//lean", nil) // -k: as if none had been given before
	wantFailure(t, err, []string{gateway.StageShell}, "a password is required")
	if info := works(t, "cmd="+command+" sudo -k -A sh//lean//ephemeral"); info.User != "root" {
		t.Errorf("it is %+v", info)
	}
}

// What compares times over there must not be led astray.
func TestClockOf1970(t *testing.T) {
	faketime := farsidetest.Peer(t, "faketime", "faketime")
	cache := t.TempDir()
	for _, setting := range []string{"", "", "//ephemeral"} { // cold, warm, and never kept
		works(t, "cmd="+faketime+" -f '1970-01-01 00:00:01' env XDG_CACHE_HOME="+cache+" sh//lean"+setting)
	}
	if left := files(cache); len(left) != 1 {
		t.Errorf("in the folder are %q", left)
	}
}
