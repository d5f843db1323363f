package bootstrap

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/version/infile"
	"github.com/farside-go/farside/internal/workerbin"
)

// A Server lets near sides in and starts the workers that they bring, each in a
// process of its own.
//
// All methods may be called concurrently. Whoever made a server calls Close, or
// Drain, when done with it. What goes wrong with one near side touches no other.
type Server struct {
	opts Options
	key  *pin.Key
	tls  *tls.Config
	host opening.Host

	visits   sync.WaitGroup // connections under way
	closing  chan struct{}  // closed when no more near sides are taken
	draining sync.Once
	done     chan struct{} // closed when then all have gone
	failures failures

	mu        sync.Mutex
	err       error
	idle      *time.Timer // runs while nobody is there, if that ends the server
	listeners map[net.Listener]bool
	unproven  []*visit      // have not shown who they are, the oldest first
	shown     chan struct{} // closed when one of them has shown a ticket
	served    bool          // a near side was let in
	proven    map[*visit]bool
}

// NewServer makes a server, with its key and the folder for workers.
func NewServer(opts *Options) (*Server, error) {
	s := &Server{
		opts: opts.withDefaults(), closing: make(chan struct{}), done: make(chan struct{}),
		shown: make(chan struct{}), listeners: map[net.Listener]bool{}, proven: map[*visit]bool{},
	}
	s.idle = time.AfterFunc(time.Hour, s.endIdle)
	s.idle.Stop()
	err := s.opts.check()
	if err == nil {
		s.key, err = s.opts.key()
	}
	if err == nil {
		s.tls = pin.Server(s.key, s.opts.ClientCAs)
		s.host = opening.Host{Token: s.opts.Token}
		s.host.Store, err = s.opts.store()
	}
	if err == nil && s.opts.Worker != "" {
		err = s.bring(s.opts.Worker)
	}
	if err != nil {
		return nil, fmt.Errorf("bootstrap: new server: %w", err)
	}
	return s, nil
}

// bring makes the program at path the server's own worker.
func (s *Server) bring(path string) error {
	program, err := workerbin.Identify(path)
	if err != nil {
		return err
	}
	if s.host.Version, err = infile.Version(path); err != nil {
		return fmt.Errorf("the worker %s: %w", path, err)
	}
	s.host.Own = &opening.Own{Path: program.Path, Hash: program.Hash}
	return nil
}

// Spec is what a near side on this machine opens to reach the server at an address
// that it listens at. It holds the server's token.
func (s *Server) Spec(address net.Addr) string {
	if address.Network() == "unix" {
		return "socket=unix:" + address.String()
	}
	spec := "socket=" + address.String() + "//key=" + s.key.Fingerprint()
	if s.opts.Token != "" {
		spec += "//token=" + s.opts.Token
	}
	return spec
}

// Fingerprint is that of the server's key, for the setting key of a spec.
func (s *Server) Fingerprint() string { return s.key.Fingerprint() }

// Clients is how many near sides are being served.
func (s *Server) Clients() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.proven)
}

// Done is closed when the server has ended: it takes no more near sides, after Drain,
// Close, the first one with Once, or too long a time without any, and those that were
// there have gone.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err is the first error that ended a Serve, or nil.
func (s *Server) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// errEnded is for what a server that has ended cannot do.
var errEnded = errors.New("bootstrap: the server has ended")
