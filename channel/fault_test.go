package channel_test

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/farside-go/farside/channel"
)

// A faultyConn does something to the bytes that are written to it.
type faultyConn struct {
	net.Conn
	left   atomic.Int64 // bytes until the fault
	fault  fault
	closed chan struct{}
	once   sync.Once
}

// A fault writes p to c in its own way; good bytes of p are still to be written.
type fault func(c *faultyConn, p []byte, good int) (int, error)

func faulty(c net.Conn, after int, fault fault) *faultyConn {
	f := &faultyConn{Conn: c, fault: fault, closed: make(chan struct{})}
	f.left.Store(int64(after))
	return f
}

func (c *faultyConn) Close() error {
	c.once.Do(func() { close(c.closed) })
	return c.Conn.Close()
}

func (c *faultyConn) Write(p []byte) (int, error) {
	left := int(c.left.Add(-int64(len(p)))) + len(p)
	if left >= len(p) {
		return c.Conn.Write(p)
	}
	return c.fault(c, p, max(left, 0))
}

func cut(c *faultyConn, p []byte, good int) (int, error) {
	c.Conn.Write(p[:good])
	c.Close()
	return good, io.ErrClosedPipe
}

// flip inverts one byte and lets all later ones pass.
func flip(c *faultyConn, p []byte, good int) (int, error) {
	c.left.Store(1 << 40)
	bad := append([]byte(nil), p...)
	bad[good] ^= 0xff
	return c.Conn.Write(bad)
}

// swallow loses what is written, as a network that has gone silent.
func swallow(c *faultyConn, p []byte, good int) (int, error) { return len(p), nil }

// stick waits until the conn is closed, as a pipe that nobody reads.
func stick(c *faultyConn, p []byte, good int) (int, error) {
	<-c.closed
	return 0, io.ErrClosedPipe
}

// stall is stick in the middle of what is written.
func stall(c *faultyConn, p []byte, good int) (int, error) {
	c.Conn.Write(p[:good])
	return stick(c, p, good)
}

// converse uses both muxes in every way until it fails; each call must end.
func converse(near, far *channel.Mux) {
	var all sync.WaitGroup
	ctx := context.Background()
	all.Go(func() {
		for i := 0; i < 20; i++ {
			ch, err := near.Open(ctx, "x")
			if err != nil {
				return
			}
			all.Go(func() {
				for range 3 {
					if ch.Send(ctx, make([]byte, 3000)) != nil {
						break
					}
					if _, err := ch.Receive(ctx); err != nil {
						break
					}
				}
				ch.Get(ctx, "bound")
				ch.CloseSend()
				ch.Receive(ctx)
			})
		}
		for {
			if ch, err := near.Accept(ctx); err != nil {
				return
			} else {
				ch.Close()
			}
		}
	})
	all.Go(func() {
		for {
			ch, err := far.Accept(ctx)
			if err != nil {
				return
			}
			all.Go(func() {
				for {
					item, err := ch.Receive(ctx)
					if err != nil {
						break
					}
					ch.Send(ctx, item)
				}
				ch.Set(ctx, map[string]any{"bound": 1})
				ch.CloseWithError(errors.New("done"))
			})
		}
	})
	all.Wait()
}

// C7, G8: the wire breaks at any byte of a conversation; every call ends.
func TestFaultAtAnyByteEndsEveryCall(t *testing.T) {
	for name, fault := range map[string]fault{"cut": cut, "swallow": swallow, "stick": stick, "flip": flip} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				for after := 12; after < 150_000; after += 7 + after { // the first header is NewMux's
					breakAfter(t, after, true, fault)
					breakAfter(t, after, false, fault)
				}
			})
		})
	}
}

func breakAfter(t *testing.T, after int, nearWrites bool, fault fault) {
	a, b := bufferless(t)
	if nearWrites {
		a = faulty(a, after, fault)
	} else {
		b = faulty(b, after, fault)
	}
	opts := &channel.Options{KeepAlive: 30 * time.Second}
	near, far := muxes(t, a, b, opts, opts)
	over := make(chan struct{})
	go func() {
		converse(near, far)
		close(over)
	}()
	// A flipped byte may be no fault that a mux can see, and leave a side that
	// waits in good faith; and a long conversation ends before its fault.
	select {
	case <-over:
	case <-time.After(2 * time.Minute):
		if near.Err() != nil && far.Err() != nil {
			t.Errorf("after %d bytes a call hangs", after)
		}
	}
	near.Close()
	far.Close()
	<-over
}

// G8: the wire stalls inside a frame. yamux holds a mutex meanwhile, which stops
// the time of a bubble, so the bound is a short one of real time.
func TestStallInsideFrameEndsEveryCall(t *testing.T) {
	for after := 300; after < 20_000; after *= 3 {
		a, b := bufferless(t)
		opts := &channel.Options{KeepAlive: 150 * time.Millisecond}
		near, far := muxes(t, faulty(a, after, stall), b, opts, opts)
		converse(near, far)
		near.Close()
		far.Close()
	}
}

