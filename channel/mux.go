package channel

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"sync"
	"time"

	"github.com/hashicorp/yamux"

	"github.com/farside-go/farside/internal/item"
)

const (
	controlID   = 1        // the control stream is the first that the near side opens
	channelTag  = 0x464331 // CBOR tag of a channel inside an item; the content is its id (P5)
	maxChannels = 1 << 16  // opened by the other side and not yet over
	maxWaiting  = 1 << 12  // labelled channels that wait for Accept

	// announceWait bounds the wait for a stream whose id was seen before it; on
	// an honest wire the stream is already here and only has to be taken in.
	announceWait = 5 * time.Second

	// closeWait bounds the wait for a byte stream whose Read does not end when
	// it is closed.
	closeWait = time.Second
)

var (
	errNeverOpened = errors.New("never opened")
	errGone        = errors.New("ended")
)

// A Mux carries channels over one byte stream.
//
// All methods may be called concurrently. Whoever made a mux closes it; the end
// of a mux ends all its channels. The byte stream belongs to the mux from NewMux
// on.
type Mux struct {
	opts    Options
	side    Side
	codec   item.Codec
	conn    io.Closer
	session *yamux.Session
	control *control
	waiting chan *Channel // labelled channels for Accept
	done    chan struct{}
	running sync.WaitGroup

	mu       sync.Mutex
	err      error // set before done is closed
	byUs     bool  // Close was called, so the end of the stream is no loss
	losing   bool  // Options.Lost was asked
	channels map[uint32]*Channel
	last     uint32        // the highest id that was opened here
	lastPeer uint32        // the highest id that the other side opened
	fromPeer int           // channels in the table that the other side opened
	arrived  chan struct{} // closed when lastPeer grows; nil if nobody waits
}

// NewMux starts a mux on conn, which must end a blocked Read when it is closed.
// The other end of conn must be a mux of the other side.
func NewMux(conn io.ReadWriteCloser, side Side, opts *Options) (*Mux, error) {
	m := &Mux{
		opts: opts.withDefaults(), side: side, conn: conn,
		waiting:  make(chan *Channel, maxWaiting),
		done:     make(chan struct{}),
		channels: map[uint32]*Channel{},
	}
	m.codec = item.Codec{
		MaxBytes:  m.opts.MaxItem,
		ToFault:   toFault,
		FromFault: fromFault,
		Refs: []item.Ref{{
			Tag: channelTag, Type: reflect.TypeFor[*Channel](), ID: m.refer, Resolve: m.resolve,
		}},
	}
	m.control = newControl(m)
	if err := m.start(conn); err != nil {
		conn.Close()
		return nil, fmt.Errorf("channel: start the mux: %w", err)
	}
	return m, nil
}

func (m *Mux) start(conn io.ReadWriteCloser) (err error) {
	if m.side == Near {
		m.session, err = yamux.Client(newJoinConn(conn), m.opts.yamuxConfig())
	} else {
		m.session, err = yamux.Server(newJoinConn(conn), m.opts.yamuxConfig())
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
		m.last = stream.StreamID()
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
			m.fail(err)
			return
		}
		if m.side == Far && stream.StreamID() == controlID {
			m.control.attach(stream)
			m.noteArrival(controlID)
			continue
		}
		m.takeIn(stream)
	}
}

// readControl runs the control stream until it ends, which is the mux's end.
func (m *Mux) readControl() {
	select {
	case <-m.control.attached:
	case <-m.session.CloseChan():
		return // acceptStreams knows why
	}
	err := m.control.read()
	if streamEnded(err) {
		if m.session.IsClosed() {
			return // acceptStreams knows why
		}
		err = errProtocol("the end of the control stream")
	}
	m.fail(err)
}

// takeIn makes the channel of a stream that the other side opened.
func (m *Mux) takeIn(stream *yamux.Stream) {
	ch := newChannel(m, stream, "")
	m.mu.Lock()
	m.fromPeer++
	tooMany := m.fromPeer > maxChannels
	m.channels[ch.id] = ch
	m.mu.Unlock()
	m.noteArrival(ch.id)
	if tooMany {
		ch.CloseWithError(fmt.Errorf("channel: more than %d channels are open", maxChannels))
	}
	if err := m.Err(); err != nil {
		ch.lost(err)
	}
}

// noteArrival wakes those who look for a channel that had not arrived.
func (m *Mux) noteArrival(id uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.lastPeer = max(m.lastPeer, id)
	if m.arrived != nil {
		close(m.arrived)
		m.arrived = nil
	}
}

// New makes a channel whose other end the other side gets when it receives the
// channel inside an item. It can be used at once.
func (m *Mux) New(ctx context.Context) (*Channel, error) { return m.open(ctx, "") }

