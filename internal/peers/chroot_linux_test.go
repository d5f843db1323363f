package peers_test

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
)

// bare makes a machine that has nothing but BusyBox and Dropbear: no /proc, and of /dev
// what Dropbear needs.
func bare(t *testing.T, h *host) (root string) {
	t.Helper()
	requireRoot(t)
	busybox, dropbear := farsidetest.Peer(t, "shells", "busybox"), farsidetest.Peer(t, "dropbear", "dropbear")
	root = t.TempDir()
	for _, dir := range []string{"bin", "dev", "etc", "root/.ssh", "tmp"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, program := range []string{busybox, dropbear} {
		install(t, root, program, "/bin/"+filepath.Base(program))
		for _, path := range libraries(t, program) {
			install(t, root, path, path)
		}
	}
	for _, applet := range strings.Fields(run(t, busybox, "--list")) {
		os.Symlink("busybox", filepath.Join(root, "bin", applet))
	}
	for name, minor := range map[string]int{"null": 3, "zero": 5, "random": 8, "urandom": 9} {
		if err := syscall.Mknod(filepath.Join(root, "dev", name), syscall.S_IFCHR|0o666, 1<<8|minor); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(root, "etc/passwd"), "root:x:0:0::/root:/bin/sh\n")
	write(t, filepath.Join(root, "etc/shells"), "/bin/sh\n")
	authorized, err := os.ReadFile(h.path("authorized"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(root, "root/.ssh/authorized_keys"), string(authorized))
	return root
}

// libraries lists what a program is linked to, which is nothing if it is static.
func libraries(t *testing.T, program string) (paths []string) {
	t.Helper()
	out, _ := exec.Command("ldd", program).Output()
	return regexp.MustCompile(`/\S+`).FindAllString(string(out), -1)
}

// install copies a program or a library.
func install(t *testing.T, root, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	to = filepath.Join(root, to)
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755)
	if err == nil {
		_, err = io.Copy(out, in)
	}
	if err == nil {
		err = out.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestMachineWithBusyBoxAndDropbearAlone(t *testing.T) {
	h := newHost(t)
	root := bare(t, h)
	said := run(t, "dropbearkey", "-t", "ed25519", "-f", filepath.Join(root, "hostkey"))
	key := regexp.MustCompile(`(?m)^ssh-ed25519 \S+`).FindString(said)
	h.edit("known", `(?s).*`, "far "+key+"\n")
	h.edit("config", "User .*", "User root")
	start(h, "chroot", root, "/bin/dropbear", "-F", "-s", "-r", "/hostkey", "-P", "/dev/null", "-p")
	for _, setting := range []string{"", "", "//ephemeral"} { // cold, warm, and never kept
		works(t, h.spec()+setting)
	}
	if left := files(filepath.Join(root, "root", ".cache")); len(left) != 1 {
		t.Errorf("in the cache are %q", left)
	}
	if left := files(filepath.Join(root, "tmp")); len(left) != 0 {
		t.Errorf("in /tmp are %q", left)
	}
}
