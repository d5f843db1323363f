//go:build unix

package bootstrap_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/seal"
	"github.com/farside-go/farside/internal/workerbin"
)

// P25: over each kind of network the worker has the wire itself.
func TestWorkerHasTheWireItself(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "unix:" + filepath.Join(t.TempDir(), "s")} {
		s := serveAt(t, address, nil)
		gw := open(t, s.spec, nil)
		if pid := call[int](t, gw, "pid"); pid != gw.Info().PID {
			t.Errorf("the program ran in process %d, and the worker is %d", pid, gw.Info().PID)
		}
		s.awaitLog(t, "relayed=false")
	}
}

// A visitor is a near side made of parts.
type visitor struct {
	*pin.Conn
	client *opening.Client
	ticket *opening.Ticket // that is told
}

// visitWith shakes hands and offers a wire, if there is a ticket.
func (r *running) visitWith(t testing.TB, ticket *opening.Ticket) *visitor {
	t.Helper()
	conn := pin.NewConn(r.dial(t), tls.Client, pin.Client(func(string) error { return nil }, nil))
	check(t, conn.Handshake())
	client := opening.NewClient(conn, r.token())
	if ticket != nil {
		client.Offer(ticket)
	}
	return &visitor{conn, client, ticket}
}

// ask has the server start its own worker, and says whether it has the wire itself.
func (v *visitor) ask(t testing.TB) (ownWire bool) {
	t.Helper()
	program, err := workerbin.Identify(self(t))
	check(t, err)
	answer, err := v.client.Ask(program.Hash)
	check(t, err)
	if !answer.Started {
		t.Fatalf("it is not started: %+v", answer)
	}
	return answer.OwnWire
}

// control gives what is left to the first connection.
func (v *visitor) control(t testing.TB) *relay.Conn {
	t.Helper()
	c := relay.NewConn(v.Conn, v.client.Rest(), func() { v.Conn.Close() }, func(byte, []byte) {})
	t.Cleanup(func() {
		c.Close()
		c.End(context.Background())
	})
	return c
}

// seals gives the wire over a connection.
func (v *visitor) seals(t testing.TB, conn net.Conn) *seal.Conn {
	t.Helper()
	secret, err := v.Secret(v.ticket[:])
	check(t, err)
	return seal.New(conn, secret, true)
}

func wantHello(t testing.TB, wire io.ReadWriteCloser) {
	t.Helper()
	far, err := (&hello.Line{}).Exchange(t.Context(), wire)
	if err != nil || far.Fields["pid"] == "" {
		t.Errorf("the worker's hello: %v, %v", far, err)
	}
}

// show gives a second connection.
func (r *running) show(t testing.TB, ticket *opening.Ticket, behind string) net.Conn {
	t.Helper()
	conn := r.dial(t)
	check(t, ticket.Show(conn))
	_, err := io.WriteString(conn, behind)
	check(t, err)
	return conn
}

// wantNothing wants a connection to be closed on which the server says nothing.
func wantNothing(t testing.TB, conn net.Conn) {
	t.Helper()
	if got, err := io.ReadAll(conn); len(got) > 0 || isTimeout(err) {
		t.Errorf("got %q, %v", got, err)
	}
}

// P17: a near side of another time knows of no second connection.
func TestNearSideThatOffersNoWire(t *testing.T) {
	s := serve(t, nil)
	v := s.visitWith(t, nil)
	if v.ask(t) {
		t.Error("it has a wire that nobody offered")
	}
	wantHello(t, v.control(t))
}

// Whichever comes first.
func TestTicketIsToldBeforeItIsShown(t *testing.T) {
	bootstrap.SetWireWait(t, patience)
	s := serve(t, nil)
	v := s.visitWith(t, opening.NewTicket())
	asked := make(chan bool, 1)
	go func() { asked <- v.ask(t) }() // ends with the answer
	conn := s.show(t, v.ticket, "")
	if !<-asked {
		t.Error("the wire is relayed")
	}
	v.control(t)
	wantHello(t, v.seals(t, conn))
}

