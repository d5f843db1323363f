package bootstrap_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// S1, S2
func TestNobodyGetsInWithoutTheToken(t *testing.T) {
	s := serve(t, nil)
	for name, spec := range map[string]string{
		"none":      s.without(),
		"wrong":     s.without() + "//token=" + strings.Repeat("x", len(s.token())),
		"beginning": s.spec[:len(s.spec)-1],
		"longer":    s.spec + "x",
	} {
		t.Run(name, func(t *testing.T) {
			wantRefused(t, spec, gateway.StageAuthenticate, "the token is wrong, or none was shown")
		})
	}
	if strings.Contains(s.log.String(), "opened") {
		t.Error("a worker was started")
	}
	s.stillServes(t)
}

// What a near side said to a server is worth nothing to one who heard it.
func TestReplayedBytesDoNotGetIn(t *testing.T) {
	s := serve(t, nil)
	tap := listenAtTap(t, s.at.String())
	gw, err := gateway.Open(t.Context(), strings.Replace(s.spec, s.at.String(), tap.Addr().String(), 1), farsidetest.Options(t, nil))
	check(t, err)
	check(t, gw.Close())
	opened := strings.Count(s.log.String(), "opened")
	if opened != 1 {
		t.Fatalf("%d workers were started to begin with", opened)
	}
	tap.Close()
	tap.passing.Wait()
	if len(tap.heard) != 2 {
		t.Fatalf("it said something on %d connections", len(tap.heard))
	}
	for _, heard := range tap.heard {
		conn := s.dial(t)
		_, err = conn.Write(heard.Bytes())
		check(t, err)
		io.Copy(io.Discard, conn) // ends when the server closes
	}
	s.awaitLog(t, "tls: ")
	s.awaitLog(t, "ticket nobody has told")
	if strings.Count(s.log.String(), "opened") != opened {
		t.Error("the bytes that were played again have started a worker")
	}
	s.stillServes(t)
}

// A tap passes connections on and keeps what the near side said.
type tap struct {
	net.Listener
	heard   []*bytes.Buffer // whole when passing has ended
	passing sync.WaitGroup  // the listener and the connections
}

func listenAtTap(t *testing.T, address string) *tap {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	tap := &tap{Listener: l}
	tap.passing.Go(func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", address)
			if err != nil {
				t.Error(err)
				near.Close()
				return
			}
			heard := new(bytes.Buffer)
			tap.heard = append(tap.heard, heard)
			tap.passing.Go(func() { io.Copy(near, far); near.Close() })
			tap.passing.Go(func() { io.Copy(io.MultiWriter(far, heard), near); far.Close() })
		}
	})
	t.Cleanup(func() { l.Close(); tap.passing.Wait() })
	return tap
}

// What does not speak as a near side does is closed, and told nothing that helps it.
func TestStrangersAreSentAway(t *testing.T) {
	s := serve(t, nil)
	noise := make([]byte, 64<<10)
	rand.Read(noise)
	for name, say := range map[string]func(t *testing.T, conn net.Conn){
		"http": func(t *testing.T, conn net.Conn) {
			request, err := http.NewRequest("GET", "http://"+s.at.String()+"/", nil)
			check(t, err)
			check(t, request.Write(conn))
		},
		"noise":   func(_ *testing.T, conn net.Conn) { conn.Write(noise) },
		"nothing": func(_ *testing.T, conn net.Conn) { conn.(*net.TCPConn).CloseWrite() },
		"a hello in clear": func(_ *testing.T, conn net.Conn) {
			io.WriteString(conn, "farside 1 token="+s.token()+"\n")
		},
		"tls 1.2": func(t *testing.T, conn net.Conn) {
			old := tls.Client(conn, &tls.Config{MaxVersion: tls.VersionTLS12, InsecureSkipVerify: true, NextProtos: []string{"farside"}})
			if err := old.Handshake(); err == nil || !strings.Contains(err.Error(), "protocol version") {
				t.Errorf("the handshake gives %v", err)
			}
		},
		"tls without the protocol": func(t *testing.T, conn net.Conn) {
			other := tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
			if other.Handshake() == nil {
				io.WriteString(other, "farside 1 token="+s.token()+"\n")
				if answer, err := bufio.NewReader(other).ReadString('\n'); err == nil {
					t.Errorf("it was answered %q", answer)
				}
			}
		},
		"tls and noise":   func(t *testing.T, conn net.Conn) { secure(t, conn).Write(noise) },
		"tls and nothing": func(t *testing.T, conn net.Conn) { secure(t, conn).CloseWrite() },
	} {
		t.Run(name, func(t *testing.T) {
			conn := s.dial(t)
			say(t, conn)
			answer, _ := io.ReadAll(conn) // ends when the server closes
			if bytes.Contains(answer, []byte("farside")) {
				t.Errorf("it was answered %q", answer)
			}
		})
	}
	if strings.Contains(s.log.String(), "opened") {
		t.Error("a worker was started")
	}
	s.stillServes(t)
}

// S5
func TestEndlessHelloIsCutShort(t *testing.T) {
	s := serve(t, nil)
	conn := secure(t, s.dial(t))
	chunk := bytes.Repeat([]byte("x"), 1<<20)
	_, err := io.WriteString(conn, "farside 1 token=")
	sent := 0
	for ; err == nil && sent < 1<<30; sent += len(chunk) {
		_, err = conn.Write(chunk)
	}
	if err == nil {
		t.Fatal("the server took a hello of 1 GB")
	}
	if sent > 64<<20 { // the system's buffers take some
		t.Errorf("the server took %d MB of a hello", sent>>20)
	}
	s.awaitLog(t, "over the limit")
	s.stillServes(t)
}

// Only who has the token learns that there is no room.
func TestLimitIsToldToThoseWithTheTokenOnly(t *testing.T) {
	s := serve(t, &bootstrap.Options{MaxConns: 1})
	gw := open(t, s.spec, nil)
	wantRefused(t, s.spec, gateway.StageStart, "as many near sides as it serves at once")
	if failed := wantRefused(t, s.without(), gateway.StageAuthenticate, "token"); strings.Contains(failed.Error(), "near sides") {
		t.Errorf("one without the token is told of the limit: %v", failed)
	}
	if n := s.Clients(); n != 1 {
		t.Errorf("%d near sides are there", n)
	}
	call[int](t, gw, "pid")
	check(t, gw.Close())
	farsidetest.Eventually(t, func() bool { return s.Clients() == 0 }, "the near side counts for ever")
	s.stillServes(t)
}

// A server with a token that can be guessed, or that does not fit into a spec, does
// not start.
func TestBadTokensAreRefusedAtOnce(t *testing.T) {
	for token, word := range map[string]string{
		"short":                   "at least 16",
		"with a blank in it, so":  "blanks",
		"0123456789//0123456789":  "double slash",
		"0123456789\x00123456789": "ASCII",
	} {
		_, err := bootstrap.NewServer(&bootstrap.Options{Token: token, Store: t.TempDir()})
		if err == nil || !strings.Contains(err.Error(), word) || strings.Contains(err.Error(), token) {
			t.Errorf("%q: %v", token, err)
		}
	}
}
