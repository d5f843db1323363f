package bootstrap_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

const (
	// soakVariable says how many near sides come and go. CONTRIBUTING.md tells of it.
	soakVariable = "FARSIDE_SOAK"
	fewNearSides = 60
	warmNearSide = 24
	atOnce       = 4

	// heapSlack is what the heap may differ by: it is not measured to the byte.
	heapSlack = 1 << 20
)

// Servers are started and forgotten. Near sides come and go, half of them in the
// middle of something, and nothing of them stays.
func TestNearSidesThatComeAndGoLeaveNothing(t *testing.T) {
	count := fewNearSides
	if text := os.Getenv(soakVariable); text != "" {
		var err error
		count, err = strconv.Atoi(text)
		check(t, err)
	}
	s := serve(t, nil)
	s.comeAndGo(t, warmNearSide)
	before := s.takeStock(t)
	s.log.reset()
	begun := time.Now()
	s.comeAndGo(t, count)
	took := time.Since(begun)
	s.log.reset() // it is the test's and grows
	farsidetest.Eventually(t, func() bool { return s.takeStock(t).within(before) }, "before: %+v; now: %v",
		before, printer(func() any { return s.takeStock(t) }))
	t.Logf("%d near sides in %v; before: %+v; after: %+v", count, took.Round(time.Millisecond), before, s.takeStock(t))
}

// comeAndGo has near sides come and go, several at once.
func (r *running) comeAndGo(t *testing.T, count int) {
	t.Helper()
	each := make(chan int)
	var coming sync.WaitGroup
	for range atOnce {
		coming.Go(func() {
			for i := range each {
				if err := r.visit(t.Context(), i); err != nil {
					t.Errorf("near side %d: %v", i, err)
				}
			}
		})
	}
	for i := range count {
		each <- i
	}
	close(each)
	coming.Wait()
	farsidetest.Eventually(t, func() bool { return r.Clients() == 0 }, "near sides are there that have gone")
}

// visit is one near side. Every second one ends in the middle: it kills, or its
// connection is cut.
func (r *running) visit(ctx context.Context, i int) error {
	wire, err := newCutter(r.at.String())
	if err != nil {
		return err
	}
	defer wire.cut()
	spec := strings.Replace(r.spec, r.at.String(), wire.Addr().String(), 1)
	gw, err := gateway.Open(ctx, spec, &gateway.Options{Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		return err
	}
	defer gw.Close() // that it kept its bound says nothing on a busy machine; the stock does
	if i%2 == 0 {
		_, err = gateway.Call[int](ctx, gw, gateway.Source("pid"))
		return err
	}
	ch, err := gw.Exec(ctx, gateway.Source("wait"))
	if err == nil {
		_, err = ch.Receive(ctx)
	}
	if i%4 == 1 {
		gw.Kill()
		return err
	}
	wire.cut()
	<-gw.Done()
	return err
}

// A cutter is a wire to a server that can be cut.
type cutter struct {
	net.Listener
	passing sync.WaitGroup

	mu    sync.Mutex
	conns []net.Conn
	ended bool
}

func newCutter(address string) (*cutter, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	c := &cutter{Listener: l}
	c.passing.Go(func() { // ends with the listener
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			c.pass(near, address)
		}
	})
	return c, nil
}

func (c *cutter) pass(near net.Conn, address string) {
	far, err := net.Dial("tcp", address)
	if err != nil {
		near.Close()
		return
	}
	c.keep(near, far)
	c.passing.Go(func() { io.Copy(near, far); near.Close() })
	c.passing.Go(func() { io.Copy(far, near); far.Close() })
}

func (c *cutter) keep(conns ...net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.conns = append(c.conns, conns...)
	if c.ended {
		c.closeAll()
	}
}

// cut ends the wire without a word of TLS.
func (c *cutter) cut() {
	c.mu.Lock()
	c.ended = true
	c.Close()
	c.closeAll()
	c.mu.Unlock()
	c.passing.Wait()
}

func (c *cutter) closeAll() {
	for _, conn := range c.conns {
		conn.Close()
	}
}

// A stock is what near sides could leave.
type stock struct {
	Files, Goroutines, Children, Clients int
	Heap                                 uint64
}

func (r *running) takeStock(t *testing.T) stock {
	t.Helper()
	runtime.GC()
	runtime.GC() // what pools kept for one more round
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	return stock{
		Files: farsidetest.Files(), Goroutines: runtime.NumGoroutine(),
		Children: len(farsidetest.Children()), Clients: r.Clients(), Heap: memory.HeapAlloc,
	}
}

// within reports whether nothing has come to another stock.
func (s stock) within(other stock) bool {
	return s.Files <= other.Files && s.Goroutines <= other.Goroutines && s.Children <= other.Children &&
		s.Clients <= other.Clients && s.Heap <= other.Heap+heapSlack
}

// A printer is printed when it is asked for.
type printer func() any

func (p printer) String() string { return fmt.Sprintf("%+v", p()) }
