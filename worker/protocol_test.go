package worker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/worker"
)

// These tests ask in the words of docs/protocol.md. Both sides share the types of
// the requests, so that no other test sees a name change on the wire.

// P8
func TestExecAsTheProtocolSays(t *testing.T) {
	jobs, deadlines := make(chan *worker.Job, 1), make(chan time.Time, 1)
	n := serve(t, &worker.Options{Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		at, _ := ctx.Deadline()
		jobs <- job
		deadlines <- at
		return nil, nil
	})})
	start := time.Now()
	ch := n.ask(t, "exec", map[string]any{
		"name": "a.go", "source": "the text", "func": "F", "session": "s",
		"args": []any{1, "two"}, "parse": true, "timeout": time.Hour, "result": true,
	})
	if item, err := ch.Receive(t.Context()); item != nil || err != nil {
		t.Errorf("the result that was asked for: %v, %v", item, err)
	}
	if err := end(t, ch); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
	job := <-jobs
	if job.Name != "a.go" || job.Source != "the text" || job.Func != "F" || job.Session != "s" || !job.Parse {
		t.Errorf("got %+v", job)
	}
	var one int
	var two string
	if len(job.Args) != 2 || ch.Decode(job.Args[0], &one) != nil || ch.Decode(job.Args[1], &two) != nil || one != 1 || two != "two" {
		t.Errorf("%d arguments: %d, %q", len(job.Args), one, two)
	}
	if at := <-deadlines; at.Before(start.Add(time.Hour)) || at.After(time.Now().Add(time.Hour)) {
		t.Errorf("the deadline is %v", at)
	}
}

// P8: what a program returns is its last item, behind what it sent.
func TestResultIsTheLastItem(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		return "result", job.Channel.Send(ctx, "item")
	})})
	var items []any
	ch := n.ask(t, "exec", map[string]any{"name": "a.go", "source": "x"})
	for item := range ch.Items(t.Context()) {
		items = append(items, item)
	}
	if !reflect.DeepEqual(items, []any{"item", "result"}) || ch.Err() != io.EOF {
		t.Errorf("got %v, then %v", items, ch.Err())
	}
}

// importing is an engine that tells what it was given to import.
type importing struct {
	engine
	got chan string
}

func (e importing) Import(path string, tree fs.FS) error {
	data, err := fs.ReadFile(tree, "sub/a.go")
	if info, err := fs.Stat(tree, "sub/link"); err != nil || info.Mode().IsRegular() {
		return fmt.Errorf("sub/link is %v, %v", info, err)
	}
	e.got <- path + ": " + string(data)
	return err
}

// P9
func TestImportAsTheProtocolSays(t *testing.T) {
	eng := importing{got: make(chan string, 1)}
	n := serve(t, &worker.Options{Engine: eng})
	ch := n.ask(t, "import", map[string]any{
		"path": "example.com/x", "files": map[string]any{"sub/a.go": []byte("package sub")}, "irregular": []any{"sub/link"},
	})
	if err := end(t, ch); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
	if got := <-eng.got; got != "example.com/x: package sub" {
		t.Errorf("the engine was given %s", got)
	}
}

// P10
func TestStatusAsTheProtocolSays(t *testing.T) {
	n := serve(t, nil)
	state, err := channel.Receive[map[string]any](t.Context(), n.ask(t, "status", nil))
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(maps.Keys(state))
	if want := []string{"abandoned", "channels", "goroutines", "memory", "objects", "running"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if state["channels"] != 1 || state["running"] != 0 {
		t.Errorf("got %v", state)
	}
}

// P11
func TestTerminateAsTheProtocolSays(t *testing.T) {
	n := serve(t, &worker.Options{StopAfter: time.Hour, Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		return "ended", nil
	})})
	program := n.ask(t, "exec", map[string]any{"name": "a.go", "source": "x"})
	if item, err := program.Receive(t.Context()); item != "running" {
		t.Fatal(item, err)
	}
	if err := end(t, n.ask(t, "terminate", time.Hour)); err != io.EOF {
		t.Errorf("it ended with %v", err)
	}
	if item, err := program.Receive(t.Context()); item != "ended" {
		t.Errorf("the program's ctx did not end: %v, %v", item, err)
	}
	if err := n.Err(); err != nil {
		t.Errorf("it is the near side that closes the stream: %v", err)
	}
	n.Mux.Close()
	if err := <-n.served; err != nil {
		t.Errorf("Serve returned %v after an orderly end", err)
	}
}

