package worker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/worker"
)

// P8
func TestJobIsWhatWasAskedFor(t *testing.T) {
	jobs := make(chan worker.Job, 1)
	gw := farsidetest.InProcess(t, &worker.Options{Engine: engine(func(_ context.Context, job *worker.Job) (any, error) {
		jobs <- *job
		return nil, nil
	})}, nil)
	program := gateway.Source("the text")
	program.Name, program.Func, program.Session = "a.go", "F", "s"
	if _, err := gateway.Call[any](t.Context(), gw, program, 1, "two"); err != nil {
		t.Fatal(err)
	}
	job := <-jobs
	got := fmt.Sprint(job.Name, job.Source, job.Func, job.Session, len(job.Args), job.Channel != nil)
	if want := fmt.Sprint("a.go", "the text", "F", "s", 2, true); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if _, err := job.Stdout.Write([]byte("late")); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("output after the end: %v", err)
	}
}

// P8
func TestResultIsTheLastItemOnlyIfThereIsOne(t *testing.T) {
	var result any
	n := serve(t, &worker.Options{Engine: engine(func(context.Context, *worker.Job) (any, error) { return result, nil })})
	for _, c := range []struct {
		result any
		asked  bool
		items  string
	}{{nil, false, "[]"}, {nil, true, "[<nil>]"}, {0, false, "[0]"}, {"x", true, "[x]"}} {
		result = c.result
		ch := n.ask(t, request.Exec, request.Program{Name: "x", Result: c.asked})
		items := []any{}
		for item := range ch.Items(t.Context()) {
			items = append(items, item)
		}
		if fmt.Sprint(items) != c.items || ch.Err() != io.EOF {
			t.Errorf("%v, asked for: %v: got %v, %v", c.result, c.asked, items, ch.Err())
		}
	}
}

// An error is the end of the channel, and what was returned beside it is dropped.
func TestErrorBesideAResult(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(context.Context, *worker.Job) (any, error) { return 1, errors.New("no") })})
	if err := end(t, n.ask(t, request.Exec, request.Program{Name: "x"})); err == nil || err.Error() != "no" {
		t.Error(err)
	}
}

// ignoring is an engine whose programs return when may is closed.
func ignoring(may <-chan struct{}, stopped chan<- time.Time) engine {
	return func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-job.Stop
		stopped <- time.Now()
		<-may
		return nil, nil
	}
}

// G5
func TestProgramIsStoppedThenAbandoned(t *testing.T) {
	const after = 20 * time.Millisecond
	may, stopped := make(chan struct{}), make(chan time.Time, 1)
	n := serve(t, &worker.Options{Engine: ignoring(may, stopped), StopAfter: after})
	ch := n.ask(t, request.Exec, request.Program{Name: "x"})
	ch.Receive(t.Context())
	start := time.Now()
	ch.Cancel(nil)
	if err := end(t, ch); !strings.Contains(err.Error(), "abandoned") {
		t.Errorf("it ended with %v", err)
	}
	if d := time.Since(start); d < 2*after {
		t.Errorf("abandoned after %v already", d)
	}
	if d := (<-stopped).Sub(start); d < after {
		t.Errorf("stopped after %v already", d)
	}
	state, err := channel.Receive[request.State](t.Context(), n.ask(t, request.Status, nil))
	if err != nil || state.Running != 1 || state.Abandoned != 1 {
		t.Errorf("state %+v, %v", state, err)
	}
	close(may)
	farsidetest.Eventually(t, func() bool {
		state, err := channel.Receive[request.State](t.Context(), n.ask(t, request.Status, nil))
		return err == nil && state.Running == 0 && state.Abandoned == 0
	}, "it still counts as running")
}

// P8
func TestDeadlineOfARequest(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		<-ctx.Done()
		return nil, context.Cause(ctx)
	})})
	start := time.Now()
	err := end(t, n.ask(t, request.Exec, request.Program{Name: "x", Timeout: 20 * time.Millisecond}))
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) < 20*time.Millisecond {
		t.Errorf("after %v: %v", time.Since(start), err)
	}
}

// P12: a near side that does not take the output holds the program up, which can be
// cancelled all the same.
func TestProgramWhoseOutputNobodyTakes(t *testing.T) {
	failed := make(chan error, 1)
	n := serve(t, &worker.Options{StopAfter: 20 * time.Millisecond, Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		for {
			if _, err := job.Stdout.Write(make([]byte, 100<<10)); err != nil {
				failed <- err
				return nil, err
			}
		}
	})})
	ch := n.ask(t, request.Exec, request.Program{Name: "x"})
	if item, err := ch.Receive(t.Context()); item != "running" {
		t.Fatal(item, err)
	}
	ch.Cancel(nil)
	if err := end(t, ch); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
	if err := <-failed; err == nil {
		t.Error("its output was taken")
	}
}

func TestPanicOfTheEngineDoesNotEndTheFarSide(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(context.Context, *worker.Job) (any, error) { panic(errors.New("oh")) })})
	for range 3 {
		err := end(t, n.ask(t, request.Exec, request.Program{Name: "x"}))
		remote, ok := errors.AsType[*channel.RemoteError](err)
		if !ok || remote.Name != "panic" || !strings.Contains(remote.Text, "oh") || !strings.Contains(remote.Stack, "exec_test.go") {
			t.Errorf("got %+v", err)
		}
	}
}
