//go:build unix

package worker_test

import (
	"context"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/seal"
	"github.com/farside-go/farside/internal/stdio"
)

// leashed starts this program as a worker that has a connection over TCP for its wire.
func leashed(t *testing.T) (p *child.Process, wire net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	wire, err = net.Dial("tcp", l.Addr().String())
	check(t, err)
	t.Cleanup(func() { wire.Close() })
	far, err := l.Accept()
	check(t, err)
	defer far.Close()
	file, err := far.(*net.TCPConn).File()
	check(t, err)
	defer file.Close()
	self, err := os.Executable()
	check(t, err)
	p, err = child.StartOn(file, self, nil, stdio.NewPrinter(io.Discard, io.Discard, ""))
	check(t, err)
	t.Cleanup(func() {
		p.Conn().Close()
		check(t, p.End(context.Background()))
	})
	return p, wire
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const hangs = 30 * time.Second

// P25: what is said on the leash is how the wire is sealed, and its end is the worker's,
// though the wire is open.
func TestWorkerEndsWithItsLeash(t *testing.T) {
	for name, secret := range map[string]string{"sealed": "a secret", "in clear": ""} {
		t.Run(name, func(t *testing.T) {
			p, conn := leashed(t)
			_, err := p.Conn().Write(append([]byte{byte(len(secret))}, secret...))
			check(t, err)
			wire := io.ReadWriteCloser(conn)
			if secret != "" {
				wire = seal.New(conn, []byte(secret), true)
			}
			far, err := (&hello.Line{}).Exchange(t.Context(), wire)
			if err != nil || far.Fields["pid"] == "" {
				t.Fatalf("the worker's hello: %v, %v", far, err)
			}
			check(t, p.Conn().Close())
			if exit, ended := p.AwaitExit(hangs); !ended {
				t.Errorf("it goes on: %+v", exit)
			}
		})
	}
}

// A server that is killed as it starts a worker.
func TestLeashThatEndsBeforeTheSecret(t *testing.T) {
	for name, said := range map[string]string{"nothing": "", "half a secret": "\x20half"} {
		t.Run(name, func(t *testing.T) {
			p, _ := leashed(t)
			_, err := io.WriteString(p.Conn(), said)
			check(t, err)
			check(t, p.Conn().Close())
			exit, ended := p.AwaitExit(hangs)
			if !ended || exit.Code != 2 || !strings.Contains(exit.Stderr, "the secret") {
				t.Errorf("ended %v: %+v", ended, exit)
			}
		})
	}
}
