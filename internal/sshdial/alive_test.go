package sshdial_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshdial"
)

// overPipe opens a client in a bubble of time to a server that answers while alive
// says so. The function that is given ends the server.
func overPipe(t *testing.T, config string, alive func() bool) (*sshdial.Client, func()) {
	t.Helper()
	h := newHome(t)
	user, host := newKey(t), newKey(t)
	h.save("id_ed25519", user, "")
	h.write("known_hosts", knownLine("far", 22, host))
	settings := h.settings("me@far", config)
	near, far := bufferedPipe()
	settings.Dial = func(context.Context, string, string) (net.Conn, error) { return near, nil }
	serverConfig := &ssh.ServerConfig{NoClientAuth: true}
	serverConfig.AddHostKey(host)
	var work sync.WaitGroup
	work.Go(func() { // ends with the pipe
		_, _, requests, err := ssh.NewServerConn(far, serverConfig)
		if err != nil {
			t.Error(err)
			return
		}
		for request := range requests {
			if alive() {
				request.Reply(false, nil) // as sshd does
			}
		}
	})
	c := open(t, settings)
	return c, func() {
		c.Close()
		far.Close()
		work.Wait()
	}
}

func TestSilentServerIsNoticedWithinHalfAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, end := overPipe(t, "", func() bool { return false })
		defer end()
		start := time.Now()
		<-c.Done()
		if took := time.Since(start); !errors.Is(c.Err(), sshdial.ErrSilent) || took > 30*time.Second {
			t.Errorf("after %v: %v", took, c.Err())
		}
	})
}

func TestServerThatAnswersStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		c, end := overPipe(t, "", func() bool { asked.Add(1); return true })
		defer end()
		time.Sleep(time.Hour)
		if c.Err() != nil || asked.Load() < 100 {
			t.Errorf("asked %d times: %v", asked.Load(), c.Err())
		}
	})
}

func TestSilenceIsNotMindedIfSwitchedOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, end := overPipe(t, "ServerAliveInterval 0", func() bool { return false })
		defer end()
		time.Sleep(time.Hour)
		if c.Err() != nil {
			t.Error(c.Err())
		}
	})
}

// A half is one direction of a pipe. It takes all that is written, as a socket does for
// a while: in an SSH handshake both sides write first.
type half struct {
	mu     sync.Mutex
	change *sync.Cond
	data   bytes.Buffer
	closed bool
}

func newHalf() *half {
	h := new(half)
	h.change = sync.NewCond(&h.mu)
	return h
}

func (h *half) Read(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.data.Len() == 0 && !h.closed {
		h.change.Wait()
	}
	return h.data.Read(p)
}

func (h *half) Write(p []byte) (int, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return 0, io.ErrClosedPipe
	}
	defer h.change.Broadcast()
	return h.data.Write(p)
}

func (h *half) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	h.change.Broadcast()
}

// A pipeEnd is one end of a pipe in memory.
type pipeEnd struct {
	net.Conn // for what nobody calls
	in, out  *half
}

func bufferedPipe() (near, far *pipeEnd) {
	a, b := newHalf(), newHalf()
	return &pipeEnd{in: a, out: b}, &pipeEnd{in: b, out: a}
}

func (p *pipeEnd) Read(b []byte) (int, error)  { return p.in.Read(b) }
func (p *pipeEnd) Write(b []byte) (int, error) { return p.out.Write(b) }
func (p *pipeEnd) LocalAddr() net.Addr         { return &net.TCPAddr{} }
func (p *pipeEnd) RemoteAddr() net.Addr        { return &net.TCPAddr{} }

func (p *pipeEnd) Close() error {
	p.in.close()
	p.out.close()
	return nil
}
