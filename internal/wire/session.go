package wire

import (
	"errors"
	"io"
	"log"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/yamux"
)

// Config is what a session is set to. All of it must be set.
type Config struct {
	Near      bool          // the near side is the client in yamux's words (P3)
	Window    int           // bytes of a stream that are taken in before somebody reads
	KeepAlive time.Duration // bounds how long a silent or stuck other side goes unnoticed
	Logger    *slog.Logger

	// Ended is called once when nothing more is read from the byte stream, before
	// yamux acts on it.
	Ended func()
}

// A Session carries streams over one byte stream.
type Session struct {
	mux    *yamux.Session
	ending chan struct{} // closed when the byte stream has ended
	ended  func()
	once   sync.Once
}

// Start starts a session on conn.
func Start(conn io.ReadWriteCloser, cfg *Config) (s *Session, err error) {
	s = &Session{ending: make(chan struct{}), ended: cfg.Ended}
	if cfg.Near {
		s.mux, err = yamux.Client(newJoinConn(conn, s.connEnded), cfg.yamux())
	} else {
		s.mux, err = yamux.Server(newJoinConn(conn, s.connEnded), cfg.yamux())
	}
	return s, err
}

// yamux splits the keepalive bound: a ping goes out each third of it, and an answer or a
// write may take the rest.
func (c *Config) yamux() *yamux.Config {
	cfg := yamux.DefaultConfig()
	cfg.KeepAliveInterval = c.KeepAlive / 3
	cfg.ConnectionWriteTimeout = c.KeepAlive - cfg.KeepAliveInterval
	cfg.MaxStreamWindowSize = uint32(c.Window)
	// Streams are accepted at once and half-closed ones are normal, so neither
	// of yamux's own time-outs may end a session or a stream.
	cfg.StreamOpenTimeout = 0
	cfg.StreamCloseTimeout = 0
	cfg.LogOutput = nil
	cfg.Logger = log.New(logWriter{c.Logger}, "", 0)
	return cfg
}

// logWriter passes yamux's lines to a slog.Logger.
type logWriter struct{ to *slog.Logger }

var _ io.Writer = logWriter{}

func (w logWriter) Write(line []byte) (int, error) {
	w.to.Debug("mux", "line", strings.TrimSpace(string(line)))
	return len(line), nil
}

// connEnded lets nothing wait for the byte stream any more.
func (s *Session) connEnded() {
	s.once.Do(func() {
		close(s.ending)
		s.ended()
	})
}

// Open opens a stream. It waits while the other side does not take streams in or the
// byte stream is stuck.
func (s *Session) Open() (Stream, error) { return s.stream(s.mux.OpenStream()) }

// Accept waits for a stream that the other side opens.
func (s *Session) Accept() (Stream, error) { return s.stream(s.mux.AcceptStream()) }

func (s *Session) stream(mux *yamux.Stream, err error) (Stream, error) {
	if err != nil {
		return Stream{}, err
	}
	return Stream{mux: mux, session: s}, nil
}

// Ending is closed when the byte stream has ended; Closed follows.
func (s *Session) Ending() <-chan struct{} { return s.ending }

// Closed is closed when the session has ended.
func (s *Session) Closed() <-chan struct{} { return s.mux.CloseChan() }

// Ends reports whether the session has ended or is about to.
func (s *Session) Ends() bool { return isClosed(s.ending) || s.mux.IsClosed() }

// Close ends the session and closes the byte stream. It returns when its goroutines have
// ended.
func (s *Session) Close() { s.mux.Close() }

// LossCause puts yamux's errors into words.
func LossCause(err error) error {
	switch {
	case errors.Is(err, yamux.ErrKeepAliveTimeout):
		return errors.New("no answer within the keepalive bound")
	case errors.Is(err, yamux.ErrConnectionWriteTimeout):
		return errors.New("the other side stopped reading")
	case errors.Is(err, yamux.ErrSessionShutdown), errors.Is(err, io.EOF):
		// Not io.EOF itself: that is the orderly end of a channel.
		return errors.New("the byte stream ended")
	}
	return err
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
