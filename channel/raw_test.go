package channel_test

import (
	"encoding/binary"
	"io"
	"log"
	"net"
	"testing"

	"github.com/hashicorp/yamux"

	"github.com/farside-go/farside/channel"
)

// The wire by hand, so that what the package writes and what it reads are not
// tested against each other only.
const (
	frameItem, frameBytes, frameString, frameEOF, frameEnd = 1, 2, 3, 4, 5

	controlOpen, controlClose, controlCancel, controlBind, controlBound = 1, 2, 3, 4, 5
)

// A rawPeer speaks the protocol byte by byte with the mux m.
type rawPeer struct {
	t       testing.TB
	m       *channel.Mux
	conn    net.Conn
	session *yamux.Session
	control *yamux.Stream
}

// rawNear gives a far mux and, as its near side, a raw peer. The mux may end.
func rawNear(t testing.TB, opts *channel.Options) *rawPeer {
	t.Helper()
	a, b := bufferless(t)
	return rawNearOn(t, a, b, opts)
}

func rawNearOn(t testing.TB, a, b net.Conn, opts *channel.Options) *rawPeer {
	t.Helper()
	session, err := yamux.Client(a, quiet())
	must(t, err)
	m, err := channel.NewMux(b, channel.Far, opts)
	must(t, err)
	t.Cleanup(func() { session.Close(); m.Close() })
	p := &rawPeer{t: t, m: m, conn: a, session: session}
	p.control = p.stream()
	return p
}

// rawFar gives a near mux and, as its far side, a raw peer. The mux may end.
func rawFar(t testing.TB, opts *channel.Options) *rawPeer {
	t.Helper()
	a, b := bufferless(t)
	session, err := yamux.Server(a, quiet())
	must(t, err)
	m, err := channel.NewMux(b, channel.Near, opts)
	must(t, err)
	t.Cleanup(func() { session.Close(); m.Close() })
	control, err := session.AcceptStream()
	must(t, err)
	return &rawPeer{t: t, m: m, conn: a, session: session, control: control}
}

func quiet() *yamux.Config {
	cfg := yamux.DefaultConfig()
	cfg.LogOutput, cfg.Logger = nil, log.New(io.Discard, "", 0)
	cfg.StreamOpenTimeout, cfg.StreamCloseTimeout = 0, 0
	return cfg
}

// stream opens a stream.
func (p *rawPeer) stream() *yamux.Stream {
	p.t.Helper()
	s, err := p.session.OpenStream()
	must(p.t, err)
	return s
}

// channel opens a labelled channel and gives both of its ends.
func (p *rawPeer) channel() (*yamux.Stream, *channel.Channel) {
	p.t.Helper()
	s := p.stream()
	p.tell(controlOpen, s.StreamID(), []byte("raw"))
	ch, err := p.m.Accept(patiently(p.t))
	must(p.t, err)
	return s, ch
}

// tell sends a control message.
func (p *rawPeer) tell(kind byte, id uint32, body []byte) {
	p.t.Helper()
	p.write(p.control, message(kind, id, body))
}

// write lets a test go on when the mux has ended.
func (p *rawPeer) write(to io.Writer, data []byte) {
	p.t.Helper()
	if _, err := to.Write(data); err != nil && p.m.Err() == nil {
		p.t.Logf("the raw peer's write: %v", err)
	}
}

func message(kind byte, id uint32, body []byte) []byte {
	inner := append(binary.AppendUvarint([]byte{kind}, uint64(id)), body...)
	return append(binary.AppendUvarint(nil, uint64(len(inner))), inner...)
}

func rawFrame(kind byte, body []byte) []byte {
	return append(binary.AppendUvarint([]byte{kind}, uint64(len(body))), body...)
}

// bind is the body of a control message that binds one name.
func bind(clock uint64, name string, value []byte) []byte {
	body := binary.AppendUvarint(nil, clock)
	body = append(binary.AppendUvarint(body, uint64(len(name))), name...)
	return append(binary.AppendUvarint(body, uint64(len(value))), value...)
}
