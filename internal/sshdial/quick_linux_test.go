package sshdial_test

import (
	"net"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/sshdial"
)

// A side that answers all it is sent is taken by the system for one whose answers will
// carry the acknowledgements, and that makes sshd wait when there is no answer.
func TestServerIsNotLeftWaitingForAcknowledgements(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() { // ends with the connection
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		for buf := make([]byte, 1); err == nil; _, err = conn.Read(buf) {
			conn.Write(buf)
		}
	}()
	plain, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	conn := sshdial.Quick(plain)
	for range 100 {
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		if quick := quickAck(t, plain.(*net.TCPConn)); quick != 1 {
			t.Fatalf("acknowledgements are put off: TCP_QUICKACK is %d", quick)
		}
		conn.Write([]byte{1})
	}
}

func quickAck(t *testing.T, conn *net.TCPConn) (quick int) {
	t.Helper()
	raw, err := conn.SyscallConn()
	if err == nil {
		raw.Control(func(fd uintptr) {
			quick, err = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK)
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return quick
}
