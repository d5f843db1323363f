package wire

import (
	"encoding/binary"
	"io"
	"net"
)

const (
	muxHeader = 12       // a yamux frame header
	joinLimit = 32 << 10 // longer bodies are cheaper to write than to copy
)

// joinConn joins the header and the body of a yamux frame into one write: yamux
// writes them one after the other, which costs a system call and, unjoined,
// wakes the reader twice. It also tells of the end before yamux acts on it.
//
// Write is only ever called by the one goroutine of yamux that sends.
type joinConn struct {
	io.ReadWriteCloser
	ended    func()                  // called when nothing more is read
	together func(a, b []byte) error // writes two buffers in one go; nil if there is no way
	frame    []byte                  // a header that waits for its body, and room to join them
}

func newJoinConn(conn io.ReadWriteCloser, ended func()) *joinConn {
	return &joinConn{ReadWriteCloser: conn, ended: ended, together: writeTogether(conn)}
}

func (c *joinConn) Read(p []byte) (int, error) {
	n, err := c.ReadWriteCloser.Read(p)
	if n == 0 && err != nil {
		c.ended() // all that came before has been handled
	}
	return n, err
}

func (c *joinConn) Close() error {
	c.ended()
	return c.ReadWriteCloser.Close()
}

// Write holds back the header of a frame that has a body.
func (c *joinConn) Write(p []byte) (int, error) {
	if len(c.frame) == 0 {
		if !announcesBody(p) {
			return c.ReadWriteCloser.Write(p)
		}
		c.frame = append(c.frame, p...)
		return len(p), nil
	}
	err := c.writeFrame(p)
	c.frame = c.frame[:0]
	if err != nil {
		return 0, err
	}
	return len(p), nil
}

func (c *joinConn) writeFrame(body []byte) error {
	switch {
	case len(body) <= joinLimit:
		c.frame = append(c.frame, body...)
		_, err := c.ReadWriteCloser.Write(c.frame)
		return err
	case c.together != nil:
		return c.together(c.frame, body)
	}
	if _, err := c.ReadWriteCloser.Write(c.frame); err != nil {
		return err
	}
	_, err := c.ReadWriteCloser.Write(body)
	return err
}

// writeTogether gives how a byte stream writes two buffers in one go, or nil.
func writeTogether(conn io.ReadWriteCloser) func(a, b []byte) error {
	switch conn := conn.(type) {
	case *net.TCPConn, *net.UnixConn:
		return func(a, b []byte) error {
			both := net.Buffers{a, b}
			_, err := both.WriteTo(conn)
			return err
		}
	case interface{ WriteTogether(a, b []byte) error }:
		return conn.WriteTogether
	}
	return nil
}

// announcesBody reports whether p is the header of a data frame that has a body.
func announcesBody(p []byte) bool {
	const typeData = 0
	return len(p) == muxHeader && p[1] == typeData && binary.BigEndian.Uint32(p[8:]) > 0
}
