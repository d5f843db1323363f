package peers_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
)

// box starts a container that has BusyBox and nothing else, and gives its name. What Podman
// keeps is the test's own.
func box(t *testing.T) (name string) {
	t.Helper()
	requireRoot(t)
	podman, busybox := farsidetest.Peer(t, "podman", "podman"), farsidetest.Peer(t, "shells", "busybox")
	farsidetest.Peer(t, "podman", "runc")
	dir, tools := t.TempDir(), t.TempDir()
	root := filepath.Join(dir, "root")
	install(t, root, busybox, "/bin/busybox")
	for _, path := range libraries(t, busybox) {
		install(t, root, path, path)
	}
	for _, applet := range strings.Fields(run(t, busybox, "--list")) {
		os.Symlink("busybox", filepath.Join(root, "bin", applet))
	}
	run(t, "tar", "-C", root, "-cf", filepath.Join(dir, "image.tar"), ".")
	script(t, tools, "podman", fmt.Sprintf("exec %s --root %s/store --runroot %s/run --storage-driver vfs --cgroup-manager cgroupfs --events-backend file --runtime runc \"$@\"", podman, dir, dir))
	t.Setenv("PATH", tools+":"+os.Getenv("PATH"))
	name = fmt.Sprintf("farside-test-%d", os.Getpid())
	run(t, "podman", "import", filepath.Join(dir, "image.tar"), name)
	t.Cleanup(func() { exec.Command("podman", "rm", "-f", "-t", "0", name).Run() })
	out, err := exec.Command("podman", "run", "-d", "--name", name, "--network", "none",
		"--ulimit", "nofile=1000:1000", "--ulimit", "nproc=1000:1000", name, "/bin/sleep", "1000").CombinedOutput()
	if err != nil {
		missing(t, "podman", fmt.Sprintf("it starts no containers: %v: %s", err, out))
	}
	return name
}

func TestContainerOfPodman(t *testing.T) {
	name := box(t)
	inside := func(argv ...string) string { return run(t, append([]string{"podman", "exec", name}, argv...)...) }
	for _, setting := range []string{"", "", "//ephemeral"} { // cold, warm, and never kept
		works(t, "podman="+name+"//lean"+setting)
	}
	if left := inside("find", "/", "-name", "*farside*", "-o", "-path", "*/farside/*/*"); strings.Count(left, "\n") != 2 { // the folder, and the worker
		t.Errorf("in the container is %q", left)
	}
	if left := inside("ps"); strings.Contains(left, "farside") {
		t.Errorf("in the container runs\n%s", left)
	}

	near := startNear(t, "podman="+name+"//lean") // G7
	if !strings.Contains(inside("ps"), "farside") {
		t.Error("no worker is seen")
	}
	near.Process.Kill()
	near.Wait()
	farsidetest.EventuallyWithin(t, time.Minute, func() bool { return !strings.Contains(inside("ps"), "farside") }, "the worker runs on in the container")
}
