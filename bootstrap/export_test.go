package bootstrap

import (
	"net"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/opening"
)

const (
	MostFailures  = mostFailures
	MostAddresses = mostAddresses
	ForgiveAfter  = forgiveAfter
	MaxUnproven   = maxUnproven
)

// Failures counts as a server does.
type Failures struct{ failures }

func (f *Failures) Check(from net.Addr) error { return f.check(from) }

func (f *Failures) Note(from net.Addr) { f.note(from) }

// Addresses is how many are remembered.
func (f *Failures) Addresses() int { return len(f.counts) }

// ShortenSilence sets how long a machine may be gone, for servers that start and end
// within the test.
func ShortenSilence(t testing.TB, to time.Duration) {
	was := silence
	silence = to
	t.Cleanup(func() { silence = was })
}

// SetWireWait sets how long a second connection is waited for, for the servers of a test.
func SetWireWait(t testing.TB, to time.Duration) {
	was := wireWait
	wireWait = to
	t.Cleanup(func() { wireWait = was })
}

// TakeLate takes a connection that has shown a ticket when it has just been given up.
func (s *Server) TakeLate(conn net.Conn, ticket *opening.Ticket) net.Conn {
	v := &visit{server: s, conn: conn, from: conn.RemoteAddr()}
	s.mu.Lock()
	s.admit(v)
	s.mu.Unlock()
	defer v.leave()
	v.show(ticket)
	v.letGo(false)
	return s.takeSecond(ticket)
}

// Seconds is how many connections wait that have shown a ticket.
func (s *Server) Seconds() (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range s.unproven {
		if v.ticket != nil {
			n++
		}
	}
	return n
}

// EndIdle has the time without a near side be over.
func (s *Server) EndIdle() { s.endIdle() }
