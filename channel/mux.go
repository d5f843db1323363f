package channel

import (
	"fmt"
	"io"
	"reflect"
	"sync"
	"weak"

	"github.com/hashicorp/yamux"

	"github.com/farside-go/farside/internal/item"
	"github.com/farside-go/farside/internal/warm"
)

const (
	controlID  = 1       // the control stream is the first that the near side opens
	maxWaiting = 1 << 12 // labelled channels that wait for Accept

	// keptGoroutines is how many wait for the next thing to do.
	keptGoroutines = 4
)

// A Mux carries channels over one byte stream.
//
// All methods may be called concurrently. Whoever made a mux closes it; the end
// of a mux ends all its channels. The byte stream belongs to the mux from NewMux
// on.
type Mux struct {
	opts       Options
	side       Side
	codec      item.Codec
	session    *yamux.Session
	control    *control
	goroutines *warm.Goroutines // for what is short or rare
	waiting    chan *Channel    // labelled channels for Accept
	done       chan struct{}
	closing    chan struct{} // closed by Close; the end of the stream is no loss then
	ending     chan struct{} // closed when the byte stream has ended; done follows
	running    sync.WaitGroup
	opening    lock // held while a stream is opened: ids go out in order

	mu       sync.Mutex
	err      error // set before done is closed
	losing   bool  // Options.Lost was asked
	channels map[uint32]*Channel
	over     map[uint32]weak.Pointer[Channel] // no longer in channels, but in somebody's hands
	last     [2]uint32                        // the highest even and the highest odd id opened
	fromPeer int                              // of channels, those that the other side opened
	opened   chan struct{}                    // closed when last grows; nil if nobody waits
}

// NewMux starts a mux on conn, which must end a blocked Read when it is closed.
// The other end of conn must be a mux of the other side.
func NewMux(conn io.ReadWriteCloser, side Side, opts *Options) (*Mux, error) {
	m := &Mux{
		opts: opts.withDefaults(), side: side,
		waiting:  make(chan *Channel, maxWaiting),
		done:     make(chan struct{}),
		closing:  make(chan struct{}),
		ending:   make(chan struct{}),
		opening:  newLock(),
		channels: map[uint32]*Channel{},
		over:     map[uint32]weak.Pointer[Channel]{},
	}
	m.codec = item.Codec{
		MaxBytes:  m.opts.MaxItem,
		ToFault:   toFault,
		FromFault: fromFault,
		Refs: []item.Ref{{
			Tag: channelTag, Type: reflect.TypeFor[*Channel](), ID: m.refer, Resolve: m.resolve,
		}},
	}
	m.goroutines = warm.New(keptGoroutines, m.done)
	m.control = newControl(m)
	if err := m.start(conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("channel: start the mux: %w", err)
	}
	return m, nil
}

func (m *Mux) start(conn io.ReadWriteCloser) (err error) {
	if m.side == Near {
		m.session, err = yamux.Client(newJoinConn(conn, m.connEnded), m.opts.yamuxConfig())
	} else {
		m.session, err = yamux.Server(newJoinConn(conn, m.connEnded), m.opts.yamuxConfig())
	}
	if err != nil {
		return err
	}
	if m.side == Near {
		stream, err := m.session.OpenStream()
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
		stream, err := m.session.AcceptStream()
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
func (m *Mux) takeIn(stream *yamux.Stream) error {
	id := stream.StreamID()
	m.mu.Lock()
	inTurn := !m.ours(id) && id > m.last[id%2]
	m.mu.Unlock()
	switch {
	case !inTurn:
		return errProtocol(fmt.Sprintf("the id %d of a stream out of turn", id))
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
	case <-m.session.CloseChan():
		return // acceptStreams knows why
	}
	err := m.control.read()
	if streamEnded(err) || interrupted(err) {
		if m.ends() {
			return // acceptStreams knows why
		}
		err = errProtocol("the end of the control stream")
	}
	m.fail(err)
}