// A ticket is good for one connection.
func TestTicketIsUsedOnce(t *testing.T) {
	bootstrap.SetWireWait(t, 0)
	s := serve(t, &bootstrap.Options{HandshakeTimeout: time.Hour})
	v := s.visitWith(t, opening.NewTicket())
	used := s.show(t, v.ticket, "")
	farsidetest.Eventually(t, func() bool { return s.Seconds() == 1 }, "the ticket is not seen")
	again := s.show(t, v.ticket, "")
	farsidetest.Eventually(t, func() bool { return s.Seconds() == 2 }, "the ticket is not seen again")
	if !v.ask(t) {
		t.Fatal("the wire is relayed")
	}
	v.control(t)
	wantHello(t, v.seals(t, used))
	late := s.show(t, v.ticket, "")
	farsidetest.Eventually(t, func() bool { return s.Seconds() == 2 }, "the ticket is not seen any more")
	check(t, s.Close())
	wantNothing(t, again)
	wantNothing(t, late)
}

// Nothing comes of a connection whose ticket is wrong, or that speaks too early, and the
// near side's wire is relayed.
func TestSecondConnectionsOfNoUse(t *testing.T) {
	bootstrap.SetWireWait(t, 0)
	ticket := opening.NewTicket()
	for name, show := range map[string]func(t *testing.T, s *running){
		"wrong ticket": func(t *testing.T, s *running) {
			s.show(t, opening.NewTicket(), "")
			farsidetest.Eventually(t, func() bool { return s.Seconds() == 1 }, "the ticket is not seen")
		},
		"too early": func(t *testing.T, s *running) { wantNothing(t, s.show(t, ticket, "x")) },
		"gone": func(t *testing.T, s *running) {
			conn := s.show(t, ticket, "")
			check(t, conn.(*net.TCPConn).CloseWrite())
			wantNothing(t, conn)
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, &bootstrap.Options{HandshakeTimeout: time.Hour})
			show(t, s)
			v := s.visitWith(t, ticket)
			if v.ask(t) {
				t.Fatal("the wire is not relayed")
			}
			wantHello(t, v.control(t))
			check(t, s.Close())
			s.awaitLog(t, "ticket nobody has told")
		})
	}
}

// One that is given up in the moment in which it is asked for holds nobody up.
func TestSecondConnectionThatHasJustGone(t *testing.T) {
	bootstrap.SetWireWait(t, 0)
	s := serve(t, nil)
	here, there := net.Pipe()
	defer there.Close()
	if conn := s.TakeLate(here, opening.NewTicket()); conn != nil {
		t.Error("it is taken")
	}
}

// S6: who has heard a ticket and comes first has a connection to a worker, and
// nothing else: without the secret nothing is understood.
func TestStolenTicketIsWorthNothing(t *testing.T) {
	s := serve(t, nil)
	v := s.visitWith(t, opening.NewTicket())
	thief := s.show(t, v.ticket, "")
	if !v.ask(t) {
		t.Fatal("the wire is relayed")
	}
	c := v.control(t)
	c.Apart(thief)
	_, err := io.WriteString(thief, (&hello.Line{}).String())
	check(t, err)
	got, _ := io.ReadAll(thief)
	if bytes.Contains(got, []byte("farside")) {
		t.Errorf("got %q", got)
	}
	if exit, told := c.AwaitExit(patience); !told || exit.Code == 0 {
		t.Errorf("told %v: %+v", told, exit)
	}
}

// A server that takes no more does not wait for what cannot come.
func TestDrainEndsTheWaitForASecondConnection(t *testing.T) {
	bootstrap.SetWireWait(t, time.Hour)
	s := serve(t, nil)
	v := s.visitWith(t, opening.NewTicket())
	asked := make(chan bool, 1)
	go func() { asked <- v.ask(t) }() // ends with the answer
	farsidetest.Eventually(t, func() bool { return s.Clients() == 1 }, "it is not let in")
	drained := make(chan error, 1)
	go func() { drained <- s.Drain(t.Context()) }() // ends with the near side
	if <-asked {
		t.Error("it has a wire that never came")
	}
	c := v.control(t)
	wantHello(t, c)
	check(t, c.Close())
	check(t, c.End(t.Context()))
	check(t, <-drained)
}

// A server for one near side waits for the second connection of that and no other.
func TestOnceIsForOneThoughItsWireIsAwaited(t *testing.T) {
	bootstrap.SetWireWait(t, time.Hour)
	s := serve(t, &bootstrap.Options{Once: true})
	v := s.visitWith(t, opening.NewTicket())
	asked := make(chan bool, 1)
	go func() { asked <- v.ask(t) }() // ends with the answer
	farsidetest.Eventually(t, func() bool { return s.Clients() == 1 }, "it is not let in")
	other := s.visitWith(t, nil)
	if answer, err := other.client.Ask(strings.Repeat("0", 64)); err == nil {
		t.Errorf("another is let in: %+v", answer)
	}
	conn := s.show(t, v.ticket, "")
	if !<-asked {
		t.Error("the wire is relayed")
	}
	v.control(t)
	wantHello(t, v.seals(t, conn))
	check(t, <-s.end)
}

