package sshdial_test

import (
	"fmt"
	"os/exec"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshdial"
)

// newDropbear starts a Dropbear that lets a key in, and gives its port and the line of
// its key. It looks for the user's keys in the user's folder and nowhere else, so it
// gets a folder of its own in that place, where only it sees it.
func newDropbear(t testing.TB, h home, let key) (port int, hostKey string) {
	t.Helper()
	server, keygen := program(t, "dropbear", "dropbear"), program(t, "dropbear", "dropbearkey")
	unshare := program(t, "dropbear", "unshare")
	self, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(unshare, "-m", "true").CombinedOutput(); err != nil {
		t.Skipf("SKIPPED: Dropbear cannot be given a folder (%v: %s); run the test as root", err, out)
	}
	h.write("authorized_keys", let.line())
	made := run1(t, keygen, "-t", "ed25519", "-f", h.path("dropbear"))
	for line := range strings.Lines(made) {
		if strings.HasPrefix(line, ssh.KeyAlgoED25519+" ") {
			hostKey = line
		}
	}
	port = closedPort(t)
	h.start(exec.Command(unshare, "-m", "sh", "-c", `mount --bind "$1" "$2" && chmod 700 "$2" && shift 2 && exec "$@"`, "sh",
		h.dir, self.HomeDir, server, "-F", "-E", "-s", "-r", filepath.Join(self.HomeDir, ".ssh", "dropbear"),
		"-P", filepath.Join(self.HomeDir, "pid"), "-p", fmt.Sprintf("127.0.0.1:%d", port)), port)
	return port, hostKey
}

func TestDropbearLetsInAndRunsCommands(t *testing.T) {
	let, h, there := newKey(t), newHome(t), newHome(t)
	port, hostKey := newDropbear(t, there, let)
	settings := h.settings(fmt.Sprintf("%s@127.0.0.1:%d", run1(t, "id", "-un"), port), "")
	h.save("id_ed25519", let, "")
	fails(t, settings, sshdial.StageKey, "SHA256:")
	h.write("known_hosts", fmt.Sprintf("[127.0.0.1]:%d %s", port, hostKey))
	c := open(t, settings)
	for command, want := range map[string]sshdial.Exit{"cat": {}, "exit 3": {Status: 3}, "kill -TERM $$": {Status: 143, Signal: "TERM"}} {
		s, err := c.Start(t.Context(), command)
		if err != nil {
			t.Fatal(err)
		}
		if _, exit := finish(t, s); exit != want {
			t.Errorf("%s: %+v", command, exit)
		}
	}
	wrong := newKey(t)
	h.save("id_ed25519", wrong, "")
	fails(t, settings, sshdial.StageAuthenticate, wrong.fingerprint(), "it takes publickey")
	jump := fmt.Sprintf("127.0.0.1:%d", port)
	h.save("id_ed25519", let, "")
	settings = h.settings("me@far", "Host far\nHostName 127.0.0.1\nPort "+fmt.Sprint(closedPort(t))+"\nProxyJump "+jump)
	fails(t, settings, sshdial.StageDial, "from ", jump)
}
