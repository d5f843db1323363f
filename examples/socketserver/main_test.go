package main

import (
	"net"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
)

func TestMain(m *testing.M) {
	interp.Main()
	farsidetest.Main(m)
}

func Example() {
	main()
	// Output:
	// run behind a socket, on linux
}

func TestNoFreePortIsTold(t *testing.T) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).Port
	if err := run(t.Context(), port, port+1); err == nil || !strings.Contains(err.Error(), "none of the ports is free") {
		t.Errorf("got %v", err)
	}
}
