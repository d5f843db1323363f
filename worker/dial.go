package worker

import (
	"context"
	"fmt"
	"net"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

// dial connects to an address here and passes bytes between it and the near side
// until both have ended what they send.
func (w *server) dial(ch *channel.Channel) error {
	to, err := channel.Receive[request.Addr](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("worker: dial: the request: %w", err)
	}
	conn, err := new(net.Dialer).DialContext(ch.Context(), to.Net, to.Text)
	if err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	defer conn.Close()
	far, err := streamconn.Half(conn)
	if err != nil {
		return fmt.Errorf("worker: dial: %w", err)
	}
	stop := context.AfterFunc(ch.Context(), func() { conn.Close() })
	defer stop()
	err = ch.Send(ch.Context(), request.Dialed{Local: request.AddrOf(conn.LocalAddr()), Remote: request.AddrOf(conn.RemoteAddr())})
	if err != nil {
		return err
	}
	return w.pass(far, ch)
}

// pass passes bytes between a connection here and the near side.
func (w *server) pass(far streamconn.HalfCloser, ch *channel.Channel) error {
	if err := streamconn.Pass(far, streamconn.New(ch, far.RemoteAddr(), far.LocalAddr())); err != nil {
		return fmt.Errorf("worker: pass bytes of %s: %w", far.RemoteAddr(), err)
	}
	return nil
}
