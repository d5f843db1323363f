package bootstrap

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"time"

	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/relay"
)

// A visit is one connection, from its first byte to the end of its worker. A second one of
// a near side ends when it is taken for the wire.
type visit struct {
	server *Server
	conn   net.Conn
	from   net.Addr

	offered *opening.Ticket // of the connection for the wire; nil if none was
	wire    net.Conn        // the connection itself; nil if there is none

	second

	relayed *relay.Relay // nil until the worker has started; guarded by server.mu
}

// serve is the whole of a visit.
func (v *visit) serve() {
	defer v.leave()
	log := v.server.opts.Logger.With("from", v.from.String())
	if err := v.open(); err != nil {
		log.Warn("refused", "error", err)
	}
}

// open lets the near side in and serves it.
func (v *visit) open() error {
	if err := v.server.failures.check(v.from); err != nil {
		return err
	}
	v.conn.SetDeadline(time.Now().Add(v.server.opts.HandshakeTimeout))
	ticket, first := opening.Begin(v.conn)
	if ticket != nil {
		return v.await(ticket)
	}
	conn, host, err := v.secure(first)
	if err != nil {
		return err
	}
	stream := &buffered{Conn: conn, read: relay.Buffered(conn)}
	worker, err := host.Open(stream, stream.read, v.welcome)
	if v.wire != nil {
		defer v.wire.Close()
	}
	if err == nil {
		defer worker.Release()
		err = v.run(stream, &host, worker)
	}
	if err != nil {
		v.refuse(stream, err)
	}
	return err
}

// secure makes sure that nobody listens, and on a Unix socket and with client
// certificates also who is there.
func (v *visit) secure(first net.Conn) (net.Conn, opening.Host, error) {
	host := v.server.host
	if local, ok := v.conn.(*net.UnixConn); ok {
		host.Token = ""
		return first, host, checkPeer(local)
	}
	keepAlive(v.conn)
	conn := pin.NewConn(first, tls.Server, v.server.tls)
	ctx, cancel := context.WithTimeout(context.Background(), v.server.opts.HandshakeTimeout)
	defer cancel()
	if err := conn.HandshakeContext(ctx); err != nil {
		return nil, host, fmt.Errorf("tls: %w", err)
	}
	return conn, host, nil
}

// errFull is told only to those who have shown who they are.
var errFull = errors.New("as many near sides as it serves at once are there already; try again later")

// welcome lets a near side in that has shown who it is, with the connection that it
// offers for the wire.
func (v *visit) welcome(offered *opening.Ticket) error {
	err := v.prove()
	if err == nil && offered != nil {
		v.offered, v.wire = offered, v.server.takeSecond(offered)
		v.conn.SetDeadline(time.Now().Add(v.server.opts.HandshakeTimeout)) // what this has taken does not count
	}
	if err == nil && v.server.opts.Once {
		v.server.mu.Lock()
		v.server.stopTaking()
		v.server.mu.Unlock()
	}
	return err
}

// prove notes that the near side has shown who it is.
func (v *visit) prove() error {
	s := v.server
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.unproven, v)
	if i < 0 || s.ending() {
		return net.ErrClosed // it took so long that it was sent away, or the server ends
	}
	if s.opts.Once && s.served {
		return net.ErrClosed // the first one's second connection is still awaited
	}
	if len(s.proven) >= s.opts.MaxConns {
		return &opening.RefusedError{Stage: opening.StageStart, Reason: errFull.Error()}
	}
	s.unproven = slices.Delete(s.unproven, i, i+1)
	s.proven[v] = true
	s.served = true
	s.idle.Stop()
	return nil
}

// leave forgets the visit and closes its connection, if that was not taken.
func (v *visit) leave() {
	s := v.server
	s.mu.Lock()
	defer s.mu.Unlock()
	if !v.taken {
		v.conn.Close()
	}
	if i := slices.Index(s.unproven, v); i >= 0 {
		s.unproven = slices.Delete(s.unproven, i, i+1)
	}
	if s.proven[v] {
		delete(s.proven, v)
		s.watchIdle()
	}
}

// run starts the worker and relays its wire until it ends.
func (v *visit) run(conn *buffered, host *opening.Host, worker *opening.Worker) error {
	relayed, err := v.start(conn, host, worker)
	if err != nil {
		return &opening.RefusedError{Stage: opening.StageStart, Reason: err.Error()}
	}
	v.started(relayed)
	log := v.server.opts.Logger.With("from", v.from.String(), "pid", relayed.PID())
	log.Info("opened", "worker", worker.Hash[:16], "relayed", v.wire == nil)
	begun := time.Now()
	conn.SetDeadline(time.Time{})
	exit := relayed.Serve(conn.read)
	log.Info("ended", "after", time.Since(begun).Round(time.Millisecond), "status", exit.Code, "signal", exit.Signal)
	return nil
}

// started enters the worker, for Close to kill. One that starts as the server is
// closed finds its connection closed.
func (v *visit) started(relayed *relay.Relay) {
	v.server.mu.Lock()
	defer v.server.mu.Unlock()
	v.relayed = relayed
}

// cut ends a visit, with s.mu held. Behind what a worker does not take the end of the
// connection is not seen, so the worker is killed besides.
func (v *visit) cut() {
	v.conn.Close()
	if v.relayed != nil {
		v.relayed.Kill()
	}
}

// refuse tells the near side why, and waits for it to take that in.
func (v *visit) refuse(conn net.Conn, err error) {
	var refused *opening.RefusedError
	if !errors.As(err, &refused) {
		return // it does not speak as a near side does, or has gone
	}
	if refused.Stage == opening.StageAuthenticate {
		v.server.failures.note(v.from)
	}
	const patience = 5 * time.Second
	conn.SetDeadline(time.Now().Add(patience))
	if opening.Refuse(conn, err) == nil {
		io.Copy(io.Discard, conn) // closing while bytes arrive would tear what was told away
	}
}

// buffered is a connection of which the first bytes were read ahead.
type buffered struct {
	net.Conn
	read *bufio.Reader
}

func (b *buffered) Read(p []byte) (int, error) { return b.read.Read(p) }
