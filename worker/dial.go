package worker

import (
	"context"
	"fmt"
	"io"
	"net"
	"sync"

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
	err = ch.Send(ch.Context(), request.Dialed{Local: request.AddrOf(conn.LocalAddr()), Remote: request.AddrOf(conn.RemoteAddr())})
	if err != nil {
		return err
	}
	return w.pass(far, ch)
}

// pass passes bytes between a connection here and the near side, until both have ended
// what they send or the channel ends. If the near side has closed that in good order, what
// it sent before goes out first.
func (w *server) pass(far streamconn.HalfCloser, ch *channel.Channel) error {
	delivered := make(chan struct{})
	deliver := func() {
		if ch.Err() == io.EOF {
			select {
			case <-delivered:
			case <-w.mux.Done():
			}
		}
	}
	stop := context.AfterFunc(ch.Context(), func() {
		deliver()
		far.Close()
	})
	defer stop()
	to := &outlet{far, sync.OnceFunc(func() { close(delivered) })}
	err := streamconn.Pass(to, streamconn.New(ch, far.RemoteAddr(), far.LocalAddr()))
	deliver()
	if err != nil {
		return fmt.Errorf("worker: pass bytes of %s: %w", far.RemoteAddr(), err)
	}
	return nil
}

// An outlet is a connection that tells when no more is written to it.
type outlet struct {
	streamconn.HalfCloser
	delivered func()
}

func (o *outlet) Write(p []byte) (int, error) {
	n, err := o.HalfCloser.Write(p)
	if err != nil {
		o.delivered()
	}
	return n, err
}

func (o *outlet) CloseWrite() error {
	defer o.delivered()
	return o.HalfCloser.CloseWrite()
}
