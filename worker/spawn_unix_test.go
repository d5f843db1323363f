//go:build unix

package worker_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

// spawn asks for a worker and gives its wire, and all that it prints when it has
// ended.
func spawn(t *testing.T, n *near, first any) (wire *relay.Conn, printed func() string) {
	t.Helper()
	ch := n.ask(t, "spawn", first)
	if _, err := channel.Receive[map[string]any](t.Context(), ch); err != nil {
		t.Fatal(err)
	}
	conn := streamconn.New(ch, request.Addr{}, request.Addr{})
	var mu sync.Mutex
	var out strings.Builder
	wire = relay.NewConn(conn, relay.Buffered(conn), func() { conn.Close() }, func(_ byte, p []byte) {
		mu.Lock()
		defer mu.Unlock()
		out.Write(p)
	})
	end := sync.OnceFunc(func() {
		wire.Close()
		if err := wire.End(context.Background()); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		end()
		farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 0 }, "processes are left")
	})
	return wire, func() string { end(); return out.String() }
}

// P8: a near side finds the function of such a program without knowing its name.
func TestProgramOfOneFunctionRunsItAsMain(t *testing.T) {
	wire, _ := spawn(t, serve(t, nil), map[string]any{"env": []string{runVariable + "=good"}})
	if _, err := (&hello.Line{}).Exchange(t.Context(), wire); err != nil {
		t.Fatal(err)
	}
	mux, err := channel.NewMux(wire, channel.Near, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer mux.Close()
	ch := (&near{Mux: mux}).ask(t, "exec", map[string]any{"function": "main", "args": []any{"+", "1", "2"}})
	if item, err := ch.Receive(t.Context()); item != "1+2" || err != nil {
		t.Errorf("got %v, %v", item, err)
	}
}

// Without a path it is the hop's own program.
func TestSpawnAsTheProtocolSays(t *testing.T) {
	wire, _ := spawn(t, serve(t, nil), map[string]any{})
	far, err := (&hello.Line{}).Exchange(t.Context(), wire)
	if err != nil || far.Fields["pid"] == "" {
		t.Fatalf("the worker's hello: %v, %v", far, err)
	}
}

func TestSpawnedWorkerHasItsEnvironmentAndIsHeard(t *testing.T) {
	path := filepath.Join(t.TempDir(), "worker")
	if err := os.WriteFile(path, []byte("#!/bin/sh\necho out $SPAWNED\necho err $SPAWNED >&2\nexit 9\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	wire, printed := spawn(t, serve(t, nil), map[string]any{"worker": path, "env": []string{"SPAWNED=here"}})
	if _, err := io.Copy(io.Discard, struct{ io.Reader }{wire}); err != nil {
		t.Error(err)
	}
	got := printed()
	if !strings.Contains(got, "out here\n") || !strings.Contains(got, "err here\n") {
		t.Errorf("it printed %q", got)
	}
	if exit, told := wire.AwaitExit(time.Minute); !told || exit.Code != 9 || exit.Stderr != "err here" {
		t.Errorf("it ended with %+v, %v", exit, told)
	}
}

func TestSpawnThatFails(t *testing.T) {
	n := serve(t, nil)
	for _, c := range []struct {
		first any
		want  string
	}{
		{map[string]any{"worker": "/nowhere/worker"}, "check the path of the worker"},
		{"nonsense", "worker: spawn: the request"},
	} {
		if err := end(t, n.ask(t, "spawn", c.first)); err == io.EOF || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: %v", c.first, err)
		}
	}
}

// G7: the near side goes without a word.
func TestSpawnedWorkerEndsWithTheNearSide(t *testing.T) {
	n := serve(t, nil)
	ch := n.ask(t, "spawn", map[string]any{})
	if _, err := channel.Receive[any](t.Context(), ch); err != nil {
		t.Fatal(err)
	}
	if len(farsidetest.Children()) == 0 {
		t.Error("there is no process")
	}
	n.Mux.Close()
	farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 0 }, "its process is left")
	<-n.served
}
