package relay_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/relay"
)

func ignore(byte, []byte) {}

func TestConnTellsHowTheWorkerEnded(t *testing.T) {
	var p printed
	c, far := connPair(t, p.print)
	far.drain()
	go func() { // ends with the records
		far.Record(relay.KindOutput, []byte("\x01out"))
		far.Write([]byte("wire"))
		far.Record(relay.KindOutput, []byte("\x02err"))
		far.End(ended)
	}()
	if got, err := io.ReadAll(c); string(got) != "wire" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	if _, err := c.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("behind the end: %v", err)
	}
	exit, told := c.AwaitExit(hangs)
	if !told || exit.Code != 3 || exit.Stderr != "last" || c.LastWords() != "last" {
		t.Errorf("got %+v, %v", exit, told)
	}
	check(t, c.End(patiently(t)))
	if p.get(relay.Stdout) != "out" || p.get(relay.Stderr) != "err" {
		t.Errorf("printed %v", p.text)
	}
}

// C2 of output: it waits for whoever prints it, and nothing else does.
func TestOutputThatNobodyPrintsHoldsUpNoItem(t *testing.T) {
	var p printed
	c, far := connPair(t, p.print)
	took := far.drain()
	p.hold.Lock()
	go func() { // ends with the records
		for range relay.Window {
			far.Record(relay.KindOutput, []byte("\x01o"))
		}
		far.Write([]byte("item"))
		far.End(ended)
	}()
	if got, err := io.ReadAll(c); string(got) != "item" || err != nil {
		t.Errorf("read %q, %v", got, err)
	}
	p.hold.Unlock()
	check(t, c.End(patiently(t)))
	if got := p.get(relay.Stdout); got != strings.Repeat("o", relay.Window) {
		t.Errorf("printed %q", got)
	}
	if got := <-took; got != strings.Repeat("\x04\x00\x00\x01\x01", relay.Window) {
		t.Errorf("for %d records it said %q", relay.Window, got)
	}
}

// S5
func TestMoreOutputThanThereIsRoomForIsRefused(t *testing.T) {
	var p printed
	c, far := connPair(t, p.print)
	far.drain()
	p.hold.Lock()
	defer p.hold.Unlock()
	go func() { // ends with the pipe
		for far.Record(relay.KindOutput, []byte("\x02o")) == nil {
		}
	}()
	_, err := io.ReadAll(c)
	wantError(t, err, "more output came on stream 2 than there was room for")
}

// S5: what comes behind a bad record is not taken for anything.
func TestNothingIsReadBehindABadRecord(t *testing.T) {
	for name, bad := range map[string]string{
		"unknown": "\x4d\x00\x00\x00", "took": "\x04\x00\x00\x01\x01", "other stream": "\x03\x00\x00\x02\x09x", "stream 0": "\x03\x00\x00\x02\x00x",
	} {
		t.Run(name, func(t *testing.T) {
			var p printed
			c, far := connPair(t, p.print)
			far.drain()
			go func() { // ends with the pipe
				io.WriteString(far.conn, bad)
				far.Record(relay.KindOutput, []byte("\x01behind"))
				far.End(ended)
			}()
			_, err := c.Read(make([]byte, 1))
			wantError(t, err, "a record of kind")
			if _, again := c.Read(make([]byte, 1)); again != err {
				t.Errorf("read again: %v", again)
			}
			c.Close()
			c.End(patiently(t))
			if exit, told := c.AwaitExit(hangs); told || p.get(relay.Stdout) != "" {
				t.Errorf("told %+v, printed %q", exit, p.get(relay.Stdout))
			}
		})
	}
}

func TestBadReportIsNone(t *testing.T) {
	for _, body := range []string{"", "farside 1", "farside 1 exit=x", "farside 1 exit=99999999999999999999", "killed"} {
		c, far := connPair(t, ignore)
		go far.End(body) // ends with the pipe
		if _, err := io.ReadAll(c); err != nil {
			t.Error(err)
		}
		if exit, told := c.AwaitExit(hangs); told {
			t.Errorf("%q tells %+v", body, exit)
		}
	}
}

// G8: what the far side says last must not be lost to the Close that makes it say so.
func TestCloseInTheMiddleOfARecordLosesNothing(t *testing.T) {
	var b bytes.Buffer
	w := relay.NewWriter(&b)
	w.Record(relay.KindOutput, []byte("\x01out"))
	w.Write([]byte("unread"))
	w.End(ended)
	records := b.String()
	for n := range len(records) {
		var p printed
		c, far := connPair(t, p.print)
		far.drain()
		reading := make(chan error, 1)
		go func() { // ends with Close
			_, err := io.Copy(io.Discard, struct{ io.Reader }{c})
			reading <- err
		}()
		io.WriteString(far.conn, records[:n]) // returns when it was read
		check(t, c.Close())
		if err := <-reading; !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("after %d bytes the Read was interrupted with %v", n, err)
		}
		go io.WriteString(far.conn, records[n:]) // ends with the pipe
		check(t, c.End(patiently(t)))
		if exit, told := c.AwaitExit(hangs); !told || exit.Stderr != "last" || p.get(relay.Stdout) != "out" {
			t.Fatalf("cut after %d bytes: %+v, %v, printed %q", n, exit, told, p.get(relay.Stdout))
		}
	}
}

