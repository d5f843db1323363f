package bootstrap_test

import (
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/opening"
)

func TestOnceServesOneAndEnds(t *testing.T) {
	s := serve(t, &bootstrap.Options{Once: true})
	wantRefused(t, s.without(), gateway.StageAuthenticate) // this one does not count
	waiting := secure(t, s.dial(t))
	gw := open(t, s.spec, nil)
	check(t, <-s.end)
	s.awaitLog(t, "relayed=false")
	if _, err := io.ReadAll(waiting); isTimeout(err) {
		t.Error("one that came at the same time is kept waiting")
	}
	if conn, err := net.Dial("tcp", s.at.String()); err == nil {
		conn.Close()
		t.Error("another can connect")
	}
	call[int](t, gw, "pid")
	select {
	case <-s.Done():
		t.Error("the server has ended while one is there")
	default:
	}
	check(t, gw.Close())
	<-s.Done() // by itself
	check(t, s.Err())
}

func TestIdleServerEnds(t *testing.T) {
	s := serve(t, &bootstrap.Options{IdleTimeout: 50 * time.Millisecond})
	check(t, <-s.end)
	<-s.Done() // by itself
	check(t, s.Err())
	s.awaitLog(t, "nobody was there")
}

// Those who try to get in do not keep a server from ending, and those who got in do.
func TestIdleServerDoesNotEndWithSomebodyThere(t *testing.T) {
	s := serve(t, &bootstrap.Options{IdleTimeout: time.Hour, HandshakeTimeout: time.Hour})
	gw := open(t, s.spec, nil)
	loris := s.dial(t)
	s.EndIdle()
	call[int](t, gw, "pid")
	s.stillServes(t)
	check(t, gw.Close())
	farsidetest.Eventually(t, func() bool { return s.Clients() == 0 }, "the near side counts for ever")
	s.EndIdle()
	check(t, <-s.end)
	<-s.Done()
	if _, err := io.Copy(io.Discard, loris); isTimeout(err) {
		t.Error("one that has not shown who it is is kept waiting")
	}
}

func TestDrainLetsThoseFinishWhoAreThere(t *testing.T) {
	s := serve(t, nil)
	waiting := secure(t, s.dial(t))
	gw := open(t, s.spec, nil)
	drained := make(chan error, 1)
	go func() { drained <- s.Drain(t.Context()) }() // ends with gw
	check(t, <-s.end)
	if _, err := io.ReadAll(waiting); isTimeout(err) {
		t.Error("one that has not shown who it is is kept waiting")
	}
	call[int](t, gw, "pid")
	wantRefused(t, s.spec, gateway.StageDial, "refused")
	check(t, gw.Close())
	check(t, <-drained)
	<-s.Done()
	check(t, s.Err())
}

func TestDrainHasAnEnd(t *testing.T) {
	s := serve(t, nil)
	ch, _ := exec(t, open(t, s.spec, nil), "wait")
	ctx, cancel := context.WithCancelCause(t.Context())
	drained := make(chan error, 1)
	go func() { drained <- s.Drain(ctx) }() // ends with ctx
	check(t, <-s.end)
	enough := errors.New("enough")
	cancel(enough)
	if err := <-drained; err != enough {
		t.Errorf("drain gives %v", err)
	}
	if _, err := ch.Receive(t.Context()); !isLost(err) {
		t.Errorf("the channel ends with %v", err)
	}
}

func TestCloseEndsAllThatIsThere(t *testing.T) {
	s := serve(t, &bootstrap.Options{HandshakeTimeout: time.Hour})
	silent, half, second := s.dial(t), secure(t, s.dial(t)), s.dial(t)
	check(t, opening.NewTicket().Show(second))
	var pids []int
	for range 3 {
		gw := open(t, s.spec, nil)
		exec(t, gw, "wait")
		pids = append(pids, gw.Info().PID)
	}
	var closing sync.WaitGroup
	for range 3 { // by several at once
		closing.Go(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			for _, pid := range pids {
				if farsidetest.Alive(pid) {
					t.Errorf("process %d is still there", pid)
				}
			}
		})
	}
	closing.Wait()
	check(t, <-s.end)
	<-s.Done()
	for _, conn := range []net.Conn{silent, half, second} {
		if _, err := io.Copy(io.Discard, conn); isTimeout(err) {
			t.Error("a connection is still there")
		}
	}
	check(t, s.Close())
	check(t, s.Err())
}

func TestServerThatHasEndedServesNoMore(t *testing.T) {
	s := serve(t, nil)
	check(t, s.Close())
	l, err := bootstrap.Listen("127.0.0.1:0")
	check(t, err)
	if err := s.Serve(l); err == nil || !strings.Contains(err.Error(), "has ended") {
		t.Errorf("serve gives %v", err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("the listener is left open: %v", err)
	}
}

func TestServerAtSeveralListeners(t *testing.T) {
	s := serve(t, nil)
	l, err := bootstrap.Listen("unix:" + filepath.Join(t.TempDir(), "s"))
	check(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }() // ends with the server
	one, two := open(t, s.spec, nil), open(t, s.Spec(l.Addr()), nil)
	call[int](t, one, "pid")
	call[int](t, two, "pid")
	if n := s.Clients(); n != 2 {
		t.Errorf("%d near sides are there", n)
	}
	check(t, s.Close())
	check(t, <-served)
}

// A lack of descriptors passes; a listener that is broken does not.
func TestServeGoesOnAfterALackOfDescriptors(t *testing.T) {
	s := serve(t, nil)
	l, err := bootstrap.Listen("127.0.0.1:0")
	check(t, err)
	broken := errors.New("broken")
	faulty := &faultyListener{Listener: l, errors: []error{lack{}, lack{}, nil, nil, broken}}
	served := make(chan error, 1)
	go func() { served <- s.Serve(faulty) }() // ends with broken
	call[int](t, open(t, s.Spec(l.Addr()), nil), "pid")
	if err := <-served; err != broken {
		t.Errorf("serve gives %v", err)
	}
	s.stillServes(t) // at the other listener
	check(t, s.Close())
	if s.Err() != broken {
		t.Errorf("err is %v", s.Err())
	}
}

// A faultyListener fails as it is told.
type faultyListener struct {
	net.Listener
	errors []error
}

func (l *faultyListener) Accept() (net.Conn, error) {
	err := l.errors[0]
	l.errors = l.errors[1:]
	if err != nil {
		return nil, err
	}
	return l.Listener.Accept()
}

type lack struct{}

func (lack) Error() string   { return "too many open files" }
func (lack) Temporary() bool { return true }
