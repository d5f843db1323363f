package socket_test

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/socket"
)

var errEnough = errors.New("that is enough")

// G10: wherever the server falls silent, the end of ctx ends the Open, which says
// where it was, and nothing of the connection stays.
func TestContextEndsEachStep(t *testing.T) {
	first := func(conn net.Conn) { conn.Read(make([]byte, 1)) }
	wanted := func(conn net.Conn) {
		read := relay.Buffered(conn)
		hello.ReadOpening(read)
		io.WriteString(conn, "farside 1"+system+"state=wanted\n")
		hello.ReadOpening(read) // the upload has begun
	}
	for name, c := range map[string]struct {
		secure bool
		until  func(conn net.Conn) // what the server does before it is silent
		stage  string
	}{
		"handshake":   {false, first, socket.StageAuthenticate},
		"in a record": {false, func(conn net.Conn) { first(conn); io.WriteString(conn, "\x16\x03\x03\x00") }, socket.StageAuthenticate},
		"answer":      {true, first, socket.StageAuthenticate},
		"half answer": {true, func(conn net.Conn) { io.WriteString(conn, "farside 1 state=") }, socket.StageAuthenticate},
		"upload":      {true, wanted, socket.StageUpload},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			gone := make(chan error, 1)
			serve := func(conn net.Conn) {
				c.until(conn)
				cancel(errEnough)
				_, err := io.Copy(io.Discard, conn) // ends when the near side has gone
				gone <- err
			}
			to := fake(t, serve)
			if c.secure {
				to = secured(t, serve)
			}
			farsidetest.Within(t, hangs, "Open", func() {
				_, err := socket.Open(ctx, to)
				wantStage(t, err, c.stage, errEnough.Error())
				if !errors.Is(err, errEnough) {
					t.Errorf("the cause is lost: %v", err)
				}
			})
			<-gone
		})
	}
}

// A black hole answers nothing at all.
func TestContextEndsDialling(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	to := fake(t, func(net.Conn) {})
	to.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) {
		cancel(errEnough)
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: ctx.Err()}
	}
	_, err := socket.Open(ctx, to)
	wantStage(t, err, socket.StageDial, errEnough.Error())
}

// The end of ctx may come when all is done but the return.
func TestContextThatEndsInTheLastMoment(t *testing.T) {
	for _, answer := range []string{"state=started", "state=started wire=own"} {
		for range 10 { // it may end before the wire is there or after
			endInTheLastMoment(t, answer)
		}
	}
}

// endInTheLastMoment hangs if a connection stays.
func endInTheLastMoment(t *testing.T, answer string) {
	gone := make(chan error, 1)
	ctx, cancel := context.WithCancelCause(t.Context())
	to := secured(t, func(conn net.Conn) {
		hello.ReadOpening(relay.Buffered(conn))
		io.WriteString(conn, "farside 1"+system+answer+"\n")
		_, err := io.Copy(io.Discard, conn) // ends when the near side has gone
		gone <- err
	})
	calls := 0
	to.Alive = func() {
		if calls++; calls == 2 { // after the handshake and after the answer
			cancel(errEnough)
		}
	}
	wire, err := socket.Open(ctx, to)
	if wire != nil {
		t.Error("it is open")
	}
	wantStage(t, err, socket.StageStart, errEnough.Error())
	<-gone
}
