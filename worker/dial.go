package worker

import (
	"context"
	"fmt"
	"io"
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
	far, ok := conn.(stream)
	if !ok {
		return fmt.Errorf("worker: dial: a connection over %s is no stream of bytes", to.Net)
	}
	stop := context.AfterFunc(ch.Context(), func() { conn.Close() })
	defer stop()
	err = ch.Send(ch.Context(), request.Dialed{Local: request.AddrOf(conn.LocalAddr()), Remote: request.AddrOf(conn.RemoteAddr())})
	if err != nil {
		return err
	}
	return pass(far, streamconn.New(ch, conn.RemoteAddr(), conn.LocalAddr()))
}

// A stream is one that can be ended in one direction.
type stream interface {
	io.ReadWriter
	CloseWrite() error
}

// pass passes bytes in both directions until both have ended, or one is broken. What
// is broken is not ended, since that would look like the end of what was sent; the
// caller closes both.
func pass(far, near stream) error {
	ended := make(chan error, 2)
	for to, from := range map[stream]stream{far: near, near: far} {
		go func() { // ends with both
			_, err := io.Copy(to, from)
			if err == nil {
				to.CloseWrite()
			}
			ended <- err
		}()
	}
	for range 2 {
		if err := <-ended; err != nil {
			return fmt.Errorf("worker: dial: %w", err)
		}
	}
	return nil
}
