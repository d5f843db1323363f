package wire_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync/atomic"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/wire"
)

// A countingConn counts the writes to a byte stream.
type countingConn struct {
	net.Conn
	writes atomic.Int64
}

func (c *countingConn) Write(p []byte) (int, error) {
	c.writes.Add(1)
	return c.Conn.Write(p)
}

func config(near bool, ended func()) *wire.Config {
	return &wire.Config{Near: near, Window: 512 << 10, KeepAlive: time.Hour, Logger: slog.New(slog.DiscardHandler), Ended: ended}
}

// sessions gives two sessions on one byte stream, and the near end of it.
func sessions(t *testing.T) (near, far *wire.Session, conn *countingConn) {
	t.Helper()
	a, b := net.Pipe()
	conn = &countingConn{Conn: a}
	near = start(t, conn, config(true, func() {}))
	far = start(t, b, config(false, func() {}))
	return near, far, conn
}

func start(t *testing.T, conn net.Conn, cfg *wire.Config) *wire.Session {
	t.Helper()
	s, err := wire.Start(conn, cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// streams gives the two ends of a stream.
func streams(t *testing.T, near, far *wire.Session) (x, y wire.Stream) {
	t.Helper()
	x, err := near.Open()
	if err != nil {
		t.Fatal(err)
	}
	y, err = far.Accept()
	if err != nil {
		t.Fatal(err)
	}
	if x.ID() != y.ID() {
		t.Errorf("stream %d is stream %d on the other side", x.ID(), y.ID())
	}
	return x, y
}

// send writes data on x beside reading it on y, since the pipe has no buffer.
func send(t *testing.T, x, y wire.Stream, data []byte) {
	t.Helper()
	got, written := make([]byte, len(data)), make(chan error, 1)
	go func() { // ends with the read
		_, err := x.Write(data)
		written <- err
	}()
	if _, err := io.ReadFull(y, got); err != nil || !bytes.Equal(got, data) {
		t.Fatalf("%d bytes came otherwise, %v", len(data), err)
	}
	if err := <-written; err != nil {
		t.Fatal(err)
	}
}

// A header by itself costs a system call and wakes the other side in vain.
func TestHeaderAndBodyAreOneWrite(t *testing.T) {
	near, far, conn := sessions(t)
	x, y := streams(t, near, far)
	send(t, x, y, make([]byte, 100))
	before := conn.writes.Load()
	const times = 10
	for range times {
		send(t, x, y, make([]byte, 100))
	}
	if n := conn.writes.Load() - before; n != times {
		t.Errorf("%d small writes took %d of the byte stream", times, n)
	}
	send(t, x, y, bytes.Repeat([]byte("0123456789"), 50_000))
}

func TestInterruptEndsAReadAndKeepsTheBytes(t *testing.T) {
	near, far, _ := sessions(t)
	x, y := streams(t, near, far)
	interrupted := make(chan error, 1)
	go func() { // ends with the interruption
		_, err := y.Read(make([]byte, 1))
		interrupted <- err
	}()
	y.Interrupt()
	if err := <-interrupted; !wire.Interrupted(err) || wire.Ended(err) || wire.Stuck(err) {
		t.Errorf("Read gives %v", err)
	}
	if _, err := y.Read(make([]byte, 1)); !wire.Interrupted(err) {
		t.Errorf("a later Read gives %v", err)
	}
	y.Resume()
	send(t, x, y, []byte("after"))
}

func TestEndOfTheByteStreamIsToldOnceAndEndsReads(t *testing.T) {
	a, b := net.Pipe()
	told := make(chan int, 10)
	near := start(t, a, config(true, func() { told <- 1 }))
	far := start(t, b, config(false, func() {}))
	x, _ := streams(t, near, far)
	reading := make(chan error, 1)
	go func() { // ends with the byte stream
		_, err := x.Read(make([]byte, 1))
		reading <- err
	}()
	b.Close()
	<-near.Ending()
	<-near.Closed()
	near.Close()
	if err := <-reading; !wire.Ended(err) {
		t.Errorf("a blocked Read gives %v", err)
	}
	x.Release()
	x.Resume()
	if _, err := x.Read(make([]byte, 1)); !wire.Ended(err) {
		t.Errorf("a later Read gives %v", err)
	}
	if !near.Ends() || len(told) != 1 {
		t.Errorf("the end was told %d times", len(told))
	}
}

// C7: the end of the byte stream must not look like the orderly end of a channel.
func TestLossIsNotEOF(t *testing.T) {
	if err := wire.LossCause(io.EOF); errors.Is(err, io.EOF) {
		t.Errorf("the cause is %v", err)
	}
	broken := errors.New("broken")
	if err := wire.LossCause(broken); err != broken {
		t.Errorf("the cause is %v", err)
	}
}
