package bootstrap

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"time"
)

// Serve takes near sides from l, which belongs to the server from then on, until
// l fails, or Drain or Close ends it: then it returns nil. It may be called for
// several listeners. Where their connections are no sockets of the system, workers
// cannot have them, and what they say is relayed.
func (s *Server) Serve(l net.Listener) error {
	if !s.enter(l) {
		l.Close()
		return errEnded
	}
	err := s.accept(l)
	l.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.listeners, l)
	if s.ending() {
		return nil
	}
	if s.err == nil {
		s.err = err
	}
	return err
}

func (s *Server) enter(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ending() {
		return false
	}
	s.listeners[l] = true
	s.watchIdle()
	return true
}

func (s *Server) ending() bool {
	select {
	case <-s.closing:
		return true
	default:
		return false
	}
}

// accept waits for near sides. A lack of descriptors passes.
func (s *Server) accept(l net.Listener) error {
	const first, longest = 5 * time.Millisecond, time.Second
	wait := first
	for {
		conn, err := l.Accept()
		if err == nil {
			wait = first
			s.take(conn)
			continue
		}
		var temporary interface{ Temporary() bool }
		if !errors.As(err, &temporary) || !temporary.Temporary() {
			return err
		}
		s.opts.Logger.Warn("accept", "error", err, "again in", wait)
		select {
		case <-time.After(wait):
		case <-s.closing:
			return err
		}
		wait = min(2*wait, longest)
	}
}

// take serves one connection in the background.
func (s *Server) take(conn net.Conn) {
	v := &visit{server: s, conn: conn, from: conn.RemoteAddr()}
	s.mu.Lock()
	if s.ending() {
		s.mu.Unlock()
		conn.Close()
		return
	}
	s.visits.Add(1)
	evicted := s.admit(v)
	s.mu.Unlock()
	if evicted != nil {
		evicted.conn.Close()
	}
	go func() { // ends with the connection
		defer s.visits.Done()
		v.serve()
	}()
}

// maxUnproven bounds how many near sides may be about to show who they are.
const maxUnproven = 64

// admit enters a newcomer, with s.mu held. Where there are too many one of them has
// to go.
func (s *Server) admit(v *visit) (evicted *visit) {
	if len(s.unproven) >= maxUnproven {
		i := leastHonest(s.unproven)
		evicted = s.unproven[i]
		s.unproven = slices.Delete(s.unproven, i, i+1)
	}
	s.unproven = append(s.unproven, v)
	return evicted
}

// leastHonest finds the one that has been at it for the longest, of those from the
// address that most come from. An honest near side is through in a moment, and a
// flood makes room for itself at nobody else's cost.
func leastHonest(visits []*visit) (found int) {
	counts := map[netip.Prefix]int{}
	for _, v := range visits {
		counts[network(v.from)]++
	}
	most := 0
	for i, v := range visits {
		if n := counts[network(v.from)]; n > most {
			found, most = i, n
		}
	}
	return found
}

// Drain takes no more near sides and returns when those that are there have gone.
// When ctx ends first, it ends them as Close does.
func (s *Server) Drain(ctx context.Context) error {
	s.mu.Lock()
	s.stopTaking()
	s.mu.Unlock()
	select {
	case <-s.done:
		return nil
	case <-ctx.Done():
		s.Close()
		return context.Cause(ctx)
	}
}

// Close ends the server, all workers that it started, and what those started. It
// returns when they have ended. It is idempotent.
func (s *Server) Close() error {
	s.mu.Lock()
	s.stopTaking()
	for v := range s.proven {
		v.cut()
	}
	s.mu.Unlock()
	<-s.done
	return nil
}

// stopTaking ends the listeners, with s.mu held, and the server when those that are
// there have gone. Near sides that have not shown who they are see that nobody is
// there.
func (s *Server) stopTaking() {
	s.draining.Do(func() {
		close(s.closing)
		go func() { // ends with the visits, which are not added to any more
			s.visits.Wait()
			close(s.done)
		}()
	})
	s.idle.Stop()
	for l := range s.listeners {
		l.Close()
	}
	for _, v := range s.unproven {
		v.conn.Close()
	}
}

// watchIdle begins to count the time without a near side, with s.mu held.
func (s *Server) watchIdle() {
	if s.opts.IdleTimeout > 0 && len(s.proven) == 0 && !s.ending() {
		s.idle.Reset(s.opts.IdleTimeout)
	}
}

// endIdle ends the listeners of a server that nobody uses.
func (s *Server) endIdle() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.proven) == 0 {
		s.opts.Logger.Info("nobody was there", "for", s.opts.IdleTimeout)
		s.stopTaking()
	}
}