// Open makes a channel whose other end the other side gets from Accept, with
// label, which must not be empty. It can be used at once.
func (m *Mux) Open(ctx context.Context, label string) (*Channel, error) {
	if label == "" || len(label) > maxLabel {
		return nil, fmt.Errorf("channel: open: a label has 1 to %d bytes, not %d", maxLabel, len(label))
	}
	ch, err := m.open(ctx, label)
	if err != nil {
		return nil, err
	}
	err = m.control.send(controlMessage{kind: controlOpen, id: ch.id, body: []byte(label)})
	if err != nil {
		return nil, err
	}
	return ch, nil
}

func (m *Mux) open(ctx context.Context, label string) (*Channel, error) {
	stream, err := m.openStream(ctx)
	if err != nil {
		return nil, m.openFailed(ctx, err)
	}
	ch := newChannel(m, stream, label)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.err != nil {
		return nil, m.err
	}
	m.channels[ch.id] = ch
	m.last = max(m.last, ch.id)
	return ch, nil
}

func (m *Mux) openFailed(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if lost := m.closedError(); lost != nil {
		return lost
	}
	return fmt.Errorf("channel: open: %w", err)
}

// openStream is yamux's OpenStream with a ctx: it waits when the other side does
// not take streams in or the wire is stuck.
func (m *Mux) openStream(ctx context.Context) (*yamux.Stream, error) {
	if ctx.Done() == nil {
		return m.session.OpenStream()
	}
	type opened struct {
		stream *yamux.Stream
		err    error
	}
	result := make(chan opened, 1)
	go func() { // ends with OpenStream, at the latest with the session
		stream, err := m.session.OpenStream()
		result <- opened{stream, err}
	}()
	select {
	case r := <-result:
		return r.stream, r.err
	case <-ctx.Done():
		go func() { // likewise
			if r := <-result; r.err == nil {
				r.stream.Close()
			}
		}()
		return nil, ctx.Err()
	}
}

// Accept waits for a channel that the other side opened with a label.
func (m *Mux) Accept(ctx context.Context) (*Channel, error) {
	select {
	case ch := <-m.waiting:
		return ch, nil
	case <-m.done:
		return nil, m.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// announced hands a labelled channel to Accept.
func (m *Mux) announced(ch *Channel, label []byte) error {
	if len(label) == 0 || len(label) > maxLabel || ch.label != "" {
		return errProtocol(fmt.Sprintf("a second or bad label for channel %d", ch.id))
	}
	ch.label = string(label)
	select {
	case m.waiting <- ch:
	default:
		ch.CloseWithError(fmt.Errorf("channel: more than %d channels wait to be accepted", maxWaiting))
	}
	return nil
}

// refer gives the id of a channel inside an item.
func (m *Mux) refer(v any) (uint64, error) {
	ch := v.(*Channel)
	if ch.m != m {
		return 0, errors.New("a channel of another gateway cannot be sent")
	}
	if err := ch.Err(); err != nil {
		return 0, errors.New("a channel that has ended cannot be sent")
	}
	return uint64(ch.id), nil
}

func (m *Mux) resolve(id uint64) (any, error) {
	if id <= controlID || id >= 1<<32-1 {
		return nil, fmt.Errorf("channel %d does not exist", id)
	}
	ch, err := m.lookup(uint32(id))
	if err != nil {
		return nil, fmt.Errorf("channel %d does not exist: %w", id, err)
	}
	return ch, nil
}

// lookup finds a channel by its id. One that the other side has just opened may
// not have been taken in yet.
func (m *Mux) lookup(id uint32) (*Channel, error) {
	var timeout <-chan time.Time
	for {
		ch, arrived, err := m.find(id)
		if arrived == nil {
			return ch, err
		}
		if timeout == nil {
			timer := time.NewTimer(announceWait)
			defer timer.Stop()
			timeout = timer.C
		}
		select {
		case <-arrived:
		case <-timeout:
			return nil, errNeverOpened
		case <-m.done:
			return nil, m.err
		}
	}
}

// find gives a channel, or a Go channel to wait for if it may still arrive.
func (m *Mux) find(id uint32) (*Channel, <-chan struct{}, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ch := m.channels[id]; ch != nil {
		return ch, nil, nil
	}
	ours := (id%2 == 1) == (m.side == Near)
	switch {
	case ours && id > m.last:
		return nil, nil, errNeverOpened
	case ours || id <= m.lastPeer:
		return nil, nil, errGone
	}
	if m.arrived == nil {
		m.arrived = make(chan struct{})
	}
	return nil, m.arrived, nil
}

// forget takes a channel that is over out of the table.
func (m *Mux) forget(ch *Channel) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.channels[ch.id] != ch {
		return
	}
	delete(m.channels, ch.id)
	if (ch.id%2 == 1) != (m.side == Near) {
		m.fromPeer--
	}
}

// Channels is how many channels are open or have items left.
func (m *Mux) Channels() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.channels)
}
