package worker

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

// listen takes connections at an address here, as long as the near side wants them,
// and hands each to it.
func (w *server) listen(ch *channel.Channel) error {
	at, err := channel.Receive[request.Addr](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("worker: listen: the request: %w", err)
	}
	l, err := new(net.ListenConfig).Listen(ch.Context(), at.Net, at.Text)
	if err != nil {
		return fmt.Errorf("worker: %w", err)
	}
	defer l.Close()
	stop := context.AfterFunc(ch.Context(), func() { l.Close() })
	defer stop()
	if err := ch.Send(ch.Context(), request.AddrOf(l.Addr())); err != nil {
		return err
	}
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return nil
		}
		if err == nil {
			err = w.hand(ch, conn)
		}
		if err != nil {
			return fmt.Errorf("worker: listen: %w", err)
		}
	}
}

// hand gives the near side a connection on a channel of its own, which the end of the
// listener does not touch.
func (w *server) hand(ch *channel.Channel, conn net.Conn) error {
	far, err := streamconn.Half(conn)
	if err != nil {
		conn.Close()
		return err
	}
	own, err := w.mux.New(ch.Context())
	if err == nil {
		err = ch.Send(ch.Context(), request.Accepted{
			Channel: own, Local: request.AddrOf(conn.LocalAddr()), Remote: request.AddrOf(conn.RemoteAddr()),
		})
	}
	if err != nil {
		conn.Close()
		return err
	}
	w.goroutines.Go(func() { // ends with the connection or its channel
		defer conn.Close()
		own.CloseWithError(w.pass(far, own))
	})
	return nil
}
