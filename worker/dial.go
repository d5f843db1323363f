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
	stop := context.AfterFunc(ch.Context(), func() { conn.Close() })
	defer stop()
	err = ch.Send(ch.Context(), request.Dialed{Local: request.AddrOf(conn.LocalAddr()), Remote: request.AddrOf(conn.RemoteAddr())})
	if err != nil {
		return err
	}
	return pass(conn, streamconn.New(ch, conn.RemoteAddr(), conn.LocalAddr()))
}

// A stream is one that can be ended in one direction.
type stream interface {
	io.ReadWriter
	CloseWrite() error
}

// pass passes bytes in both directions until both have ended, or one is broken.
func pass(conn net.Conn, near stream) error {
	far, ok := conn.(stream)
	if !ok {
		return fmt.Errorf("worker: dial: a connection over %s is no stream of bytes", conn.RemoteAddr().Network())
	}
	var passing sync.WaitGroup
	errs := make([]error, 2)
	passing.Go(func() { // ends with near
		if _, errs[0] = io.Copy(far, near); errs[0] != nil {
			conn.Close()
			return
		}
		far.CloseWrite()
	})
	_, errs[1] = io.Copy(near, far)
	near.CloseWrite()
	passing.Wait()
	return errs[1]
}
