package peers_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// A link is a cable to a network of its own.
type link struct {
	testing.TB
	space, near, far string // names of the network, and of the cable's ends
	address          string // of the far end
}

func newLink(t testing.TB) *link {
	t.Helper()
	requireRoot(t)
	farsidetest.Peer(t, "root", "ip")
	id := os.Getpid() % 10000
	l := &link{t, fmt.Sprintf("farside%d", id), fmt.Sprintf("fsn%d", id), fmt.Sprintf("fsf%d", id), "198.18.77.2"}
	if out, err := exec.Command("ip", "netns", "add", l.space).CombinedOutput(); err != nil {
		missing(t, "root", fmt.Sprintf("no network of its own: %v: %s", err, out))
	}
	t.Cleanup(func() { exec.Command("ip", "netns", "del", l.space).Run() })
	t.Cleanup(l.killAll)
	run(t, "ip", "link", "add", l.near, "type", "veth", "peer", "name", l.far, "netns", l.space)
	t.Cleanup(func() { exec.Command("ip", "link", "del", l.near).Run() })
	run(t, "ip", "addr", "add", "198.18.77.1/30", "dev", l.near)
	run(t, "ip", "link", "set", l.near, "up")
	run(t, "ip", "-n", l.space, "addr", "add", l.address+"/30", "dev", l.far)
	run(t, "ip", "-n", l.space, "link", "set", l.far, "up")
	return l
}

// killAll ends what runs at the far end: a server that waits for who was cut off does so
// for hours.
func (l *link) killAll() {
	pids, _ := exec.Command("ip", "netns", "pids", l.space).Output()
	for _, pid := range strings.Fields(string(pids)) {
		if n, err := strconv.Atoi(pid); err == nil {
			syscall.Kill(n, syscall.SIGKILL)
		}
	}
}

// daemon runs a host's server at the far end.
func (l *link) daemon(h *host) {
	l.Helper()
	cmd := exec.Command("ip", "netns", "exec", l.space, "/usr/sbin/sshd", "-D", "-f", h.path("sshd_config"), "-p", "2222")
	if err := cmd.Start(); err != nil {
		l.Fatal(err)
	}
	l.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address := net.JoinHostPort(l.address, "2222")
	farsidetest.Eventually(l, func() bool {
		conn, err := net.Dial("tcp", address)
		if err == nil {
			conn.Close()
		}
		return err == nil
	}, "nobody listens at %s", address)
	h.at(address)
}

// cut is as if the cable were pulled: nobody is told.
func (l *link) cut() {
	l.Helper()
	run(l, "ip", "link", "set", l.near, "down")
}

// G8: both ends notice within their bound, and nothing is left at either.
func TestCableThatIsPulled(t *testing.T) {
	l, h := newLink(t), newHost(t)
	l.daemon(h)
	gw, err := h.open(t.Context(), &gateway.Options{KeepAlive: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	defer gw.Close()
	if len(running(h.cache)) != 2 {
		t.Errorf("processes %v run", running(h.cache))
	}
	l.cut()
	farsidetest.Within(t, 30*time.Second, "to notice it", func() { <-gw.Done() })
	if err := gw.Err(); !errors.Is(err, channel.ErrLost) {
		t.Errorf("it ended with %v", err)
	}
	farsidetest.Eventually(t, func() bool { return len(running(h.cache)) == 0 }, "the far side runs on")
}

// A server that takes only so many at once sends the others away, who are told why; those
// that it lets in are not disturbed.
func TestFiftyAtOnceAreMoreThanTheServerTakes(t *testing.T) {
	const sides = 50
	h := newHost(t)
	h.edit("sshd_config", "$", "MaxStartups 3:100:3\n")
	daemon(h)
	works(t, h.spec()) // it has the worker
	gateways, errs := make([]*gateway.Gateway, sides), make([]error, sides)
	var all sync.WaitGroup
	for i := range sides {
		all.Go(func() {
			gateways[i], errs[i] = gateway.Open(context.Background(), h.spec(), farsidetest.Options(t, nil))
		}) // ends with Open
	}
	all.Wait()
	opened := 0
	for i, err := range errs {
		if err != nil {
			wantFailure(t, err, []string{gateway.StageHandshake}, "MaxStartups")
			continue
		}
		opened++
		if _, err := gateways[i].Status(t.Context()); err != nil {
			t.Error(err)
		}
		if err := gateways[i].Close(); err != nil {
			t.Error(err)
		}
	}
	if opened == 0 || opened == sides {
		t.Errorf("%d of %d were let in", opened, sides)
	}
	if left := running(h.cache); len(left) > 0 {
		t.Errorf("processes %v run", left)
	}
}

// daemon runs a host's server on loopback.
func daemon(h *host) {
	h.Helper()
	start(h, "/usr/sbin/sshd", "-D", "-f", h.path("sshd_config"), "-o", "ListenAddress=127.0.0.1", "-p")
}

// start starts a host's server. Its last argument, the port, is a free one.
func start(h *host, argv ...string) {
	h.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Fatal(err)
	}
	address := free.Addr().String()
	free.Close()
	_, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(argv[0], append(argv[1:], port)...)
	if err := cmd.Start(); err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	h.at(address)
	farsidetest.Eventually(h, func() bool { // and nothing of the last try is left that counts
		gw, err := gateway.Open(h.Context(), h.spec()+"//ephemeral", farsidetest.Options(h, nil))
		if err != nil {
			h.Log(err)
			return false
		}
		gw.Close()
		return true
	}, "it lets nobody in")
}
