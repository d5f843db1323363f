package worker_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/worker"
)

// listening takes connections on this machine and serves each until it returns.
func listening(t *testing.T, serve func(conn *net.TCPConn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { // ends with the listener
		defer close(ended)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			serve(conn.(*net.TCPConn))
			conn.Close()
		}
	}()
	t.Cleanup(func() {
		l.Close()
		<-ended
	})
	return l.Addr().String()
}

// The answer, then bytes both ways, and the end of each way by itself.
func TestDialAsTheProtocolSays(t *testing.T) {
	heard := make(chan string, 1)
	from := make(chan string, 1)
	address := listening(t, func(conn *net.TCPConn) {
		from <- conn.RemoteAddr().String()
		all, _ := io.ReadAll(conn)
		heard <- string(all)
		conn.Write(bytes.Repeat([]byte("answer"), 100_000))
	})
	ch := serve(t, nil).ask(t, "dial", map[string]any{"network": "tcp", "address": address})
	dialed, err := channel.Receive[map[string]map[string]string](t.Context(), ch)
	local, remote := dialed["local"], dialed["remote"]
	if err != nil || remote["network"] != "tcp" || remote["address"] != address || local["address"] != <-from || len(dialed) != 2 {
		t.Fatalf("got %v, %v", dialed, err)
	}
	for _, part := range []string{"one ", "two"} {
		if err := ch.Send(t.Context(), []byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	if err := ch.CloseSend(); err != nil {
		t.Fatal(err)
	}
	if got := <-heard; got != "one two" {
		t.Errorf("there came %q", got)
	}
	if got, err := io.ReadAll(ch.Stream()); len(got) != 600_000 || err != nil {
		t.Errorf("%d bytes came back, %v", len(got), err)
	}
}

// Whoever writes to a connection and closes it has sent what was written, also if the end
// of the channel overtakes it and if the other end says something that nobody reads.
func TestCloseOfADialledConnectionLosesNothing(t *testing.T) {
	heard := make(chan string)
	address := listening(t, func(conn *net.TCPConn) {
		conn.Write([]byte("greeting"))
		all, _ := io.ReadAll(conn)
		heard <- string(all)
	})
	n := serve(t, nil)
	for range 100 {
		ch := n.ask(t, "dial", map[string]any{"network": "tcp", "address": address})
		if _, err := ch.Receive(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := ch.Send(t.Context(), []byte("last words")); err != nil {
			t.Fatal(err)
		}
		ch.Close()
		if got := <-heard; got != "last words" {
			t.Fatalf("there came %q", got)
		}
	}
}

func TestDialThatFails(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	n := serve(t, nil)
	for _, c := range []struct {
		first any
		want  string
	}{
		{map[string]any{"network": "tcp", "address": closed.Addr().String()}, "refused"},
		{map[string]any{"network": "tcp", "address": "nowhere"}, "missing port"},
		{map[string]any{"network": "nonsense", "address": "x"}, "unknown network"},
		{map[string]any{"network": "udp", "address": "127.0.0.1:9"}, "a connection over udp is no stream of bytes"},
		{"nonsense", "worker: dial: the request"},
	} {
		if err := end(t, n.ask(t, "dial", c.first)); err == io.EOF || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.first, err)
		}
	}
}

// What was cut must not look as if it had come whole.
func TestConnectionThatBreaksIsNoEnd(t *testing.T) {
	address := listening(t, func(conn *net.TCPConn) {
		io.WriteString(conn, "half")
		conn.Read(make([]byte, 1)) // until that has arrived
		conn.SetLinger(0)          // the end is a reset then
	})
	n := serve(t, nil)
	ch := n.ask(t, "dial", map[string]any{"network": "tcp", "address": address})
	if _, err := channel.Receive[any](t.Context(), ch); err != nil {
		t.Fatal(err)
	}
	s := ch.Stream()
	half := make([]byte, 4)
	if _, err := io.ReadFull(s, half); string(half) != "half" || err != nil {
		t.Fatalf("got %q, %v", half, err)
	}
	s.Write([]byte("x"))
	_, err := s.Read(half)
	var remote *channel.RemoteError
	if !errors.As(err, &remote) || !strings.Contains(remote.Text, "reset") {
		t.Errorf("read: %v", err)
	}
}

// Nothing of it stays over there, however the near side ends it.
func TestConnectionEndsWithItsChannel(t *testing.T) {
	for name, end := range map[string]func(n *near, ch *channel.Channel){
		"closed": func(_ *near, ch *channel.Channel) { ch.Close() }, "cancelled": func(_ *near, ch *channel.Channel) { ch.Cancel(nil) },
		"all ended": func(n *near, _ *channel.Channel) { n.Mux.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			gone := make(chan struct{}, 1)
			address := listening(t, func(conn *net.TCPConn) {
				io.Copy(io.Discard, conn)
				gone <- struct{}{}
			})
			n := serve(t, nil)
			ch := n.ask(t, "dial", map[string]any{"network": "tcp", "address": address})
			if _, err := channel.Receive[any](t.Context(), ch); err != nil {
				t.Fatal(err)
			}
			end(n, ch)
			<-gone
		})
	}
}

func TestListenAsTheProtocolSays(t *testing.T) {
	asked, ended := make(chan string, 1), make(chan struct{})
	n := serve(t, &worker.Options{SocketServer: func(ctx context.Context, address string, ready func(spec string) error) error {
		defer close(ended)
		asked <- address
		if err := ready("socket=here:1//key=k"); err != nil {
			return err
		}
		<-ctx.Done()
		return nil
	}})
	ch := n.ask(t, "serve", map[string]any{"address": "127.0.0.1:0"})
	if listening, err := channel.Receive[map[string]any](t.Context(), ch); err != nil || listening["spec"] != "socket=here:1//key=k" {
		t.Errorf("got %v, %v", listening, err)
	}
	if at := <-asked; at != "127.0.0.1:0" {
		t.Errorf("it listens at %s", at)
	}
	ch.Close()
	<-ended
}

func TestListenThatFails(t *testing.T) {
	err := end(t, serve(t, nil).ask(t, "serve", map[string]any{"address": "127.0.0.1:0"}))
	if err == io.EOF || !strings.Contains(err.Error(), "runs no socket server") || !strings.Contains(err.Error(), "interp.Main") {
		t.Errorf("without one: %v", err)
	}
	n := serve(t, &worker.Options{SocketServer: func(context.Context, string, func(string) error) error {
		return errors.New("that port is taken")
	}})
	if err := end(t, n.ask(t, "serve", map[string]any{"address": "x"})); err == io.EOF || !strings.Contains(err.Error(), "that port is taken") {
		t.Errorf("got %v", err)
	}
	if err := end(t, n.ask(t, "serve", 7)); err == io.EOF || !strings.Contains(err.Error(), "worker: serve: the request") {
		t.Errorf("got %v", err)
	}
}
