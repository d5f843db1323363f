package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"reflect"
	"testing"
	"testing/fstest"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// These tests answer in the words of docs/protocol.md. Both sides share the types
// of the requests, so that no other test sees a name change on the wire.

// asked gives the next request of the near side and its first item.
func asked(t *testing.T, far *channel.Mux, label string) (*channel.Channel, any) {
	t.Helper()
	ch, err := far.Accept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if ch.Label() != label {
		t.Fatalf("the near side asks for %q, want %q", ch.Label(), label)
	}
	first, err := ch.Receive(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return ch, first
}

// P8
func TestExecAsTheProtocolSays(t *testing.T) {
	gw, far := liar(t, &gateway.Options{Grace: closeGrace})
	if _, err := gw.Exec(t.Context(), gateway.Source("the text")); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"name": "source.go", "source": "the text"}
	if _, first := asked(t, far, "exec"); !reflect.DeepEqual(first, want) {
		t.Errorf("the least request is %v, want %v", first, want)
	}
	program := gateway.Source("the text")
	program.Name, program.Func, program.Session = "a.go", "F", "s"
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	ended := make(chan error, 1)
	go func() { // ends with the program
		result, err := gateway.Call[string](ctx, gw, program, 1, "two")
		ended <- errors.Join(err, wantResult(result))
	}()
	ch, first := asked(t, far, "exec")
	request, _ := first.(map[string]any)
	if left, ok := request["timeout"].(time.Duration); !ok || left <= 0 || left > time.Hour {
		t.Errorf("timeout is %v", request["timeout"])
	}
	delete(request, "timeout")
	want = map[string]any{
		"name": "a.go", "source": "the text", "func": "F", "session": "s", "args": []any{1, "two"}, "result": true,
	}
	if !reflect.DeepEqual(request, want) {
		t.Errorf("the request is %v, want %v", request, want)
	}
	ch.Send(t.Context(), "an item")
	ch.Send(t.Context(), "the result")
	ch.Close()
	if err := <-ended; err != nil {
		t.Errorf("the last item is what the program returns: %v", err)
	}
}

func wantResult(got string) error {
	if got != "the result" {
		return errors.New("got " + got)
	}
	return nil
}

// P9
func TestImportAsTheProtocolSays(t *testing.T) {
	gw, far := liar(t, &gateway.Options{Grace: closeGrace})
	ended := make(chan error, 1)
	go func() { // ends with the request
		ended <- gw.Import(t.Context(), "example.com/x", fstest.MapFS{"sub/a.go": {Data: []byte("package sub")}})
	}()
	ch, first := asked(t, far, "import")
	want := map[string]any{"path": "example.com/x", "files": map[string]any{"sub/a.go": []byte("package sub")}}
	if !reflect.DeepEqual(first, want) {
		t.Errorf("the request is %v, want %v", first, want)
	}
	ch.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// P10
func TestStatusAsTheProtocolSays(t *testing.T) {
	gw, far := liar(t, &gateway.Options{Grace: closeGrace})
	go func() { // ends with the answer
		ch, err := far.Accept(t.Context())
		if err != nil || ch.Label() != "status" {
			t.Errorf("the near side asks for %v, %v", ch, err)
			return
		}
		ch.Send(t.Context(), map[string]any{
			"channels": 1, "running": 2, "abandoned": 3, "goroutines": 4, "memory": 5, "objects": 6,
		})
		ch.Close()
	}()
	want := gateway.Status{Channels: 1, Running: 2, Abandoned: 3, Goroutines: 4, Memory: 5, Objects: 6}
	if got, err := gw.Status(t.Context()); got != want || err != nil {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

// P11
func TestTerminateAsTheProtocolSays(t *testing.T) {
	gw, far := liar(t, &gateway.Options{Grace: time.Hour})
	ended := make(chan error, 1)
	go func() { ended <- gw.Close() }() // ends with the answer
	ch, first := asked(t, far, "terminate")
	if first != time.Hour {
		t.Errorf("the grace is %v", first)
	}
	if err := far.Err(); err != nil {
		t.Errorf("the near side did not wait for the answer: %v", err)
	}
	ch.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	<-far.Done() // the near side closes the stream
}

// P12
func TestOutputAsTheProtocolSays(t *testing.T) {
	gw, far := liar(t, &gateway.Options{Grace: closeGrace})
	var out, errs bytes.Buffer
	program := gateway.Source("x")
	program.Stdout, program.Stderr = &out, &errs
	ch, err := gw.Exec(t.Context(), program)
	if err != nil {
		t.Fatal(err)
	}
	output, err := far.Open(t.Context(), "output")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range []any{ch.ID(), []byte("\x01out"), []byte("\x02err")} {
		if err := output.Send(t.Context(), item); err != nil {
			t.Fatal(err)
		}
	}
	output.CloseSend()
	if item, err := output.Receive(t.Context()); err != io.EOF {
		t.Errorf("the near side answers with %v, %v", item, err)
	}
	if out.String() != "out" || errs.String() != "err" {
		t.Errorf("written are %q and %q", out.String(), errs.String())
	}
}