// watched is a connection that tells when it is about to be read.
type watched struct {
	net.Conn
	reads chan struct{}
}

func (w watched) Read(p []byte) (int, error) {
	w.reads <- struct{}{}
	return w.Conn.Read(p)
}

// G6
func TestKillDuringEndLosesNothing(t *testing.T) {
	here, there := net.Pipe()
	defer there.Close()
	conn := watched{here, make(chan struct{})}
	c := relay.NewConn(conn, relay.Buffered(conn), func() { here.Close() }, ignore)
	end := make(chan error, 1)
	go func() { end <- c.End(patiently(t)) }() // ends with the records
	for range 3 {
		<-conn.reads
		said := relay.NewReader(there)
		check(t, async(func() error { _, err := io.ReadAll(said); return err }, func() error { c.Kill(); return nil }))
		if said.EndBody() != "kill" {
			t.Errorf("it wished %q", said.EndBody())
		}
	}
	<-conn.reads
	check(t, relay.NewWriter(there).End(ended))
	check(t, <-end)
	if exit, told := c.AwaitExit(hangs); !told || exit.Code != 3 {
		t.Errorf("got %+v, %v", exit, told)
	}
}

// async runs two at once and gives their first error.
func async(other, f func() error) error {
	done := make(chan error, 1)
	go func() { done <- other() }() // ends with other
	return errors.Join(f(), <-done)
}

// G6: the other end takes nothing, and may have gone.
func TestCloseOnAStuckStreamIsBounded(t *testing.T) {
	for name, finish := range map[string]func(*relay.Conn){"close": func(c *relay.Conn) { c.Close() }, "kill": (*relay.Conn).Kill} {
		t.Run(name, func(t *testing.T) {
			c, _ := connPair(t, ignore)
			writing := make(chan error, 1)
			go func() { // ends with the stream
				_, err := c.Write([]byte("x"))
				writing <- err
			}()
			farsidetest.Within(t, hangs, name, func() { finish(c) })
			if err := <-writing; err == nil {
				t.Error("the Write came through")
			}
			check(t, c.End(patiently(t)))
		})
	}
}

// G6
func TestEndIsBoundedAndSaysSo(t *testing.T) {
	c, far := connPair(t, ignore)
	all := far.drain()
	check(t, c.Close())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantError(t, c.End(ctx), "did not tell that the far process has ended")
	if got := <-all; got != "\x02\x00\x00\x00" {
		t.Errorf("it said %q", got)
	}
}

// G6
func TestEndGivesUpAWriterThatBlocks(t *testing.T) {
	var p printed
	c, far := connPair(t, p.print)
	far.drain()
	p.hold.Lock()
	defer p.hold.Unlock()
	go func() { // ends with the records
		far.Record(relay.KindOutput, []byte("\x01o"))
		far.End(ended)
	}()
	if _, err := io.ReadAll(c); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	farsidetest.Within(t, hangs, "End", func() { c.End(ctx) })
}

// timedOut is a connection that the system has given up.
type timedOut struct{ net.Conn }

func (timedOut) Read([]byte) (int, error) {
	return 0, &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ETIMEDOUT)}
}

// G8: that is a time-out to look at, but not the kind by which Close interrupts.
func TestConnectionThatTheSystemGaveUpIsAnEnd(t *testing.T) {
	here, there := net.Pipe()
	defer there.Close()
	conn := timedOut{here}
	c := relay.NewConn(conn, relay.Buffered(conn), func() { here.Close() }, ignore)
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ETIMEDOUT) {
		t.Errorf("read: %v", err)
	}
	if exit, told := c.AwaitExit(time.Hour); told {
		t.Errorf("told %+v", exit)
	}
	farsidetest.Within(t, hangs, "End", func() { c.End(patiently(t)) })
}

// bytesConn is a connection from which some bytes come.
type bytesConn struct {
	net.Conn
	io.Reader
}

func (c bytesConn) Read(p []byte) (int, error)    { return c.Reader.Read(p) }
func (bytesConn) Write(p []byte) (int, error)     { return len(p), nil }
func (bytesConn) SetReadDeadline(time.Time) error { return nil }

func FuzzConn(f *testing.F) {
	for _, seed := range []string{
		"", "\x03\x00\x00\x02\x01x\x01\x00\x00\x01a\x02\x00\x00\x24" + ended, "\x4d\x00\x00\x00\x03\x00\x00\x02\x01x",
		"\x03\x00\x00\x02\x03x", "\x04\x00\x00\x01\x01", "\x02\x00\x00\x01x", strings.Repeat("\x03\x00\x00\x02\x02x", 20),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		var p printed
		conn := bytesConn{Reader: bytes.NewReader(sent)}
		c := relay.NewConn(conn, relay.Buffered(conn), func() {}, p.print)
		wire, err := io.ReadAll(c)
		c.Close()
		c.Kill()
		check(t, c.End(t.Context()))
		if _, told := c.AwaitExit(hangs); told && err != nil {
			t.Errorf("the end was told, and reading it gave %v", err)
		}
		if n := len(wire) + len(p.get(relay.Stdout)) + len(p.get(relay.Stderr)); n > len(sent) {
			t.Errorf("%d bytes came of %d", n, len(sent))
		}
	})
}
