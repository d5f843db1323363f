package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
)

// echo listens and sends back what comes.
func echo(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() { // ends with the listener
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { // ends with the connection
				defer conn.Close()
				io.Copy(conn, conn)
			}()
		}
	}()
	return l.Addr().String()
}

func TestForwardBothWays(t *testing.T) {
	to := echo(t)
	host, port, _ := net.SplitHostPort(to)
	tunnel := "0:" + host + ":" + port
	for name, flags := range map[string][2][]string{"-L": {{tunnel}, nil}, "-R": {nil, {tunnel}}} {
		t.Run(name, func(t *testing.T) {
			far := &farSide{}
			var err error
			if far.Gateway, err = far.group.Open(t.Context(), "popen", farsidetest.Options(t, nil)); err != nil {
				t.Fatal(err)
			}
			defer far.Close()
			out, printed := io.Pipe()
			ctx, interrupt := context.WithCancelCause(t.Context())
			ended := make(chan error, 1)
			go func() { // ends with ctx
				ended <- forward(ctx, far, flags[0], flags[1], &terminal{out: printed, err: t.Output()})
			}()
			line, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			from := strings.Fields(line)[1]
			if !strings.HasSuffix(line, " to "+to+"\n") {
				t.Errorf("it prints %q", line)
			}
			conn, err := net.Dial("tcp", from)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			io.WriteString(conn, "there and back")
			conn.(*net.TCPConn).CloseWrite()
			if got, err := io.ReadAll(conn); string(got) != "there and back" || err != nil {
				t.Errorf("got %q, %v", got, err)
			}
			why := &exitError{exitInterrupted}
			interrupt(why)
			if err := <-ended; !errors.Is(err, why) {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

func TestTunnelIsRead(t *testing.T) {
	for text, want := range map[string][2]string{
		"8080:localhost:80":       {"127.0.0.1:8080", "localhost:80"},
		"0.0.0.0:8080:h:80":       {"0.0.0.0:8080", "h:80"},
		":8080:h:80":              {":8080", "h:80"},
		"8080:[::1]:80":           {"127.0.0.1:8080", "[::1]:80"},
		"[::1]:8080:[fe80::1]:80": {"[::1]:8080", "[fe80::1]:80"},
		"80":                      {},
		"80:h":                    {},
		"a:b:c:d:e":               {},
		"":                        {},
		"[::1:80:h:80":            {},
	} {
		from, to, err := splitTunnel(text)
		if (err == nil) != (want[0] != "") || !slices.Equal([]string{from, to}, want[:]) {
			t.Errorf("%q: got %q to %q, %v; want %q", text, from, to, err, want)
		}
	}
}

func FuzzSplitTunnel(f *testing.F) {
	f.Add("8080:[::1]:80")
	f.Add("[")
	f.Fuzz(func(_ *testing.T, text string) { splitTunnel(text) })
}
