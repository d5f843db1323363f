package interp_test

import (
	"bytes"
	"context"
	"errors"
	"net"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/worker"
)

// The test binary is the far side.
func TestMain(m *testing.M) {
	interp.Main()
	farsidetest.Main(m)
}

// engine is an Interp that is closed at the end of the test. extra are symbols
// of a package called test.
func engine(t testing.TB, extra map[string]any) *interp.Interp {
	t.Helper()
	table := make(map[string]reflect.Value)
	for name, x := range extra {
		table[name] = reflect.ValueOf(x)
	}
	in := interp.New(&interp.Options{Extra: func(path string) map[string]reflect.Value {
		if path == "example.com/test" {
			return table
		}
		return interp.FarsideSymbols(path)
	}})
	t.Cleanup(func() { in.Close() })
	return in
}

// A runner runs sources with what tests rarely care about filled in.
type runner struct {
	t      testing.TB
	in     *interp.Interp
	ch     *channel.Channel
	stdout output
	stderr output
}

func newRunner(t testing.TB, extra map[string]any) *runner {
	t.Helper()
	_, far := channelPair(t)
	return &runner{t: t, in: engine(t, extra), ch: far}
}

func (r *runner) job(source string, args ...any) *worker.Job {
	r.t.Helper()
	job := &worker.Job{Name: "user.go", Source: source, Channel: r.ch, Stdout: &r.stdout, Stderr: &r.stderr}
	for _, arg := range args {
		raw, err := r.ch.Encode(arg)
		if err != nil {
			r.t.Fatal(err)
		}
		job.Args = append(job.Args, raw)
	}
	return job
}

func (r *runner) run(source string, args ...any) (any, error) {
	r.t.Helper()
	return r.in.Run(r.t.Context(), r.job(source, args...))
}

func (r *runner) line(source string) (any, error) {
	r.t.Helper()
	job := r.job(source)
	job.Session = "s"
	return r.in.Run(r.t.Context(), job)
}

// want runs a source that must succeed.
func (r *runner) want(want any, source string, args ...any) {
	r.t.Helper()
	got, err := r.run(source, args...)
	if err != nil {
		r.t.Errorf("%s\n%v", source, err)
	} else if !reflect.DeepEqual(got, want) {
		r.t.Errorf("%s\ngot %#v, want %#v", source, got, want)
	}
}

// fault gives the Fault of a source that must fail with one of that name.
func (r *runner) fault(name string, source string, args ...any) *channel.Fault {
	r.t.Helper()
	got, err := r.run(source, args...)
	return r.asFault(name, got, err)
}

func (r *runner) asFault(name string, got any, err error) *channel.Fault {
	r.t.Helper()
	var fault *channel.Fault
	if !errors.As(err, &fault) {
		r.t.Fatalf("got %v and error %v, want a Fault", got, err)
	}
	if fault.Name != name {
		r.t.Fatalf("got Fault %q: %v, want %q", fault.Name, fault, name)
	}
	return fault
}

func (r *runner) wantAt(fault *channel.Fault, file string, line, column int) {
	r.t.Helper()
	if fault.File != file || fault.Line != line || fault.Column != column {
		r.t.Errorf("position %s:%d:%d, want %s:%d:%d\n%s\n%s",
			fault.File, fault.Line, fault.Column, file, line, column, fault.Text, fault.Stack)
	}
}

// wantOutput compares what was printed since the last time.
func (r *runner) wantOutput(stdout, stderr string) {
	r.t.Helper()
	if got := r.stdout.take(); got != stdout {
		r.t.Errorf("stdout %q, want %q", got, stdout)
	}
	if got := r.stderr.take(); got != stderr {
		r.t.Errorf("stderr %q, want %q", got, stderr)
	}
}

func (r *runner) contains(text string, parts ...string) {
	r.t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			r.t.Errorf("%q is not in:\n%s", part, text)
		}
	}
}

// output is a buffer for several goroutines.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) take() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	defer o.buf.Reset()
	return o.buf.String()
}

// channelPair gives the two ends of a channel.
func channelPair(t testing.TB) (near, far *channel.Channel) {
	t.Helper()
	a, b := net.Pipe()
	muxes := make(chan *channel.Mux, 1)
	go func() { muxes <- newMux(t, a, channel.Near) }() // NewMux waits for the other side
	farMux := newMux(t, b, channel.Far)
	nearMux := <-muxes
	if nearMux == nil || farMux == nil {
		t.FailNow()
	}
	ctx := context.Background()
	near, err := nearMux.Open(ctx, "test")
	if err != nil {
		t.Fatal(err)
	}
	far, err = farMux.Accept(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return near, far
}

func newMux(t testing.TB, conn net.Conn, side channel.Side) *channel.Mux {
	t.Helper()
	m, err := channel.NewMux(conn, side, nil)
	if err != nil {
		t.Error(err)
		return nil
	}
	t.Cleanup(func() { m.Close() })
	return m
}
