package sshdial

import (
	"net"
	"syscall"
)

// quick acknowledges at once whatever comes. OpenSSH's server leaves Nagle's algorithm
// on: it holds a small packet back until the one before it is acknowledged, which a
// system whose program has nothing to say puts off by 40 ms. That is longer than all
// else between a warm open and its first result.
func quick(conn net.Conn) net.Conn {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return conn
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return conn
	}
	return &quickConn{tcp, raw}
}

type quickConn struct {
	*net.TCPConn
	raw syscall.RawConn
}

// Read asks for it each time, since the system takes it for the wish of a moment.
func (c *quickConn) Read(p []byte) (int, error) {
	n, err := c.TCPConn.Read(p)
	c.raw.Control(func(fd uintptr) { syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1) })
	return n, err
}
