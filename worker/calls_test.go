package worker_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

var (
	inverse  = gateway.Func(inverted)
	unsent   = gateway.Func0(unsendable)
	onlyEnds = gateway.Func0(untilTheEnd)
	noResult = gateway.FuncOf(nothing)
)

func inverted(_ context.Context, n int) (float64, error) {
	if n == 0 {
		return 0, errors.New("nothing is its inverse")
	}
	return 1 / float64(n), nil
}

func unsendable(context.Context) (func(), error) { return func() {}, nil }

func nothing(context.Context) error { return nil }

// ending says how it was ended.
var begun, ending = make(chan bool, 1), make(chan error, 1)

func untilTheEnd(ctx context.Context) (int, error) {
	begun <- true
	<-ctx.Done()
	ending <- context.Cause(ctx)
	return 0, nil
}

// P22: what one call comes to must not touch the next.
func TestCallsAsTheProtocolSays(t *testing.T) {
	n := serve(t, nil)
	ch := n.ask(t, "calls", nil)
	type answer struct {
		Result any   `cbor:"result"`
		Error  error `cbor:"error"`
	}
	for _, c := range []struct {
		request map[string]any
		result  any
		err     string
	}{
		{map[string]any{"function": registered(t, inverted), "args": []any{2}}, 0.5, ""},
		{map[string]any{"function": registered(t, inverted), "args": []any{0}}, nil, "nothing is its inverse"},
		{map[string]any{"function": registered(t, inverted)}, nil, "it takes 1 argument (int), not 0"},
		{map[string]any{"function": registered(t, inverted), "args": []any{"0x4"}, "parse": true}, 0.25, ""},
		{map[string]any{"function": registered(t, explode), "args": []any{"ouch"}}, nil, "panic: ouch"},
		{map[string]any{"function": registered(t, unsendable)}, nil, "a func cannot be sent"},
		{map[string]any{"function": registered(t, nothing)}, nil, ""},
		{map[string]any{"function": registered(t, joinAll), "args": []any{","}}, nil, "has a channel of its own, and must be asked for with exec"},
		{map[string]any{"function": "no.such"}, nil, "no such function is registered"},
		{map[string]any{"function": registered(t, nothing), "build": "other"}, nil, "another program"},
		{map[string]any{"source": "1"}, nil, "the request names no function"},
		{map[string]any{"function": registered(t, inverted), "args": []any{-1}}, -1.0, ""},
	} {
		if err := ch.Send(t.Context(), c.request); err != nil {
			t.Fatal(err)
		}
		got, err := channel.Receive[answer](t.Context(), ch)
		if err != nil {
			t.Fatalf("%v: %v", c.request, err)
		}
		if got.Result != c.result || (c.err == "") != (got.Error == nil) || got.Error != nil && !strings.Contains(got.Error.Error(), c.err) {
			t.Errorf("%v: got %v, %v; want %v, %q", c.request, got.Result, got.Error, c.result, c.err)
		}
	}
	ch.CloseSend()
	if err := end(t, ch); err != io.EOF {
		t.Errorf("the channel ended with %v", err)
	}
}

// P22
func TestEndOfTheChannelEndsTheCall(t *testing.T) {
	for name, end := range map[string]func(*channel.Channel){
		"close":  func(ch *channel.Channel) { ch.Close() },
		"cancel": func(ch *channel.Channel) { ch.Cancel(errors.New("enough")) },
	} {
		ch := serve(t, nil).ask(t, "calls", map[string]any{"function": registered(t, untilTheEnd)})
		<-begun
		end(ch)
		if err := <-ending; err == nil {
			t.Errorf("%s: the context ended without a cause", name)
		}
	}
}

func TestTerminateWaitsForCalls(t *testing.T) {
	gw := farsidetest.InProcess(t, nil, nil)
	called := make(chan error, 1)
	go func() { // ends with the gateway
		_, err := onlyEnds.Call(context.Background(), gw)
		called <- err
	}()
	<-begun
	gw.Close()
	if err := <-ending; err == nil || !strings.Contains(err.Error(), "terminated") {
		t.Errorf("the far side says %v", err)
	}
	if err := <-called; err != nil {
		t.Errorf("what came of the call before the end is lost: %v", err)
	}
}
