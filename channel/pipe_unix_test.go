//go:build unix

package channel_test

import (
	"net"
	"os"
	"syscall"
	"testing"
)

// pipe gives the two ends of a byte stream with a buffer, as a process has it.
func pipe(t testing.TB) (net.Conn, net.Conn) {
	t.Helper()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	must(t, err)
	conn := func(fd int) net.Conn {
		syscall.CloseOnExec(fd)
		f := os.NewFile(uintptr(fd), "pair")
		defer f.Close()
		c, err := net.FileConn(f)
		must(t, err)
		t.Cleanup(func() { c.Close() })
		return c
	}
	return conn(fds[0]), conn(fds[1])
}
