package channel

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/hashicorp/yamux"

	"github.com/farside-go/farside/internal/item"
)

// The kinds of message on the control stream (P6). A message is its length as an
// unsigned varint, a kind, a channel's id as an unsigned varint, and a body. A
// side ignores kinds from 128 up that it does not know.
const (
	controlOpen   = 1 // the channel waits for Accept; body: its label
	controlClose  = 2 // the channel is closed; body: a fault, or nothing
	controlCancel = 3 // end the channel's context; body: a fault
	controlBind   = 4 // named values; body: see bindings
	controlBound  = 5 // this many bytes of bindings were taken in
	controlOption = 128
)

const (
	maxControl   = 4 << 20 // the longest control message
	maxLabel     = 256
	maxFaultText = 256 << 10 // each text of an error
)

type controlMessage struct {
	kind byte
	id   uint32
	body []byte
}

// control is the stream of its own on which the two muxes talk about channels,
// so that bindings and ends never wait behind items.
type control struct {
	m        *Mux
	attached chan struct{} // closed when stream is set
	handled  chan struct{} // closed when no more messages are handled
	stream   wire
	out      outbox
}

func newControl(m *Mux) *control {
	c := &control{m: m, attached: make(chan struct{}), handled: make(chan struct{})}
	c.out.w, c.out.by = c, m.goroutines
	return c
}

func (c *control) attach(stream *yamux.Stream) {
	c.stream = wire{stream, c.m}
	close(c.attached)
}

// Write waits until there is a stream to write to.
func (c *control) Write(p []byte) (int, error) {
	select {
	case <-c.attached:
		return c.stream.Write(p)
	case <-c.m.done:
		return 0, c.m.err
	}
}

// drain waits, after the session's end, until what had arrived is handled: the
// other side may have ended channels in good order before it went.
func (c *control) drain() {
	if isClosed(c.attached) {
		c.stream.interrupt()
	}
	<-c.handled
}

// send queues msg without waiting.
func (c *control) send(msg controlMessage) error {
	return c.out.putNow(msg.encode())
}

func (msg controlMessage) encode() []byte {
	var head [1 + binary.MaxVarintLen32]byte
	inner := binary.AppendUvarint(append(head[:0], msg.kind), uint64(msg.id))
	frame := binary.AppendUvarint(nil, uint64(len(inner)+len(msg.body)))
	return append(append(frame, inner...), msg.body...)
}

// read handles the other side's messages until the stream ends. It runs on a
// goroutine of the mux and never waits for a channel.
func (c *control) read() error {
	in := bufio.NewReader(c.stream)
	for {
		msg, err := readControl(in)
		if err != nil {
			return err
		}
		if err := c.handle(msg); err != nil {
			return err
		}
	}
}

func readControl(in *bufio.Reader) (controlMessage, error) {
	size, err := binary.ReadUvarint(in)
	if err != nil {
		return controlMessage{}, err
	}
	if size < 2 || size > maxControl {
		return controlMessage{}, errProtocol(fmt.Sprintf("a control message of %d bytes", size))
	}
	body, err := readBounded(in, int(size))
	if err != nil {
		return controlMessage{}, err
	}
	id, n := binary.Uvarint(body[1:])
	if n <= 0 || id > 1<<32-1 {
		return controlMessage{}, errProtocol("a control message without a channel's id")
	}
	return controlMessage{kind: body[0], id: uint32(id), body: body[1+n:]}, nil
}

// readBounded takes memory only for what arrives.
func readBounded(in io.Reader, size int) ([]byte, error) {
	body := make([]byte, 0, min(size, 4<<10))
	for len(body) < size {
		if len(body) == cap(body) {
			body = append(make([]byte, 0, min(size, 4*cap(body))), body...)
		}
		n, err := io.ReadFull(in, body[len(body):min(cap(body), size)])
		body = body[:len(body)+n]
		if err != nil {
			return nil, err
		}
	}
	return body, nil
}

func (c *control) handle(msg controlMessage) error {
	ch, err := c.m.lookup(msg.id)
	if err != nil {
		if errors.Is(err, errNeverOpened) {
			return errProtocol(fmt.Sprintf("a control message about channel %d, which was never opened", msg.id))
		}
		return nil // it ended here while the message was on its way
	}
	switch msg.kind {
	case controlOpen:
		return c.m.announced(ch, msg.body)
	case controlClose, controlCancel:
		reason, err := c.m.decodeFault(msg.body)
		if err != nil {
			return err
		}
		if msg.kind == controlClose {
			ch.closedByPeer(reason)
		} else {
			ch.cancelled(reason)
		}
		return nil
	case controlBind:
		return ch.bound(msg.body)
	case controlBound:
		return ch.acknowledged(msg.body)
	}
	if msg.kind < controlOption {
		return errProtocol(fmt.Sprintf("a control message of the unknown kind %d", msg.kind))
	}
	return nil
}

// encodeFault gives an error's bytes; none for nil.
func (m *Mux) encodeFault(err error) []byte {
	if err == nil {
		return nil
	}
	fault := toFault(err)
	for _, text := range []*string{&fault.Name, &fault.Text, &fault.Stack, &fault.File} {
		*text = clip(*text)
	}
	codec := item.Codec{ToFault: func(error) item.Fault { return fault }}
	body, encErr := codec.Append(nil, err)
	if encErr != nil { // a fault is plain text: this cannot happen
		m.opts.Logger.Error("encode an error", "error", encErr)
	}
	return body
}

func (m *Mux) decodeFault(body []byte) (error, error) {
	if len(body) == 0 {
		return nil, nil
	}
	var reason error
	if err := m.codec.Decode(body, &reason); err != nil {
		return nil, errProtocol("an error that cannot be read: " + err.Error())
	}
	return reason, nil
}

func clip(text string) string {
	if len(text) <= maxFaultText {
		return text
	}
	return strings.ToValidUTF8(text[:maxFaultText], "") + " ... (cut)"
}