// A forwarder passes connections to a server, each in its own way.
type forwarder struct {
	net.Listener
	passing sync.WaitGroup
}

// forward gives a spec that reaches the server through a forwarder. alter may change what
// comes on the nth connection, or hold it up.
func (r *running) forward(t *testing.T, alter func(n int, up bool, p []byte)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	f := &forwarder{Listener: l}
	pass := func(n int, up bool, to, from net.Conn) {
		defer to.Close()
		buf := make([]byte, 32<<10)
		for {
			got, err := from.Read(buf)
			alter(n, up, buf[:got])
			if _, failed := to.Write(buf[:got]); failed != nil || err != nil {
				return
			}
		}
	}
	f.passing.Go(func() { // ends with the listener
		for n := 0; ; n++ {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", r.at.String())
			if err != nil {
				near.Close()
				continue
			}
			f.passing.Go(func() { pass(n, true, far, near) })
			f.passing.Go(func() { pass(n, false, near, far) })
		}
	})
	t.Cleanup(func() { l.Close(); f.passing.Wait() })
	return strings.Replace(r.spec, r.at.String(), l.Addr().String(), 1)
}

// The time for a second connection is not taken from that for showing who it is.
func TestWaitForASecondConnectionDoesNotCount(t *testing.T) {
	const handshake = 500 * time.Millisecond
	bootstrap.SetWireWait(t, 2*handshake)
	s := serve(t, &bootstrap.Options{HandshakeTimeout: handshake})
	v := s.visitWith(t, opening.NewTicket())
	if v.ask(t) {
		t.Error("it has a wire that never came")
	}
	wantHello(t, v.control(t))
}

// Where the second connection ends up elsewhere the wire is relayed.
func TestSecondConnectionThatNeverComes(t *testing.T) {
	bootstrap.SetWireWait(t, 50*time.Millisecond)
	s := serve(t, nil)
	spec := s.forward(t, func(n int, up bool, p []byte) {
		if n == 1 && up {
			rand.Read(p) // as good as never
		}
	})
	gw := open(t, spec, nil)
	call[int](t, gw, "pid")
	s.awaitLog(t, "relayed=true")
	check(t, gw.Close())
}

// A program may bring a listener of its own, whose connections are no sockets.
func TestConnectionsWithoutADescriptorAreRelayed(t *testing.T) {
	s := serve(t, nil)
	l, err := bootstrap.Listen("127.0.0.1:0")
	check(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(wrapping{l}) }() // ends with the server
	call[int](t, open(t, s.Spec(l.Addr()), nil), "pid")
	s.awaitLog(t, "relayed=true")
	check(t, s.Close())
	check(t, <-served)
}

type wrapping struct{ net.Listener }

func (l wrapping) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	return struct{ net.Conn }{conn}, err
}

// G8, S6: somebody in between who changes a byte ends the gateway, and does nothing else.
func TestChangedByteOnTheWireEndsTheGateway(t *testing.T) {
	for name, changed := range map[string]bool{"on the way up": true, "on the way down": false} {
		t.Run(name, func(t *testing.T) {
			s := serve(t, nil)
			var now atomic.Bool
			spec := s.forward(t, func(n int, up bool, p []byte) {
				if n == 1 && up == changed && len(p) > 0 && now.Load() {
					p[min(4, len(p)-1)] ^= 1 // of the first record in it
				}
			})
			gw := open(t, spec, nil)
			ch, _ := exec(t, gw, "wait")
			pids := []int{gw.Info().PID}
			endPIDs(t, pids)
			now.Store(true)
			_, err := gateway.Call[int](t.Context(), gw, gateway.Source("pid"))
			if !isLost(err) {
				t.Errorf("a call ends with %v", err)
			}
			if _, err := ch.Receive(t.Context()); !isLost(err) {
				t.Errorf("the channel ends with %v", err)
			}
			wantGone(t, pids)
			s.stillServes(t)
		})
	}
}
