package bootstrap_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"os"
	osexec "os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/pin"
)

func init() {
	modes["half a worker"] = func(args []string) error {
		address, token := args[0], args[1]
		raw, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		conn := tls.Client(raw, pin.Client(func(string) error { return nil }, nil))
		content := make([]byte, 4<<20)
		rand.Read(content)
		if err := beginToSend(conn, token, content); err != nil {
			return err
		}
		fmt.Println("half")
		_, err = io.Copy(io.Discard, os.Stdin)
		return err
	}
	modes["upload"] = func(args []string) error {
		begun := false
		_, err := gateway.Open(context.Background(), args[0], &gateway.Options{
			StartTimeout: time.Second,
			Progress: func(p gateway.Progress) {
				if begun || p.Done < p.Total/8 {
					return
				}
				begun = true
				fmt.Println("half")
				io.Copy(io.Discard, os.Stdin) // this side takes its time, which does not count
			},
		})
		return err
	}
}

// A farNetwork is another machine, as far as the network goes.
type farNetwork struct {
	name string // of its namespace
	link string // its end of the wire
	here string // the address of this machine
}

// newNetwork makes a machine that is connected to this one.
func newNetwork(t *testing.T) *farNetwork {
	t.Helper()
	needRoot(t, "make a network")
	pid := os.Getpid()
	id, net := strconv.Itoa(pid), fmt.Sprintf("198.%d.%d.", 18+pid>>14&1, pid>>6&255) // its own: one that was killed leaves its network
	here, there := net+strconv.Itoa(pid&63*4+1), net+strconv.Itoa(pid&63*4+2)
	n := &farNetwork{name: "farside-" + id, link: "fn" + id, here: here}
	n.try(t, "ip", "netns", "add", n.name)
	t.Cleanup(func() { n.run(t, "ip", "netns", "del", n.name) })
	n.try(t, "ip", "link", "add", "fh"+id, "type", "veth", "peer", "name", n.link, "netns", n.name)
	t.Cleanup(func() { osexec.Command("ip", "link", "del", "fh"+id).Run() }) // it may have gone with the namespace
	n.run(t, "ip", "addr", "add", n.here+"/30", "dev", "fh"+id)
	n.run(t, "ip", "link", "set", "fh"+id, "up")
	n.run(t, append(n.inside(), "ip", "addr", "add", there+"/30", "dev", n.link)...)
	n.run(t, append(n.inside(), "ip", "link", "set", n.link, "up")...)
	return n
}

// inside is what stands before a command that runs on the other machine.
func (n *farNetwork) inside() []string { return []string{"ip", "netns", "exec", n.name} }

// vanish takes the other machine off the network.
func (n *farNetwork) vanish(t *testing.T) {
	t.Helper()
	n.run(t, append(n.inside(), "ip", "link", "set", n.link, "down")...)
}

// try skips the test where a network cannot be made, or fails it where root is
// required.
func (n *farNetwork) try(t *testing.T, command ...string) {
	t.Helper()
	out, err := osexec.Command(command[0], command[1:]...).CombinedOutput()
	if err == nil {
		return
	}
	if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "root") {
		t.Fatalf("%v: %v: %s", command, err, out)
	}
	t.Skipf("SKIPPED, this root may not make networks: %v: %v: %s", command, err, out)
}

func (n *farNetwork) run(t *testing.T, command ...string) {
	t.Helper()
	if out, err := osexec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %v: %s", command, err, out)
	}
}

// G7, G8: both sides notice, by the mux's keepalive.
func TestNearMachineVanishes(t *testing.T) {
	n := newNetwork(t)
	bootstrap.ShortenSilence(t, time.Hour) // so that the system does not help
	s := serveAt(t, n.here+":0", nil)
	near := start(t, "near side", n.inside(), s.spec, "2s")
	pids := near.pids(t)
	n.vanish(t)
	wantGone(t, pids)
	farsidetest.Eventually(t, func() bool { return s.Clients() == 0 }, "the near side counts for ever")
	if line := near.line(t); !strings.Contains(line, "lost") {
		t.Errorf("the near side says %q", line)
	}
}

// A worker that is stopped notices nothing: the system does.
func TestNearMachineVanishesFromAStoppedWorker(t *testing.T) {
	n := newNetwork(t)
	bootstrap.ShortenSilence(t, 3*time.Second)
	s := serveAt(t, n.here+":0", nil)
	near := start(t, "near side", n.inside(), s.spec, "2s")
	pids := near.pids(t)
	check(t, syscall.Kill(pids[0], syscall.SIGSTOP))
	n.vanish(t)
	wantGone(t, pids)
}

func TestSilenceAmidAnUploadLeavesNothing(t *testing.T) {
	n := newNetwork(t)
	bootstrap.ShortenSilence(t, 3*time.Second)
	s := serveAt(t, n.here+":0", nil)
	near := start(t, "half a worker", n.inside(), s.at.String(), s.token())
	if line := near.line(t); line != "half" {
		t.Fatalf("the near side says %q", line)
	}
	awaitPart(t, s.store)
	n.vanish(t)
	s.awaitLog(t, "refused")
	wantStored(t, s.store)
	farsidetest.Eventually(t, func() bool { return s.Clients() == 0 }, "the near side counts for ever")
}

// G8, G10: the near side's Open has its bound.
func TestSilenceAmidAnUploadIsToldOnTheNearSide(t *testing.T) {
	n := newNetwork(t)
	bootstrap.ShortenSilence(t, 3*time.Second)
	s := serveAt(t, n.here+":0", nil)
	content := make([]byte, 64<<20) // more than lies in buffers
	rand.Read(content)
	near := start(t, "upload", n.inside(), s.spec+"//worker="+program(t, content))
	if line := near.line(t); line != "half" {
		t.Fatalf("the near side says %q", line)
	}
	n.vanish(t)
	near.in.Close()
	line := near.line(t)
	if !strings.Contains(line, "upload: ") || !strings.Contains(line, "did nothing for 1s") {
		t.Errorf("the near side says %q", line)
	}
	s.awaitLog(t, "refused")
	wantStored(t, s.store)
}
