package bootstrap_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
)

// elsewhere stands for another machine.
var elsewhere = net.IPv4(127, 0, 0, 2)

// slow are near sides that do nothing but be there.
var slow = map[string]func(t *testing.T, conn net.Conn){
	"silent": func(*testing.T, net.Conn) {},
	"byte by byte": func(t *testing.T, conn net.Conn) {
		for _, b := range clientHello(t)[:16] {
			conn.Write([]byte{b}) // the server may have sent it away
		}
	},
	"silent in a ticket":     func(_ *testing.T, conn net.Conn) { io.WriteString(conn, "farwire1 and half") },
	"silent behind a ticket": func(_ *testing.T, conn net.Conn) { opening.NewTicket().Show(conn) },
	"silent behind tls":      func(t *testing.T, conn net.Conn) { secure(t, conn) },
	"slow behind tls": func(t *testing.T, conn net.Conn) {
		secured := secure(t, conn)
		for _, c := range "farside 1 tok" {
			secured.Write([]byte(string(c)))
		}
	},
}

// clientHello is what a near side says first.
func clientHello(t *testing.T) []byte {
	t.Helper()
	here, there := net.Pipe()
	go func() { // ends with the pipe
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		tls.Client(here, pin.Client(func(string) error { return nil }, nil)).HandshakeContext(ctx)
	}()
	defer here.Close()
	defer there.Close()
	buf := make([]byte, 4096)
	n, err := there.Read(buf)
	check(t, err)
	return buf[:n]
}

// S2
func TestSlowLorisesDoNotHurtAGoodNearSide(t *testing.T) {
	s := serve(t, &bootstrap.Options{HandshakeTimeout: time.Hour}) // so that time does not help
	gw := open(t, s.spec, nil)
	var conns []net.Conn
	for range 100 {
		for _, be := range slow {
			conn := s.dialFrom(t, elsewhere)
			be(t, conn)
			conns = append(conns, conn)
		}
	}
	call[int](t, gw, "pid")
	s.stillServes(t)
	for _, conn := range conns[:len(conns)-bootstrap.MaxUnproven] {
		if _, err := io.Copy(io.Discard, conn); err != nil && isTimeout(err) {
			t.Fatal("more of them are held than the server has room for")
		}
	}
}

func TestSlowLorisesAreSentAway(t *testing.T) {
	s := serve(t, &bootstrap.Options{HandshakeTimeout: 200 * time.Millisecond})
	for name, be := range slow {
		conn := s.dial(t)
		be(t, conn)
		if _, err := io.Copy(io.Discard, conn); err != nil && isTimeout(err) {
			t.Errorf("one that is %s may stay", name)
		}
	}
	s.stillServes(t)
}

// Newcomers by the hundred make room among themselves: one from another address that
// is amid its handshake stays.
func TestFloodPushesNobodyElseOut(t *testing.T) {
	s := serve(t, &bootstrap.Options{HandshakeTimeout: time.Hour})
	good := secure(t, s.dial(t))
	for range 3 * bootstrap.MaxUnproven {
		s.dialFrom(t, elsewhere)
	}
	last := s.dialFrom(t, elsewhere)
	secure(t, last) // the server has taken all that came before
	_, err := io.WriteString(good, "farside 1 token="+s.token()+"\n")
	check(t, err)
	answer, err := bufio.NewReader(good).ReadString('\n')
	if err != nil || !strings.Contains(answer, "state=wanted") {
		t.Errorf("the server answers %q, %v", answer, err)
	}
}

// S2
func TestWrongTokensHurtNobodyElse(t *testing.T) {
	s := serve(t, nil)
	for tries := 0; showWrong(t, s.dialFrom(t, elsewhere)); tries++ {
		if tries > 100*bootstrap.MostFailures { // it is slower than it is forgiven otherwise
			t.Fatal("it may go on for ever")
		}
	}
	s.awaitLog(t, "too many wrong tokens")
	wantRefused(t, s.without(), gateway.StageAuthenticate)
	s.stillServes(t)
}

// showWrong shows a wrong token, and reports whether the server looked at it.
func showWrong(t *testing.T, conn net.Conn) bool {
	t.Helper()
	secured := tls.Client(conn, pin.Client(func(string) error { return nil }, nil))
	if secured.Handshake() != nil {
		return false
	}
	_, err := io.WriteString(secured, "farside 1 token=wrong\n")
	check(t, err)
	answer, err := bufio.NewReader(secured).ReadString('\n')
	if err != nil || !strings.Contains(answer, "stage=authenticate") {
		t.Fatalf("the server answers %q, %v", answer, err)
	}
	check(t, conn.Close())
	return true
}
