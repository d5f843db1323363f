package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/worker"
)

func TestNewOverAStreamThatIsNoWorker(t *testing.T) {
	for name, c := range map[string]struct {
		far  func(far net.Conn)
		want string
	}{
		"garbage": {func(far net.Conn) { io.WriteString(far, "HTTP/1.1 400 Bad Request\n") }, "not farside"},
		"silence": {func(net.Conn) {}, "did nothing for 100ms"},
		"the end": {func(far net.Conn) { far.Close() }, "ended before its hello"},
	} {
		t.Run(name, func(t *testing.T) {
			here, there := net.Pipe()
			defer there.Close()
			go c.far(there) // ends with the pipe
			_, err := gateway.New(t.Context(), here, &gateway.Options{StartTimeout: 100 * time.Millisecond})
			checkOpenError(t, err, gateway.StageHello, "gateway: open stream//id=gw", c.want)
			if _, err := here.Read(make([]byte, 1)); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("the stream is still open: %v", err)
			}
		})
	}
}

func TestStreamThatBreaksIsALoss(t *testing.T) {
	here, there := net.Pipe()
	served := make(chan error, 1)
	go func() { served <- worker.Serve(there, &worker.Options{Engine: engine{}}) }() // ends with the pipe
	gw, err := gateway.New(t.Context(), here, farsidetest.Options(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	ch := running(t, gw, "wait")
	there.Close()
	if _, err := ch.Receive(t.Context()); !errors.Is(err, gateway.ErrLost) {
		t.Errorf("receive: %v", err)
	}
	if _, err := gateway.Call[any](t.Context(), gw, gateway.Source("pid")); !errors.Is(err, gateway.ErrLost) {
		t.Errorf("call: %v", err)
	}
	if err := gw.Close(); err != nil || !errors.Is(gw.Err(), gateway.ErrLost) {
		t.Errorf("close: %v, then %v", err, gw.Err())
	}
	if err := <-served; !errors.Is(err, channel.ErrLost) {
		t.Errorf("Serve: %v", err)
	}
}

// liar gives a gateway and the mux of a far side that is no worker and does what
// it likes.
func liar(t *testing.T, opts *gateway.Options) (*gateway.Gateway, *channel.Mux) {
	t.Helper()
	here, there := net.Pipe()
	far := make(chan *channel.Mux, 1)
	go func() { // ends with the hellos
		hello.Read(there)
		(&hello.Line{Fields: map[string]string{"pid": "-1x"}}).Write(there)
		mux, err := channel.NewMux(there, channel.Far, nil)
		if err != nil {
			t.Error(err)
		}
		far <- mux
	}()
	gw, err := gateway.New(t.Context(), here, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { gw.Close() })
	mux := <-far
	t.Cleanup(func() { mux.Close() })
	return gw, mux
}

// What a far side says of its output is not to be trusted.
func TestOutputOfALiar(t *testing.T) {
	var all sink
	var own bytes.Buffer // written to by one goroutine only, or the race detector tells
	gw, far := liar(t, &gateway.Options{Stdout: &all, Stderr: &all, Grace: closeGrace})
	program := gateway.Source("x")
	program.Stdout, program.Stderr = &own, &own
	ch, err := gw.Exec(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	chunk := append([]byte{request.Stdout}, "abc\n"...)
	for _, items := range [][]any{
		{}, {"no id"}, {-1}, {uint32(1 << 31), chunk}, {ch.ID(), chunk, chunk}, {ch.ID(), chunk}, {ch.ID(), chunk},
		{ch.ID(), []byte{}}, {ch.ID(), []byte{0, 1}}, {ch.ID(), []byte{3, 1}, chunk}, {ch.ID(), 7},
	} {
		out, err := far.Open(t.Context(), request.Output)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range items {
			out.Send(t.Context(), item)
		}
		out.CloseSend()
		out.Receive(t.Context()) // ends with the near side's close
	}
	if own.String() != "abc\nabc\n" {
		t.Errorf("the program's writer got %q", own.String())
	}
	if all.String() != strings.Repeat("abc\n", 4) {
		t.Errorf("the gateway's writer got %q", all.String())
	}
}

// A far side that takes no requests does not hold Close up beyond its bound, and
// bounds every other call by its ctx.
func TestFarSideThatDoesNotAnswer(t *testing.T) {
	gw, _ := liar(t, &gateway.Options{Grace: closeGrace})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := gw.Status(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("status: %v", err)
	}
	if _, err := gateway.Call[any](ctx, gw, gateway.Source("x")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("call: %v", err)
	}
	if gw.Info().PID != 0 {
		t.Errorf("a pid that is no number became %d", gw.Info().PID)
	}
	closeWithin(t, gw, closeBound)
}
