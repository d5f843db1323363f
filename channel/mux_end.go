package channel

import (
	"errors"
	"io"
	"time"

	"github.com/hashicorp/yamux"
)

// closeWait bounds the wait for a byte stream whose Read does not end when it is
// closed.
const closeWait = time.Second

// Done is closed when the mux has ended: by Close here, or because the byte
// stream ended.
func (m *Mux) Done() <-chan struct{} { return m.done }

// Err is nil until Done is closed, then [ErrClosed] if this side closed the mux
// and otherwise a *[LostError].
func (m *Mux) Err() error {
	select {
	case <-m.done:
		return m.err
	default:
		return nil
	}
}

// closedError is the error for what a mux whose streams have ended cannot do.
// It waits for the reason, which Options.Lost may take a moment to find.
func (m *Mux) closedError() error {
	select {
	case <-m.done:
		return m.err
	default:
		if !m.ends() {
			return nil
		}
		<-m.done
		return m.err
	}
}

// ends reports whether the session is closed or about to be.
func (m *Mux) ends() bool { return isClosed(m.ending) || m.session.IsClosed() }

// connEnded makes nothing wait for the byte stream any more. yamux's own blocked
// calls do not wait from here on but turn, each on a processor, until the last of
// them has been closed; with thousands of them that takes seconds.
func (m *Mux) connEnded() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if isClosed(m.ending) {
		return
	}
	close(m.ending)
	for _, ch := range m.channels {
		ch.stream.release()
	}
}

// Close ends the mux and all its channels and closes the byte stream. What is
// queued is dropped. It returns when the mux's goroutines have ended, or with an
// error when the byte stream does not let them.
func (m *Mux) Close() error {
	m.mu.Lock()
	if !isClosed(m.closing) {
		close(m.closing)
	}
	m.mu.Unlock()
	closed := make(chan struct{})
	go func() { // ends with the session's goroutines
		defer close(closed)
		m.session.Close()
		m.running.Wait()
	}()
	timer := time.NewTimer(closeWait)
	defer timer.Stop()
	select {
	case <-closed:
		return nil
	case <-timer.C:
		m.end(ErrClosed)
		return errors.New("channel: close: the byte stream's Read goes on after its Close")
	}
}

// fail ends the mux because its session or its control stream ended with err.
func (m *Mux) fail(err error) {
	go m.session.Close() // waits for goroutines that may be waiting for us
	switch {
	case m.Err() != nil:
	case isClosed(m.closing):
		m.end(ErrClosed)
	default:
		m.loseOnce(err)
	}
}

// loseOnce asks for the cause and ends the mux with it.
func (m *Mux) loseOnce(err error) {
	m.mu.Lock()
	asked := m.losing
	m.losing = true
	m.mu.Unlock()
	if !asked {
		m.end(&LostError{Cause: m.opts.Lost(lossCause(err))})
	}
}

// lossCause puts yamux's errors into words.
func lossCause(err error) error {
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

// end records why the mux ended and ends its channels.
func (m *Mux) end(err error) {
	m.mu.Lock()
	if m.err != nil {
		m.mu.Unlock()
		return
	}
	m.err = err
	channels := make([]*Channel, 0, len(m.channels))
	for _, ch := range m.channels {
		channels = append(channels, ch)
	}
	close(m.done)
	m.mu.Unlock()
	m.control.out.discard(err)
	for _, ch := range channels {
		ch.lost(err)
	}
}
