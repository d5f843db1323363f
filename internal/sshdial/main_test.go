package sshdial_test

import (
	"io"
	"net"
	"os"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
)

// proxyTo makes the test binary a proxy command that connects to an address.
const proxyTo = "FARSIDE_TEST_PROXY_TO"

func TestMain(m *testing.M) {
	if address := os.Getenv(proxyTo); address != "" {
		proxy(address)
	}
	farsidetest.Main(m)
}

func proxy(address string) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		os.Stderr.WriteString(err.Error() + "\n")
		os.Exit(1)
	}
	go func() { // ends with the process
		io.Copy(conn, os.Stdin)
		conn.(*net.TCPConn).CloseWrite()
	}()
	io.Copy(os.Stdout, conn)
	os.Exit(0)
}
