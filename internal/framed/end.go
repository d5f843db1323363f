package framed

import (
	"errors"
	"time"

	"github.com/farside-go/farside/internal/wire"
)

// closeWait bounds the wait for a byte stream whose Read does not end when it is
// closed.
const closeWait = time.Second

// Done is closed when the mux has ended: by Close here, or because the byte
// stream ended.
func (m *Mux) Done() <-chan struct{} { return m.done }

// Err is nil until Done is closed, then [ErrClosed] if this side closed the mux
// and otherwise what Config.Lost gave.
func (m *Mux) Err() error {
	select {
	case <-m.done:
		return m.err
	default:
		return nil
	}
}

// closedError is the error for what a mux whose streams have ended cannot do.
// It waits for the reason, which Config.Lost may take a moment to find.
func (m *Mux) closedError() error {
	select {
	case <-m.done:
		return m.err
	default:
		if !m.session.Ends() {
			return nil
		}
		<-m.done
		return m.err
	}
}

// releaseAll makes nothing wait for the byte stream, which has ended, any more. yamux's
// own blocked calls do not wait from here on but turn, each on a processor, until the
// last of them has been closed; with thousands of them that takes seconds.
func (m *Mux) releaseAll() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, ch := range m.channels {
		ch.stream.Release()
	}
}

// Closing is closed when Close is called.
func (m *Mux) Closing() <-chan struct{} { return m.closing }

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
		m.end(m.cfg.Lost(wire.LossCause(err)))
	}
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
	m.control.out.Discard(err)
	for _, ch := range channels {
		ch.lost(err)
	}
}
