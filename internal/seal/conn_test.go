package seal_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/farside-go/farside/internal/seal"
)

// However bytes are written, and in whatever pieces they come.
func TestBytesComeWhole(t *testing.T) {
	sent := make([]byte, 1<<20)
	rand.Read(sent)
	to := &tape{}
	c := seal.New(to, secret, true)
	for rest, n := sent, 0; len(rest) > 0; n = 2*n + 1 {
		n = min(n, len(rest))
		head := min(n, 12)
		if n%3 == 0 {
			wrote, err := c.Write(rest[:n])
			if check(t, err); wrote != n {
				t.Fatalf("%d of %d bytes were written", wrote, n)
			}
		} else {
			check(t, c.WriteTogether(rest[:head], rest[head:n]))
		}
		rest = rest[n:]
	}
	for name, pieces := range map[string]func(io.Reader) io.Reader{
		"at once":               func(r io.Reader) io.Reader { return r },
		"half":                  iotest.HalfReader,
		"bytes":                 iotest.OneByteReader,
		"the end with the last": iotest.DataErrReader,
	} {
		from := pieces(bytes.NewReader(to.to.Bytes()))
		if err := iotest.TestReader(seal.New(&tape{from: from}, secret, false), sent); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBothDirections(t *testing.T) {
	here, there := net.Pipe()
	near, far := seal.New(here, secret, true), seal.New(there, secret, false)
	go func() { // ends with the pipe
		io.Copy(far, far)
		far.Close()
	}()
	for _, body := range []string{"one", strings.Repeat("two", 100_000)} {
		wrote := make(chan error, 1)
		go func() { // ends with the pipe
			_, err := near.Write([]byte(body))
			wrote <- err
		}()
		got := make([]byte, len(body))
		_, err := io.ReadFull(near, got)
		check(t, err)
		check(t, <-wrote)
		if string(got) != body {
			t.Error("other bytes came back")
		}
	}
	check(t, near.Close())
}

// A header and a body, and what is written together, take one system call.
func TestWrittenInOneGo(t *testing.T) {
	to := &tape{}
	c := seal.New(to, secret, true)
	_, err := c.Write([]byte("small"))
	check(t, err)
	check(t, c.WriteTogether(make([]byte, 12), make([]byte, 128<<10)))
	if to.writes != 2 {
		t.Errorf("two calls came to %d writes", to.writes)
	}
	_, err = c.Write(nil)
	check(t, err)
	if to.writes != 2 {
		t.Error("nothing was written as something")
	}
}

func TestRecordsTakeNoMemory(t *testing.T) {
	body, into := make([]byte, 100), make([]byte, 100)
	loop := &tape{}
	loop.from = &loop.to
	c, d := seal.New(loop, secret, true), seal.New(loop, secret, false)
	once := func() {
		c.Write(body)
		if n, err := d.Read(into); n != len(body) || err != nil {
			t.Fatalf("%d bytes, %v", n, err)
		}
	}
	once()
	if n := testing.AllocsPerRun(1000, once); n != 0 {
		t.Errorf("a record takes %v allocations", n)
	}
}

// What is being read goes on after a deadline.
func TestDeadlineInTheMiddleLosesNothing(t *testing.T) {
	from := &impatient{from: bytes.NewReader(sealed(t, true, "one", "two"))}
	c := seal.New(&tape{from: from}, secret, false)
	var got []byte
	into := make([]byte, 2)
	for {
		n, err := c.Read(into)
		got = append(got, into[:n]...)
		if err == io.EOF {
			break
		}
		if err != nil && err != os.ErrDeadlineExceeded {
			t.Fatal(err)
		}
	}
	if string(got) != "onetwo" {
		t.Errorf("got %q", got)
	}
}

// An impatient reader gives a byte each second time.
type impatient struct {
	from  io.Reader
	calls int
}

func (r *impatient) Read(p []byte) (int, error) {
	if r.calls++; r.calls%2 == 1 {
		return 0, os.ErrDeadlineExceeded
	}
	return r.from.Read(p[:1])
}

func TestWriteErrorStays(t *testing.T) {
	to := &tape{broken: errors.New("broken")}
	c := seal.New(to, secret, true)
	if _, err := c.Write([]byte("x")); err != to.broken {
		t.Errorf("write gives %v", err)
	}
	to.broken = nil
	if _, err := c.Write([]byte("y")); err == nil || to.writes > 0 {
		t.Errorf("behind a record that may have gone in part another one went, %v", err)
	}
}

// The other end learns of the end also if somebody else holds the connection too.
func TestCloseEndsAConnectionThatIsHeldElsewhere(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	defer l.Close()
	here, err := net.Dial("tcp", l.Addr().String())
	check(t, err)
	there, err := l.Accept()
	check(t, err)
	defer there.Close()
	held, err := here.(*net.TCPConn).File()
	check(t, err)
	defer held.Close()
	near, far := seal.New(here, secret, true), seal.New(there, secret, false)
	_, err = near.Write([]byte("last"))
	check(t, err)
	check(t, near.Close())
	there.SetReadDeadline(time.Now().Add(30 * time.Second))
	if got, err := io.ReadAll(far); string(got) != "last" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}
