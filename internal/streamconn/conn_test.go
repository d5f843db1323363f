package streamconn_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// connPair gives the two ends of a connection over a channel.
func connPair(t *testing.T) (near, far *streamconn.Conn) {
	t.Helper()
	a, b := net.Pipe()
	made := make(chan *channel.Mux, 1)
	go func() { // ends with the mux
		m, err := channel.NewMux(b, channel.Far, nil)
		if err != nil {
			t.Error(err)
		}
		made <- m
	}()
	nm, err := channel.NewMux(a, channel.Near, nil)
	check(t, err)
	fm := <-made
	t.Cleanup(func() { nm.Close(); fm.Close() })
	here, err := nm.Open(context.Background(), "conn")
	check(t, err)
	there, err := fm.Accept(t.Context())
	check(t, err)
	at, to := request.Addr{Net: "tcp", Text: "here:1"}, request.Addr{Net: "tcp", Text: "there:2"}
	return streamconn.New(here, at, to), streamconn.New(there, to, at)
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.Is(err, os.ErrDeadlineExceeded) && errors.As(err, &timeout) && timeout.Timeout()
}

func TestAddresses(t *testing.T) {
	near, far := connPair(t)
	if near.LocalAddr().String() != "here:1" || near.RemoteAddr().String() != "there:2" || far.LocalAddr().Network() != "tcp" {
		t.Errorf("from %v to %v", near.LocalAddr(), near.RemoteAddr())
	}
}

// What golang.org/x/net/nettest calls BasicIO: all bytes, in order, both ways, and
// io.EOF at the end.
func TestBytesComeWholeBothWays(t *testing.T) {
	near, far := connPair(t)
	const size = 8 << 20
	sum := func(r io.Reader) (s [32]byte) {
		h := sha256.New()
		if n, err := io.Copy(h, r); n != size || err != nil {
			t.Errorf("%d bytes came, %v", n, err)
		}
		return [32]byte(h.Sum(nil))
	}
	source := func(seed byte) io.Reader { return io.LimitReader(rand.NewChaCha8([32]byte{seed}), size) }
	var both sync.WaitGroup
	for i, c := range []*streamconn.Conn{near, far} {
		both.Go(func() { // ends with the source
			if _, err := io.Copy(c, source(byte(i))); err != nil {
				t.Error(err)
			}
			c.CloseWrite()
		})
		both.Go(func() { // ends with the other's
			if sum(c) != sum(source(byte(1-i))) {
				t.Error("other bytes came")
			}
		})
	}
	both.Wait()
}

// RacyRead: deadlines pass while several read. The race detector sees more.
func TestReadsAtOnceGetBytesOfTheirOwn(t *testing.T) {
	near, far := connPair(t)
	sent := bytes.Repeat([]byte("0123456789"), 100_000)
	go func() { // ends with the connection
		near.Write(sent)
		near.CloseWrite()
	}()
	var mu sync.Mutex
	var got int
	var counts [256]int
	var reading sync.WaitGroup
	for range 8 {
		reading.Go(func() { // ends with the bytes
			for buf := make([]byte, 1000); ; {
				n, err := far.Read(buf)
				mu.Lock()
				got += n
				for _, b := range buf[:n] {
					counts[b]++
				}
				mu.Unlock()
				switch {
				case isTimeout(err):
					far.SetReadDeadline(time.Now().Add(time.Millisecond))
				case err == io.EOF:
					return
				case err != nil:
					t.Error(err)
					return
				}
			}
		})
	}
	for range 100 {
		far.SetReadDeadline(time.Unix(1, 0))
	}
	reading.Wait()
	if got != len(sent) || counts['0'] != 100_000 || counts['9'] != 100_000 {
		t.Errorf("%d bytes came of %d: %v", got, len(sent), counts['0':'9'+1])
	}
}

// RacyWrite: what one Write writes stays together, however long it is.
func TestWritesAtOnceStayTogether(t *testing.T) {
	near, far := connPair(t)
	const size = 300_000
	var writing sync.WaitGroup
	for i := range 4 {
		writing.Go(func() { // ends with the reader
			if _, err := near.Write(bytes.Repeat([]byte{byte('a' + i)}, size)); err != nil {
				t.Error(err)
			}
		})
	}
	go func() { // ends with the writers
		writing.Wait()
		near.CloseWrite()
	}()
	got, err := io.ReadAll(far)
	check(t, err)
	for i := 0; i < len(got); i += size {
		if len(bytes.Trim(got[i:i+size], string(got[i:i+1]))) > 0 {
			t.Fatalf("bytes of others are among those from %d on", i)
		}
	}
	if len(got) != 4*size {
		t.Errorf("%d bytes came", len(got))
	}
}

// PresentTimeout, with both directions blocked.
func TestDeadlineEndsWhatWaits(t *testing.T) {
	near, _ := connPair(t)
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if n, err := near.Read(make([]byte, 1)); n != 0 || !isTimeout(err) {
			t.Errorf("read %d, %v", n, err)
		}
	})
	waiting.Go(func() {
		if n, err := near.Write(make([]byte, 64<<20)); n == 64<<20 || !isTimeout(err) {
			t.Errorf("wrote %d, %v", n, err)
		}
	})
	near.SetDeadline(time.Now().Add(10 * time.Millisecond)) // whenever it passes
	waiting.Wait()
}

// CloseTimeout
func TestCloseEndsWhatWaits(t *testing.T) {
	near, far := connPair(t)
	near.SetDeadline(time.Now().Add(time.Hour))
	var waiting sync.WaitGroup
	waiting.Go(func() {
		if _, err := io.Copy(io.Discard, near); err == nil || isTimeout(err) {
			t.Errorf("read: %v", err)
		}
	})
	waiting.Go(func() {
		for {
			if _, err := near.Write(make([]byte, 1024)); err != nil {
				return
			}
		}
	})
	if _, err := far.Read(make([]byte, 1)); err != nil {
		t.Error(err)
	}
	check(t, near.Close())
	waiting.Wait()
	if _, err := io.Copy(io.Discard, far); err != nil {
		t.Errorf("the other end: %v", err)
	}
}

// ConcurrentMethods
func TestAllMethodsAtOnce(t *testing.T) {
	near, far := connPair(t)
	go io.Copy(far, struct{ io.Reader }{far}) // ends with the connection
	var calling sync.WaitGroup
	for range 50 {
		for _, f := range []func(){
			func() { near.Read(make([]byte, 100)) },
			func() { near.Write(make([]byte, 10)) },
			func() { near.SetDeadline(time.Now().Add(time.Millisecond)) },
			func() { near.SetReadDeadline(time.Now().Add(time.Millisecond)) },
			func() { near.SetWriteDeadline(time.Now().Add(time.Millisecond)) },
			func() { near.LocalAddr() },
			func() { near.RemoteAddr() },
		} {
			calling.Go(f)
		}
	}
	calling.Wait()
}
