package generic_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"reflect"
	"slices"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	ourchannel "github.com/farside-go/farside/interp/internal/generic/own/channel"
	ourgateway "github.com/farside-go/farside/interp/internal/generic/own/gateway"
	"github.com/farside-go/farside/worker"
)

func TestTypedChannelsGiveTyped(t *testing.T) {
	ctx := t.Context()
	near, far := channels(t)
	typed := ourchannel.Of[int](far)
	if typed.Channel() != far {
		t.Error("another channel")
	}
	for _, v := range []any{1, "two", 3} {
		if err := near.Send(ctx, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := near.Set(ctx, map[string]any{"n": 7, "s": "text"}); err != nil {
		t.Fatal(err)
	}
	if err := near.CloseSend(); err != nil {
		t.Fatal(err)
	}
	var story []string
	for v, err := range typed.All(ctx) {
		var dec *channel.DecodeError
		story = append(story, fmt.Sprint(v, errors.As(err, &dec)))
	}
	if want := []string{"1 false", "0 true", "3 false"}; !slices.Equal(story, want) {
		t.Errorf("got %q, want %q", story, want)
	}
	if n, err := ourchannel.Get[int](ctx, far, "n"); n != 7 || err != nil {
		t.Errorf("got %v, %v", n, err)
	}
	_, err := ourchannel.Get[int](ctx, far, "s")
	_, want := channel.Get[int](ctx, far, "s")
	if err == nil || err.Error() != want.Error() {
		t.Errorf("got %v, want %v", err, want)
	}
	if err := typed.Send(ctx, 9); err != nil {
		t.Fatal(err)
	}
	if v, err := ourchannel.Receive[int](ctx, near); v != 9 || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
}

// channels gives the two ends of a channel.
func channels(t *testing.T) (near, far *channel.Channel) {
	t.Helper()
	a, b := net.Pipe()
	nearMux, farMux := make(chan *channel.Mux), make(chan *channel.Mux)
	for side, to := range map[channel.Side]chan *channel.Mux{channel.Near: nearMux, channel.Far: farMux} {
		conn := map[channel.Side]net.Conn{channel.Near: a, channel.Far: b}[side]
		go func() { // ends with the send
			m, err := channel.NewMux(conn, side, nil)
			if err != nil {
				t.Error(err)
			}
			to <- m
		}()
	}
	m, n := <-nearMux, <-farMux
	t.Cleanup(func() { m.Close(); n.Close() })
	near, err := m.Open(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	far, err = n.Accept(context.WithoutCancel(t.Context()))
	if err != nil {
		t.Fatal(err)
	}
	return near, far
}

// engine knows a few programs by their text.
type engine struct{}

func (engine) Run(ctx context.Context, job *worker.Job) (any, error) {
	switch job.Source {
	case "numbers":
		return []int{1, 2}, nil
	case "channel":
		return []any{job.Channel}, nil
	case "nothing":
		return nil, nil
	}
	return nil, fs.ErrNotExist
}

func (engine) Import(string, fs.FS) error { return errors.ErrUnsupported }

func TestCallGivesTypedResults(t *testing.T) {
	gw := farsidetest.InProcess(t, &worker.Options{Engine: engine{}}, nil)
	ctx := t.Context()
	for name, want := range map[string][2]any{
		"numbers": {[]int{1, 2}, nil}, "nothing": {[]int(nil), nil}, "missing": {[]int(nil), fs.ErrNotExist},
	} {
		got, err := ourgateway.Call[[]int](ctx, gw, gateway.Source(name))
		if !reflect.DeepEqual(got, want[0]) || (err == nil) != (want[1] == nil) || want[1] != nil && !errors.Is(err, want[1].(error)) {
			t.Errorf("%s: got %v, %v", name, got, err)
		}
	}
	if _, err := ourgateway.Call[[]string](ctx, gw, gateway.Source("numbers")); err == nil {
		t.Error("numbers became strings")
	}
	if list, err := ourgateway.Call[[]*channel.Channel](ctx, gw, gateway.Source("channel")); err != nil || len(list) != 1 {
		t.Errorf("got %v, %v", list, err)
	}
}
