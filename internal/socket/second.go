package socket

import (
	"context"
	"errors"
	"io"
	"net"

	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/seal"
)

// A second is the connection that is offered for the worker's wire. It is dialled while
// the first one shakes hands, so that nothing waits for it, and what passes on only one
// connection passes on the first.
type second struct {
	ticket *opening.Ticket
	cancel context.CancelFunc
	done   chan struct{} // closed when conn is there, or will not be
	conn   net.Conn      // nil if it cannot be had, or was taken
}

// dialSecond begins to dial, and shows the ticket. drop comes in the end.
func (s *Settings) dialSecond(ctx context.Context) *second {
	ctx, cancel := context.WithCancel(ctx)
	second := &second{ticket: opening.NewTicket(), cancel: cancel, done: make(chan struct{})}
	go func() { // ends with ctx
		defer close(second.done)
		conn, err := s.Dial(ctx, s.Network, s.Address)
		if err != nil {
			return
		}
		stop := context.AfterFunc(ctx, func() { conn.Close() })
		err = second.ticket.Show(conn)
		if !stop() || err != nil {
			conn.Close()
			return
		}
		second.conn = conn
	}()
	return second
}

// failed reports whether it is known already that there is none.
func (c *second) failed() bool {
	select {
	case <-c.done:
		return c.conn == nil
	default:
		return false
	}
}

// take makes the worker's wire of it. first is the connection on which the server said
// that it is used.
func (c *second) take(ctx context.Context, first net.Conn) (io.ReadWriteCloser, error) {
	select {
	case <-c.done:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	conn := c.conn
	c.conn = nil
	if conn == nil {
		return nil, errors.New("the server uses a second connection that was not made")
	}
	secured, ok := first.(*pin.Conn)
	if !ok {
		return conn, nil
	}
	secret, err := secured.Secret(c.ticket[:])
	if err != nil {
		conn.Close()
		return nil, err
	}
	return seal.New(conn, secret, true), nil
}

// drop gives it up, unless it was taken.
func (c *second) drop() {
	c.cancel()
	<-c.done
	if c.conn != nil {
		c.conn.Close()
	}
}
