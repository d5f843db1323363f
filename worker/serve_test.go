package worker_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/worker"
)

// A near is a near side made of parts, which can ask what a gateway would not.
type near struct {
	*channel.Mux
	served chan error // what Serve returned
}

func serve(t *testing.T, opts *worker.Options) *near {
	t.Helper()
	here, there := net.Pipe()
	n := &near{served: make(chan error, 1)}
	go func() { n.served <- worker.Serve(there, opts) }() // ends with the pipe
	if _, err := (&hello.Line{}).Exchange(t.Context(), here); err != nil {
		t.Fatal(err)
	}
	var err error
	if n.Mux, err = channel.NewMux(here, channel.Near, nil); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { n.Mux.Close() })
	return n
}

// ask opens a channel with a first item.
func (n *near) ask(t *testing.T, label string, first any) *channel.Channel {
	t.Helper()
	ch, err := n.Open(t.Context(), label)
	if err == nil && first != nil {
		err = ch.Send(t.Context(), first)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ch.Close() })
	return ch
}

// end is the end of a channel without items.
func end(t *testing.T, ch *channel.Channel) error {
	t.Helper()
	item, err := ch.Receive(t.Context())
	if err == nil {
		t.Errorf("it sent %v", item)
	}
	return err
}

func TestBadRequests(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(context.Context, *worker.Job) (any, error) { return nil, nil })})
	for _, c := range []struct {
		label string
		first any
		want  string
	}{
		{"nonsense", nil, `a request "nonsense" is not known here`},
		{request.Output, nil, `a request "output" is not known here`},
		{request.Exec, "text", "worker: exec: the request"},
		{request.Exec, []any{1, 2}, "worker: exec: the request"},
		{request.Exec, map[string]any{"name": 1}, "worker: exec: the request"},
		{request.Import, 7, "worker: import: the request"},
		{request.Import, request.Tree{Path: "x"}, "cannot be imported"},
		{request.Terminate, "soon", "duration"},
	} {
		if err := end(t, n.ask(t, c.label, c.first)); err == io.EOF || !strings.Contains(strings.ToLower(err.Error()), strings.ToLower(c.want)) {
			t.Errorf("%s with %v: %v, want %q", c.label, c.first, err, c.want)
		}
	}
	if _, err := channel.Receive[request.State](t.Context(), n.ask(t, request.Status, nil)); err != nil {
		t.Error(err)
	}
}

// In-process, the process is the near side's own.
func TestInProcessRefusesToChangeTheProcess(t *testing.T) {
	for _, field := range []string{request.FieldChdir, request.FieldNice, request.FieldMemory, request.FieldEnv + "A"} {
		conn := worker.InProcess(nil)
		_, err := (&hello.Line{Fields: map[string]string{"id": "x", field: "1"}}).Exchange(t.Context(), conn)
		if _, ok := errors.AsType[*hello.RefusedError](err); !ok || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: %v", field, err)
		}
		conn.Close()
	}
}

func TestServeRefusesABadHello(t *testing.T) {
	for _, line := range []string{"hello\n", "farside 2\n", "farside 1 a\n"} {
		here, there := net.Pipe()
		served := make(chan error, 1)
		go func() { served <- worker.Serve(there, nil) }() // ends with the pipe
		io.WriteString(here, line)
		answer, err := hello.Read(here)
		if err != nil || answer.Fields["error"] == "" {
			t.Errorf("%q: the answer is %v, %v", line, answer, err)
		}
		if err := <-served; err == nil {
			t.Errorf("%q: it served", line)
		}
		here.Close()
	}
}

// G7
func TestServeEndsWithTheStream(t *testing.T) {
	ended := make(chan error, 1)
	n := serve(t, &worker.Options{Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		ended <- context.Cause(ctx)
		return nil, nil
	})})
	ch := n.ask(t, request.Exec, request.Program{Name: "x"})
	if item, err := ch.Receive(t.Context()); item != "running" {
		t.Fatal(item, err)
	}
	n.Mux.Close()
	if err := <-ended; !errors.Is(err, channel.ErrLost) {
		t.Errorf("the program's ctx ended with %v", err)
	}
	if err := <-n.served; !errors.Is(err, channel.ErrLost) {
		t.Errorf("Serve returned %v", err)
	}
}

// closing is an engine that notes its end.
type closing struct {
	engine
	closed chan struct{}
}

func (c closing) Close() error { close(c.closed); return nil }

// P11
func TestTerminateEndsProgramsAndTakesNoMore(t *testing.T) {
	may := make(chan struct{})
	eng := closing{closed: make(chan struct{}), engine: func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		<-may
		return context.Cause(ctx).Error(), nil
	}}
	n := serve(t, &worker.Options{Engine: eng, StopAfter: time.Hour})
	program := n.ask(t, request.Exec, request.Program{Name: "x"})
	program.Receive(t.Context())
	first, second := n.ask(t, request.Terminate, time.Hour), n.ask(t, request.Terminate, time.Hour)
	farsidetest.Eventually(t, func() bool {
		_, err := n.ask(t, request.Exec, request.Program{Name: "y"}).Receive(t.Context())
		return err != nil && strings.Contains(err.Error(), "being terminated")
	}, "it still takes programs")
	select {
	case <-first.Done():
		t.Error("it did not wait for the program")
	default:
	}
	close(may)
	for _, ch := range []*channel.Channel{first, second} {
		if err := end(t, ch); err != io.EOF {
			t.Errorf("terminate ended with %v", err)
		}
	}
	if cause, err := channel.Receive[string](t.Context(), program); !strings.Contains(cause, "being terminated") {
		t.Errorf("the program ended with %q, %v", cause, err)
	}
	n.Mux.Close()
	if err := <-n.served; err != nil {
		t.Errorf("Serve returned %v after an orderly end", err)
	}
	<-eng.closed
}

// P11
func TestTerminateWaitsNoLongerThanTheGrace(t *testing.T) {
	may := make(chan struct{})
	defer close(may)
	n := serve(t, &worker.Options{StopAfter: time.Millisecond, Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-may
		return nil, nil
	})})
	n.ask(t, request.Exec, request.Program{Name: "x"}).Receive(t.Context())
	if err := end(t, n.ask(t, request.Terminate, 10*time.Millisecond)); err != io.EOF {
		t.Error(err)
	}
}
