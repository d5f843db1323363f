package framed

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"weak"

	"github.com/farside-go/farside/internal/protocol"
	"github.com/farside-go/farside/internal/warm"
	"github.com/farside-go/farside/internal/wire"
)

const (
	controlID  = 1       // the control stream is the first that the near side opens (P6)
	maxWaiting = 1 << 12 // labelled channels that wait for Accept

	// keptGoroutines is how many wait for the next thing to do.
	keptGoroutines = 4
)

// A Mux carries channels over one byte stream. All methods may be called concurrently.
// The end of a mux ends all its channels.
type Mux struct {
	cfg        Config
	session    *wire.Session
	control    *control
	goroutines *warm.Goroutines // for what is short or rare
	waiting    chan *Channel    // labelled channels for Accept
	done       chan struct{}
	closing    chan struct{} // closed by Close; the end of the stream is no loss then
	running    sync.WaitGroup
	opening    lock // held while a stream is opened: ids go out in order

	mu       sync.Mutex
	err      error // set before done is closed
	losing   bool  // Config.Lost was asked
	channels map[uint32]*Channel
	leaving  []*Channel                       // no longer in channels, and perhaps with frames that are still to be written
	over     map[uint32]weak.Pointer[Channel] // no longer in channels, but in somebody's hands
	last     [2]uint32                        // the highest even and the highest odd id opened
	fromPeer int                              // of channels, those that the other side opened
	opened   chan struct{}                    // closed when last grows; nil if nobody waits
}

// NewMux starts a mux on conn, which must end a blocked Read when it is closed.
func NewMux(conn io.ReadWriteCloser, cfg *Config) (*Mux, error) {
	m := &Mux{
		cfg:      *cfg,
		waiting:  make(chan *Channel, maxWaiting),
		done:     make(chan struct{}),
		closing:  make(chan struct{}),
		opening:  newLock(),
		channels: map[uint32]*Channel{},
		over:     map[uint32]weak.Pointer[Channel]{},
	}
	m.goroutines = warm.New(keptGoroutines, m.done)
	m.control = newControl(m)
	if err := m.start(conn); err != nil {
		conn.Close()
		return nil, err
	}
	return m, nil
}

// Flush waits until what this side has queued on all channels is on its way, or ctx ends.
func (m *Mux) Flush(ctx context.Context) error {
	m.mu.Lock()
	channels := slices.AppendSeq(slices.Clone(m.leaving), maps.Values(m.channels))
	m.mu.Unlock()
	for _, ch := range channels {
		if err := ch.Flush(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (m *Mux) start(conn io.ReadWriteCloser) (err error) {
	m.session, err = wire.Start(conn, &wire.Config{
		Near: m.cfg.Near, Window: m.cfg.Window, KeepAlive: m.cfg.KeepAlive, Logger: m.cfg.Logger,
		Ended: m.releaseAll,
	})
	if err != nil {
		return err
	}
	if m.cfg.Near {
		stream, err := m.session.Open()
		if err != nil {
			m.session.Close()
			return err
		}
		m.last[controlID%2] = controlID
		m.control.attach(stream)
	}
	m.running.Go(m.acceptStreams)
	m.running.Go(m.readControl)
	return nil
}

// acceptStreams takes in the streams that the other side opens, at once, until
// the session ends.
func (m *Mux) acceptStreams() {
	for {
		stream, err := m.session.Accept()
		if err != nil {
			m.control.drain()
			m.fail(err)
			return
		}
		if err := m.takeIn(stream); err != nil {
			m.fail(err)
			return
		}
	}
}

// takeIn makes the channel of a stream that the other side opened.
func (m *Mux) takeIn(stream wire.Stream) error {
	id := stream.ID()
	m.mu.Lock()
	inTurn := !m.ours(id) && id > m.last[id%2]
	m.mu.Unlock()
	switch {
	case !inTurn:
		return protocol.Violation(fmt.Sprintf("the id %d of a stream out of turn", id))
	case id == controlID:
		m.control.attach(stream)
		m.enter(id, nil)
		return nil
	}
	return m.admit(newChannel(m, stream, ""))
}

// readControl runs the control stream until it ends, which is the mux's end.
func (m *Mux) readControl() {
	defer close(m.control.handled)
	select {
	case <-m.control.attached:
	case <-m.session.Closed():
		return // acceptStreams knows why
	}
	err := m.control.read()
	if wire.Ended(err) || wire.Interrupted(err) {
		if m.session.Ends() {
			return // acceptStreams knows why
		}
		err = protocol.Violation("the end of the control stream")
	}
	m.fail(err)
}
