package framed

import (
	"bufio"
	"errors"
	"fmt"

	"github.com/farside-go/farside/internal/batch"
	"github.com/farside-go/farside/internal/protocol"
	"github.com/farside-go/farside/internal/wire"
)

// control is the stream of its own on which the two muxes talk about channels,
// so that bindings and ends never wait behind items.
type control struct {
	m        *Mux
	attached chan struct{} // closed when stream is set
	handled  chan struct{} // closed when no more messages are handled
	stream   stream
	out      batch.Writer
}

func newControl(m *Mux) *control {
	c := &control{m: m, attached: make(chan struct{}), handled: make(chan struct{})}
	c.out = batch.New(c, 0, m.goroutines) // nobody waits: only PutNow is used
	return c
}

func (c *control) attach(s wire.Stream) {
	c.stream = stream{s, c.m}
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
		c.stream.Interrupt()
	}
	<-c.handled
}

// send queues a message without waiting.
func (c *control) send(kind byte, id uint32, body []byte) error {
	return c.out.PutNow(protocol.Message{Kind: kind, ID: id, Body: body}.Encode())
}

// read handles the other side's messages until the stream ends. It runs on a
// goroutine of the mux and never waits for a channel.
func (c *control) read() error {
	in := bufio.NewReader(c.stream)
	for {
		msg, err := protocol.ReadMessage(in)
		if err != nil {
			return err
		}
		if err := c.handle(msg); err != nil {
			return err
		}
	}
}

func (c *control) handle(msg protocol.Message) error {
	ch, err := c.m.lookup(msg.ID)
	if err != nil {
		if errors.Is(err, errNeverOpened) {
			return protocol.Violation(fmt.Sprintf("a control message about channel %d, which was never opened", msg.ID))
		}
		return nil // it ended here while the message was on its way
	}
	switch msg.Kind {
	case protocol.ControlOpen:
		return c.m.announced(ch, msg.Body)
	case protocol.ControlClose, protocol.ControlCancel:
		reason, err := c.m.cfg.DecodeFault(msg.Body)
		if err != nil {
			return protocol.Violation("an error that cannot be read: " + err.Error())
		}
		if msg.Kind == protocol.ControlClose {
			ch.closedByPeer(reason)
		} else {
			ch.cancelled(reason)
		}
		return nil
	case protocol.ControlBind, protocol.ControlBound:
		return ch.owner.Message(msg.Kind, msg.Body)
	}
	if msg.Kind < protocol.ControlOption {
		return protocol.Violation(fmt.Sprintf("a control message of the unknown kind %d", msg.Kind))
	}
	return nil
}
