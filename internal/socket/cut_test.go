package socket_test

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/socket"
)

// cutting is a connection that is cut after so many bytes up, or down. It counts
// both.
type cutting struct {
	net.Conn
	up, down         int
	wentUp, cameDown int
	metUp, metDown   int // as they were at the worker's hello
}

var errCut = errors.New("the connection is cut")

func (c *cutting) Write(p []byte) (int, error) {
	whole := len(p)
	p = p[:min(len(p), c.up-c.wentUp)]
	n, err := c.Conn.Write(p)
	if c.wentUp += n; err == nil && n < whole {
		c.Close()
		err = errCut
	}
	return n, err
}

func (c *cutting) Read(p []byte) (int, error) {
	if c.down == c.cameDown {
		c.Close()
		return 0, io.EOF
	}
	n, err := c.Conn.Read(p[:min(len(p), c.down-c.cameDown)])
	c.cameDown += n
	return n, err
}

// meet opens a wire over connections that are cut, up to the worker's hello. The first
// that is dialled is cuts[0].
func meet(t *testing.T, to *socket.Settings, cuts ...*cutting) (err error) {
	t.Helper()
	dialled := *to
	dials := 0
	dialled.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := to.Dial(ctx, network, address)
		cut := cuts[dials]
		dials++
		cut.Conn = conn
		return cut, err
	}
	wire, err := socket.Open(t.Context(), &dialled)
	if err != nil {
		return err
	}
	defer func() {
		wire.Close()
		wire.End(context.Background())
	}()
	_, err = (&hello.Line{}).Exchange(t.Context(), struct{ io.ReadWriteCloser }{wire.Conn()})
	if err == nil { // else something may still be on its way
		for _, cut := range cuts {
			cut.metUp, cut.metDown = cut.wentUp, cut.cameDown
		}
	}
	return err
}

// G10: wherever the connection breaks, Open says so at once, and nothing is left on
// either side.
func TestConnectionCutAnywhere(t *testing.T) {
	const never = 1 << 30
	s, to := server(t, "127.0.0.1:0")
	_, err := open(t, to) // it has the worker from then on
	check(t, err)
	uncut := func() *cutting { return &cutting{up: never, down: never} }
	first, second := uncut(), uncut()
	check(t, meet(t, to, first, second))
	files := farsidetest.Files()
	step := 1
	if testing.Short() {
		step = 97
	}
	const (
		pid    = 10 // digits, which are not the same each time
		ticket = 40 // a wire that is cut before is relayed
	)
	farsidetest.Within(t, 20*hangs, "all of them", func() {
		for n := 0; n < first.metUp; n += step {
			if err := meet(t, to, &cutting{up: n, down: never}, uncut()); err == nil {
				t.Errorf("cut after %d of %d bytes up: it came about", n, first.metUp)
			}
		}
		for n := 0; n < first.metDown; n += step {
			if err := meet(t, to, &cutting{up: never, down: n}, uncut()); err == nil {
				t.Errorf("cut after %d of %d bytes down: it came about", n, first.metDown)
			}
		}
		for n := 0; n < second.metUp; n += step {
			if err := meet(t, to, uncut(), &cutting{up: n, down: never}); (err == nil) != (n < ticket) {
				t.Errorf("the wire cut after %d of %d bytes up: %v", n, second.metUp, err)
			}
		}
		for n := 0; n < second.metDown-pid; n += step {
			if err := meet(t, to, uncut(), &cutting{up: never, down: n}); err == nil {
				t.Errorf("the wire cut after %d of %d bytes down: it came about", n, second.metDown)
			}
		}
	})
	farsidetest.Eventually(t, func() bool { return s.Clients() == 1 }, "the server still has others")
	farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 1 }, "their workers are still there")
	farsidetest.Eventually(t, func() bool { return farsidetest.Files() <= files }, "descriptors are left")
}
