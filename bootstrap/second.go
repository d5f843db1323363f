package bootstrap

import (
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"time"

	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/relay"
)

// wireWait is how long a near side that was let in is waited for with its second
// connection. That comes at the same time as the first, or never if it has ended up at
// another server.
var wireWait = time.Second

// second is what a visit has that shows a ticket. It counts as one that has not shown who
// it is until it is taken for the wire of another.
type second struct {
	ticket *opening.Ticket // nil if none was shown; guarded by server.mu
	taken  bool            // guarded by server.mu
	free   chan bool       // gives, when it was taken, whether it is of use
}

// errEarly is for a near side that speaks before it is told that it may.
var errEarly = errors.New("something came behind a ticket")

// await keeps a connection that has shown a ticket until it is taken.
func (v *visit) await(ticket *opening.Ticket) error {
	if local, ok := v.conn.(*net.UnixConn); ok {
		if err := checkPeer(local); err != nil {
			return err
		}
	}
	keepAlive(v.conn)
	v.show(ticket)
	n, err := v.conn.Read(make([]byte, 1)) // takeSecond interrupts it
	if n > 0 {
		err = errEarly
	}
	if v.letGo(errors.Is(err, os.ErrDeadlineExceeded)) {
		return nil
	}
	return fmt.Errorf("a second connection whose ticket nobody has told: %w", err)
}

// show lets those know of a ticket who wait for one.
func (v *visit) show(ticket *opening.Ticket) {
	s := v.server
	s.mu.Lock()
	defer s.mu.Unlock()
	v.ticket, v.free = ticket, make(chan bool, 1)
	close(s.shown)
	s.shown = make(chan struct{})
}

// letGo gives the connection to who has taken it, if anybody has and it is of use. From
// then on nobody can take it.
func (v *visit) letGo(useful bool) bool {
	v.server.mu.Lock()
	defer v.server.mu.Unlock()
	v.ticket = nil
	if v.taken {
		v.free <- useful
		v.taken = useful
	}
	return v.taken
}

// takeSecond gives the connection that has shown a ticket, once, or nil if none does in time.
func (s *Server) takeSecond(ticket *opening.Ticket) net.Conn {
	timer := time.NewTimer(wireWait)
	defer timer.Stop()
	for {
		found, shown := s.find(ticket)
		if found != nil {
			return found.freed()
		}
		select {
		case <-shown:
		case <-timer.C:
			return nil
		case <-s.closing:
			return nil
		}
	}
}

// find looks for a ticket, and marks as taken who has shown it. If there is none, shown
// is closed when it is worth looking again.
func (s *Server) find(ticket *opening.Ticket) (found *visit, shown <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.unproven, func(v *visit) bool { return ticket.Equal(v.ticket) })
	if i < 0 {
		return nil, s.shown
	}
	found = s.unproven[i]
	s.unproven = slices.Delete(s.unproven, i, i+1)
	found.taken = true
	return found, nil
}

// freed gives the connection of a visit that was taken.
func (v *visit) freed() net.Conn {
	v.conn.SetReadDeadline(time.Unix(1, 0))
	if !<-v.free {
		return nil
	}
	return v.conn
}

// ownWire gives the second connection for the worker, or nil if there is none or it
// cannot be handed over.
func (v *visit) ownWire(conn *buffered) (*relay.Wire, error) {
	if v.wire == nil {
		return nil, nil
	}
	file, err := handOver(v.wire)
	if err != nil || file == nil {
		v.wire = nil
		return nil, err
	}
	wire := &relay.Wire{File: file}
	if secured, ok := conn.Conn.(*pin.Conn); ok {
		if wire.Secret, err = secured.Secret(v.offered[:]); err != nil {
			file.Close()
			return nil, err
		}
	}
	return wire, nil
}

// start starts the worker, on the second connection if it can be handed over.
func (v *visit) start(conn *buffered, host *opening.Host, worker *opening.Worker) (*relay.Relay, error) {
	wire, err := v.ownWire(conn)
	if err != nil {
		return nil, err
	}
	announce := func() error { return host.Started(conn, wire != nil) }
	if wire == nil {
		return relay.Start(conn, worker.Path, nil, announce)
	}
	return relay.StartOn(wire, conn, worker.Path, nil, announce)
}