// G8: a silent wire is noticed within the keepalive bound, whichever call waits.
func TestSilenceIsNoticedWithinTheBound(t *testing.T) {
	for name, fault := range map[string]fault{"swallowed": swallow, "stuck": stick} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				const bound = 30 * time.Second
				a, b := bufferless(t)
				silent := faulty(a, 1<<40, fault)
				near, far := muxes(t, silent, b, &channel.Options{KeepAlive: bound}, &channel.Options{KeepAlive: time.Hour})
				ch, _ := channelOn(t, near, far)
				time.Sleep(10 * time.Minute) // keepalive works
				if near.Err() != nil {
					t.Fatalf("the mux ended: %v", near.Err())
				}
				ctx := context.Background()
				calls := map[string]<-chan error{
					"Receive": async(func() error { _, err := ch.Receive(ctx); return err }),
					"Get":     async(func() error { _, err := ch.Get(ctx, "n"); return err }),
					"Accept":  async(func() error { _, err := near.Accept(ctx); return err }),
				}
				synctest.Wait()
				silent.left.Store(0)
				began := time.Now()
				calls["Send"] = async(func() error {
					for {
						if err := ch.Send(ctx, make([]byte, 100_000)); err != nil {
							return err
						}
					}
				})
				<-near.Done()
				if took := time.Since(began); took > bound+time.Second {
					t.Errorf("the silence was noticed after %v", took)
				}
				for call, result := range calls {
					if err := outcome(t, result); !errors.Is(err, channel.ErrLost) {
						t.Errorf("%s gives %v", call, err)
					}
				}
				near.Close()
				far.Close()
			})
		})
	}
}

// G8: a wire that is slow is not silent. A megabyte takes it longer than the bound.
func TestSlowWireIsNotALoss(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := bufferless(t)
		slow := faulty(a, 0, func(c *faultyConn, p []byte, good int) (int, error) {
			time.Sleep(time.Duration(len(p)) * time.Second / 20_000) // 20 kB/s
			return c.Conn.Write(p)
		})
		whole := &channel.Options{Window: 1 << 20} // takes all that is sent
		near, far := muxes(t, slow, b, whole, whole)
		t.Cleanup(func() { finish(t, near, far) })
		x, y := channelOn(t, near, far)
		for range 10 {
			sendAll(t, x, make([]byte, 100_000))
		}
		x.CloseSend()
		time.Sleep(5 * time.Minute) // a Receive would hold a mutex of yamux, and with it the time
		if items, err := receiveAll(t, y); len(items) != 10 || err != io.EOF {
			t.Errorf("received %d items, %v", len(items), err)
		}
	})
}

// A deafConn is a byte stream whose Read does not end when it is closed.
type deafConn struct {
	net.Conn
	never chan struct{}
}

func (c *deafConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err != nil {
		<-c.never
	}
	return n, err
}

// Close says so after its bound, every call ends, and none of them turns on a
// processor for ever. yamux holds a mutex meanwhile: no bubble here.
func TestReadThatNeverReturnsHangsNoCall(t *testing.T) {
	for name, end := range map[string]func(near *channel.Mux) error{
		"closed": func(near *channel.Mux) error { return near.Close() },
		"silent": func(near *channel.Mux) error { <-near.Done(); return near.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			a, b := bufferless(t)
			deaf := &deafConn{Conn: a, never: make(chan struct{})}
			silent := faulty(deaf, 1<<40, swallow)
			near, far := muxes(t, silent, b, &channel.Options{KeepAlive: 300 * time.Millisecond}, nil)
			defer far.Close()
			defer close(deaf.never)
			x, y := channelOn(t, near, far)
			sendAll(t, y, "arrived")
			set(t, y, "n", 1) // behind it on the wire, like as not
			_, err := x.Get(patiently(t), "n")
			must(t, err)
			blocked, _ := channelOn(t, near, far)
			dropping, _ := channelOn(t, near, far)
			_, err = blocked.Subscribe(&channel.Callbacks{Bindings: func(map[string]any) {}})
			must(t, err)
			calls := map[string]<-chan error{
				"Receive": async(func() error { _, err := blocked.Receive(context.Background()); return err }),
				"Get":     async(func() error { _, err := blocked.Get(context.Background(), "n"); return err }),
				"Send": async(func() error {
					for {
						if err := x.Send(context.Background(), make([]byte, 100_000)); err != nil {
							return err
						}
					}
				}),
			}
			silent.left.Store(0)
			dropping.Close()
			if err := end(near); err == nil {
				t.Error("Close does not tell that Read goes on")
			}
			for call, result := range calls {
				if err := outcome(t, result); !errors.Is(err, near.Err()) {
					t.Errorf("%s gives %v, want %v", call, err, near.Err())
				}
			}
			eventually(t, "no stream is read or written", func() bool {
				buf := make([]byte, 1<<20)
				return strings.Count(string(buf[:runtime.Stack(buf, true)]), "yamux.(*Stream).") == 0
			})
		})
	}
}
