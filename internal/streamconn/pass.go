package streamconn

import (
	"fmt"
	"io"
	"net"
)

// A HalfCloser is a connection of which one direction can be ended, as those over TCP
// and Unix sockets can, and a [Conn].
type HalfCloser interface {
	net.Conn
	CloseWrite() error
}

// Half gives conn as a HalfCloser. One of datagrams is none.
func Half(conn net.Conn) (HalfCloser, error) {
	if half, ok := conn.(HalfCloser); ok {
		return half, nil
	}
	return nil, fmt.Errorf("a connection over %s is no stream of bytes", conn.RemoteAddr().Network())
}

// Pass passes bytes in both directions until both have ended, or one is broken. What
// is broken is not ended, since that would look like the end of what was sent. The
// caller closes both, which ends what still waits.
func Pass(a, b HalfCloser) error {
	ended := make(chan error, 2)
	for to, from := range map[HalfCloser]HalfCloser{a: b, b: a} {
		go func() { // ends with one of them
			_, err := io.Copy(to, from)
			if err == nil {
				to.CloseWrite()
			}
			ended <- err
		}()
	}
	for range 2 {
		if err := <-ended; err != nil {
			return err
		}
	}
	return nil
}
