package socket_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/socket"
	"github.com/farside-go/farside/internal/workerbin"
	"github.com/farside-go/farside/worker"
)

// The test binary is the worker.
func TestMain(m *testing.M) {
	worker.Main()
	farsidetest.Main(m)
}

// hangs bounds what must happen anyway: a test that passes never waits for it.
const hangs = 30 * time.Second

const token = "a token of the tests"

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantStage wants an Open that failed there, and says why.
func wantStage(t testing.TB, err error, stage string, want ...string) {
	t.Helper()
	failed, ok := errors.AsType[*socket.Error](err)
	if !ok || failed.Stage != stage {
		t.Errorf("got %v, want it to fail at the stage %q", err, stage)
		return
	}
	for _, text := range want {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("got %v, which should say %q", err, text)
		}
	}
}

// settings reach an address with all that is right.
func settings(t testing.TB, l net.Listener, fingerprint string) *socket.Settings {
	t.Helper()
	return &socket.Settings{
		Network: l.Addr().Network(), Address: l.Addr().String(), Dial: new(net.Dialer).DialContext,
		Check: pin.Exactly(fingerprint), Token: token,
		Worker: func(context.Context, string, string) (workerbin.Program, error) { return self(t), nil },
		Alive:  func() {}, Print: func(_ byte, p []byte) { t.Logf("the worker printed %s", p) },
	}
}

// self is the test binary as a worker.
func self(t testing.TB) workerbin.Program {
	path, err := os.Executable()
	check(t, err)
	program, err := workerbin.Identify(path)
	check(t, err)
	return program
}

// script is a small program as a worker.
func script(t testing.TB, text string) workerbin.Program {
	path := filepath.Join(t.TempDir(), "worker")
	check(t, os.WriteFile(path, []byte(text), 0o700))
	program, err := workerbin.Identify(path)
	check(t, err)
	return program
}

var testKey = sync.OnceValues(pin.NewKey)

// fake runs a server made of parts: serve is called with each connection, which is
// closed when it returns. Those that are offered for a wire are held and not used.
func fake(t testing.TB, serve func(conn net.Conn)) *socket.Settings {
	t.Helper()
	key, err := testKey()
	check(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	var serving sync.WaitGroup
	serving.Go(func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { // ends with the connection
				defer conn.Close()
				ticket, begun := opening.Begin(conn)
				if ticket != nil {
					io.Copy(io.Discard, conn) // ends when the near side gives it up
					return
				}
				serve(begun)
			})
		}
	})
	t.Cleanup(func() {
		l.Close()
		serving.Wait()
	})
	return settings(t, l, key.Fingerprint())
}

// secured is fake behind TLS.
func secured(t testing.TB, serve func(conn net.Conn)) *socket.Settings {
	key, err := testKey()
	check(t, err)
	return fake(t, func(conn net.Conn) { serve(tls.Server(conn, pin.Server(key, nil))) })
}

const system = " os=" + runtime.GOOS + " arch=" + runtime.GOARCH + " "