// P12
func TestOutputAsTheProtocolSays(t *testing.T) {
	n := serve(t, &worker.Options{StopAfter: time.Hour, Engine: engine(func(_ context.Context, job *worker.Job) (any, error) {
		fmt.Fprint(job.Stdout, "out")
		fmt.Fprint(job.Stderr, "err")
		return nil, nil
	})})
	program := n.ask(t, "exec", map[string]any{"name": "a.go", "source": "x"})
	out, err := n.Accept(t.Context())
	if err != nil || out.Label() != "output" {
		t.Fatalf("it opened %v, %v", out, err)
	}
	for _, want := range []any{int(program.ID()), []byte("\x01out"), []byte("\x02err")} {
		if item, err := out.Receive(t.Context()); !reflect.DeepEqual(item, want) {
			t.Fatalf("got %#v, %v, want %#v", item, err, want)
		}
	}
	if item, err := out.Receive(t.Context()); err != io.EOF {
		t.Fatalf("behind the output: %v, %v", item, err)
	}
	if err := program.Err(); err != nil {
		t.Errorf("the program's channel ended before its output was written: %v", err)
	}
	out.Close()
	if err := end(t, program); err != io.EOF {
		t.Errorf("the program ended with %v", err)
	}
}

// P12: there is no channel for what was not printed.
func TestProgramThatPrintsNothingOpensNoOutput(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(context.Context, *worker.Job) (any, error) { return nil, nil })})
	if err := end(t, n.ask(t, "exec", map[string]any{"name": "a.go", "source": "x"})); err != io.EOF {
		t.Errorf("the program ended with %v", err)
	}
	n.Mux.Close()
	if ch, err := n.Accept(t.Context()); err == nil {
		t.Errorf("it opened %q", ch.Label())
	}
}

// P13
func TestInputAsTheProtocolSays(t *testing.T) {
	n := serve(t, &worker.Options{StopAfter: time.Hour, Engine: engine(func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Receive(ctx)
		data, err := io.ReadAll(job.Stdin)
		return string(data), err
	})})
	for _, c := range []struct {
		why  error
		want string
	}{{nil, "the input"}, {fs.ErrPermission, ""}} {
		program := n.ask(t, "exec", map[string]any{"name": "a.go", "source": "x"})
		program.Send(t.Context(), "go on")
		in, err := n.Accept(t.Context())
		if err != nil || in.Label() != "input" {
			t.Fatalf("it opened %v, %v", in, err)
		}
		if id, err := in.Receive(t.Context()); id != int(program.ID()) {
			t.Fatalf("its first item is %v, %v", id, err)
		}
		in.Send(t.Context(), []byte("the "))
		in.Send(t.Context(), []byte("input"))
		in.CloseWithError(c.why)
		item, err := program.Receive(t.Context())
		if c.why == nil && item != c.want || c.why != nil && !errors.Is(err, c.why) {
			t.Errorf("closed with %v, it gives %v, %v", c.why, item, err)
		}
	}
}

// P13: the worker closes what the near side still sends on.
func TestInputIsClosedWithTheProgram(t *testing.T) {
	n := serve(t, &worker.Options{Engine: engine(func(_ context.Context, job *worker.Job) (any, error) {
		_, err := job.Stdin.Read(make([]byte, 1))
		return nil, err
	})})
	program := n.ask(t, "exec", map[string]any{"name": "a.go", "source": "x"})
	in, err := n.Accept(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	in.Receive(t.Context())
	in.Send(t.Context(), []byte("more than it reads"))
	if err := end(t, program); err != io.EOF {
		t.Errorf("the program ended with %v", err)
	}
	<-in.Done()
	if err := in.Err(); err != io.EOF {
		t.Errorf("its input ended with %v", err)
	}
}
