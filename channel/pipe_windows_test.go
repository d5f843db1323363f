package channel_test

import (
	"net"
	"testing"
)

// pipe gives the two ends of a byte stream with a buffer.
func pipe(t testing.TB) (net.Conn, net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer listener.Close()
	a, err := net.Dial("tcp", listener.Addr().String())
	must(t, err)
	b, err := listener.Accept()
	must(t, err)
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}
