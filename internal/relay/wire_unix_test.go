//go:build unix

package relay_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/relay"
)

func init() {
	roles["has its own wire"] = func() int {
		leash, wire := openLeash(), openWire()
		head := make([]byte, 1)
		io.ReadFull(leash, head)
		secret := make([]byte, head[0])
		io.ReadFull(leash, secret)
		fmt.Fprintf(wire, "%8d", len(secret))
		wire.Write(secret)
		io.Copy(io.Discard, leash)
		fmt.Println("the leash has ended")
		return 7
	}
	roles["fills its own wire and dies"] = func() int {
		wire := openWire()
		wire.Read(make([]byte, 1)) // there is more
		wire.SetWriteDeadline(time.Now().Add(200 * time.Millisecond))
		n, _ := wire.Write(make([]byte, 64<<20))
		fmt.Fprint(os.Stderr, n)
		return 5
	}
	roles["stays with its own wire"] = func() int { select {} }
}

func openLeash() net.Conn {
	conn, err := net.FileConn(os.NewFile(4, "leash"))
	if err != nil {
		panic(err)
	}
	return conn
}

// apart is a worker with a wire of its own.
type apart struct {
	*relayed
	wire net.Conn // the near side's end
}

// startApart is start with a wire over a network, which is sealed with a secret if there
// is one.
func startApart(t *testing.T, role, network, secret string) *apart {
	t.Helper()
	files := farsidetest.Files()
	near, far := connected(t, network)
	self, err := os.Executable()
	check(t, err)
	here, there := net.Pipe()
	running, err := relay.StartOn(&relay.Wire{File: far, Secret: []byte(secret)}, there, self,
		[]string{roleVariable + "=" + role}, func() error { return nil })
	check(t, err)
	a := &apart{&relayed{pid: running.PID(), raw: here, served: make(chan child.Exit, 1)}, near}
	go func() { // ends with the worker
		a.served <- running.Serve(relay.Buffered(there))
		close(a.served)
	}()
	a.Conn = relay.NewConn(here, relay.Buffered(here), func() { here.Close() }, a.print)
	a.Apart(near)
	t.Cleanup(func() {
		a.Kill()
		a.End(patiently(t))
		<-a.served
		farsidetest.Eventually(t, func() bool { return farsidetest.Files() <= files }, "descriptors are left")
	})
	return a
}

// connected gives a connection over a network, and the socket of its other end.
func connected(t *testing.T, network string) (net.Conn, *os.File) {
	t.Helper()
	address := map[string]string{"tcp": "127.0.0.1:0", "unix": filepath.Join(t.TempDir(), "s")}[network]
	l, err := net.Listen(network, address)
	check(t, err)
	defer l.Close()
	near, err := net.Dial(network, l.Addr().String())
	check(t, err)
	far, err := l.Accept()
	check(t, err)
	defer far.Close()
	file, err := far.(interface{ File() (*os.File, error) }).File()
	check(t, err)
	return near, file
}

// P25: the worker gets the socket and the secret, and sees the end of the leash when it
// is to end.
func TestWorkerWithAWireOfItsOwn(t *testing.T) {
	for network, secret := range map[string]string{"tcp": "a secret", "unix": ""} {
		t.Run(network, func(t *testing.T) {
			a := startApart(t, "has its own wire", network, secret)
			if a.Conn.Conn() != a.wire {
				t.Error("the wire is another")
			}
			text := make([]byte, 8+len(secret))
			_, err := io.ReadFull(a.wire, text)
			check(t, err)
			if want := fmt.Sprintf("%8d%s", len(secret), secret); string(text) != want {
				t.Errorf("the worker was told %q, and not %q", text, want)
			}
			check(t, a.End(patiently(t)))
			a.wantExit(t, 7, "", "")
			if _, err := a.wire.Read(text); !errors.Is(err, net.ErrClosed) {
				t.Errorf("the wire is still open: %v", err)
			}
			if a.get(relay.Stdout) != "the leash has ended\n" {
				t.Errorf("printed %v", a.text)
			}
		})
	}
}

// G8: what a worker has written arrives, whatever it did not read when it died, and how
// it died.
func TestWhatAWorkerWroteBeforeItsDeathArrives(t *testing.T) {
	for network, secret := range map[string]string{"tcp": "a secret", "unix": ""} {
		t.Run(network, func(t *testing.T) {
			a := startApart(t, "fills its own wire and dies", network, secret)
			_, err := a.wire.Write(make([]byte, 64<<10))
			check(t, err)
			exit, told := a.AwaitExit(hangs)
			wrote, err := strconv.Atoi(exit.Stderr)
			if !told || exit.Code != 5 || err != nil || wrote < 64<<10 {
				t.Fatalf("told %v: %+v", told, exit)
			}
			if n, err := io.Copy(io.Discard, struct{ io.Reader }{a.wire}); network == "tcp" && err != nil || int(n) != wrote {
				t.Errorf("%d of %d bytes came, %v", n, wrote, err)
			}
		})
	}
}

// G7: the connection that the server has tells that the near side has gone.
func TestNearSideGoneTakesTheWorkerWithItsOwnWire(t *testing.T) {
	for name, gone := range map[string]func(a *apart){
		"without a word": func(a *apart) { a.raw.Close() },
		"by a kill":      func(a *apart) { a.Kill(); a.End(patiently(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			a := startApart(t, "stays with its own wire", "tcp", "a secret")
			gone(a)
			if exit := <-a.served; exit.Signal != "killed" {
				t.Errorf("it ended with %+v", exit)
			}
		})
	}
}

// Nobody looks after the worker when the server has gone: the near side does not wait
// for what comes.
func TestServerGoneEndsTheWire(t *testing.T) {
	wire, other := net.Pipe()
	defer other.Close()
	c, peer := connPair(t, func(byte, []byte) {})
	c.Apart(wire)
	peer.conn.Close()
	if _, err := wire.Read(make([]byte, 1)); err == nil {
		t.Error("something came")
	}
}

// Records of the wire have no place beside it.
func TestDataBesideAWireOfItsOwnIsPassedOver(t *testing.T) {
	a := startApart(t, "has its own wire", "tcp", "a secret")
	_, err := a.Write(bytes.Repeat([]byte("x"), 1<<20))
	check(t, err)
	check(t, a.End(patiently(t)))
	a.wantExit(t, 7, "", "")
}

func TestStartOnThatFailsClosesTheWire(t *testing.T) {
	near, far := connected(t, "tcp")
	defer near.Close()
	here, there := net.Pipe()
	defer here.Close()
	_, err := relay.StartOn(&relay.Wire{File: far}, there, filepath.Join(t.TempDir(), "none"), nil, func() error { return nil })
	wantError(t, err, "check the path")
	if _, err := far.Stat(); !strings.Contains(fmt.Sprint(err), "closed") {
		t.Errorf("it is still open: %v", err)
	}
}
