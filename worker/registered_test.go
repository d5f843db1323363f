package worker_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/registry"
	"github.com/farside-go/farside/worker"
)

// The functions that this test binary has registered.
var (
	join    = gateway.FuncOf(joinAll)
	doomed  = gateway.Func(explode)
	leaving = gateway.Func0(func(context.Context) (int, error) { runtime.Goexit(); return 1, nil })
	stub    = gateway.ChannelFunc0(waitAndIgnore)
	typed   = gateway.Func2(func(_ context.Context, d time.Duration, n *int) (string, error) { return fmt.Sprint(d, *n), nil })
)

func joinAll(_ context.Context, ch *channel.Channel, sep string, parts ...string) (string, error) {
	if ch == nil {
		return "", errors.New("no channel")
	}
	return strings.Join(parts, sep), nil
}

func explode(_ context.Context, text string) (int, error) { panic(text) }

// mayReturn ends the functions that ignore their ctx, which are this process's own.
var mayReturn = make(chan struct{})

func waitAndIgnore(ctx context.Context, ch *channel.Channel) error {
	ch.Send(ctx, "running")
	<-mayReturn
	return nil
}

// lean are the far sides that run no source.
func lean(t *testing.T, test func(*testing.T, *gateway.Gateway)) {
	t.Run("popen", func(t *testing.T) { test(t, farsidetest.Gateway(t, "popen", nil)) })
	t.Run("in-process", func(t *testing.T) { test(t, farsidetest.InProcess(t, nil, nil)) })
}

func TestLeanWorkerRunsRegisteredFunctions(t *testing.T) {
	lean(t, func(t *testing.T, gw *gateway.Gateway) {
		if text, err := gateway.Call[string](t.Context(), gw, join, "-", "a", "b", "c"); text != "a-b-c" || err != nil {
			t.Errorf("got %q, %v", text, err)
		}
		if text, err := gateway.Call[string](t.Context(), gw, join, "-"); text != "" || err != nil {
			t.Errorf("with nothing for the variadic parameter: %q, %v", text, err)
		}
		two := 2
		if text, err := typed.Call(t.Context(), gw, time.Minute, &two); text != "1m0s 2" || err != nil {
			t.Errorf("got %q, %v", text, err)
		}
		parsed := *typed.Program()
		parsed.ParseArgs = true
		if text, err := gateway.Call[string](t.Context(), gw, &parsed, "1h", "0x10"); text != "1h0m0s 16" || err != nil {
			t.Errorf("arguments of a command line: %q, %v", text, err)
		}
	})
}

func TestArgumentsThatDoNotFitAreToldByTheirParameters(t *testing.T) {
	gw := farsidetest.InProcess(t, nil, nil)
	for _, c := range []struct {
		args []any
		want string
	}{
		{nil, "worker_test.joinAll: it takes at least 1 (string, ...string), not 0"},
		{[]any{"-", "a", 1}, "worker_test.joinAll: argument 3 (...string): "},
	} {
		if _, err := gateway.Call[string](t.Context(), gw, join, c.args...); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: got %v, want %q", c.args, err, c.want)
		}
	}
}

func TestPanicOfARegisteredFunctionIsAFarError(t *testing.T) {
	lean(t, func(t *testing.T, gw *gateway.Gateway) {
		_, err := doomed.Call(t.Context(), gw, "ouch")
		remote, ok := errors.AsType[*gateway.RemoteError](err)
		if !ok || remote.Name != "panic" || remote.Text != "panic: ouch" {
			t.Fatalf("got %#v", err)
		}
		if !strings.HasSuffix(remote.File, "registered_test.go") || remote.Line == 0 {
			t.Errorf("it is at %s:%d", remote.File, remote.Line)
		}
		if !strings.HasPrefix(remote.Stack, "github.com/farside-go/farside/worker_test.explode(...)") || strings.Count(remote.Stack, "\n") != 2 {
			t.Errorf("its stack is\n%s", remote.Stack)
		}
		if _, err := leaving.Call(t.Context(), gw); err == nil || !strings.Contains(err.Error(), "runtime.Goexit") {
			t.Errorf("one that ends its goroutine: %v", err)
		}
	})
}

func TestRegisteredFunctionThatIgnoresItsEndIsAbandoned(t *testing.T) {
	gw := farsidetest.InProcess(t, &worker.Options{StopAfter: 10 * time.Millisecond}, nil)
	ch, err := stub.Exec(t.Context(), gw)
	if err != nil {
		t.Fatal(err)
	}
	if item, err := ch.Receive(t.Context()); item != "running" || err != nil {
		t.Fatalf("it says %v, %v", item, err)
	}
	ch.Cancel(errors.New("enough"))
	if _, err := ch.Receive(t.Context()); err == nil || !strings.Contains(err.Error(), "was abandoned") {
		t.Errorf("it ended with %v", err)
	}
	close(mayReturn)
	farsidetest.Eventually(t, func() bool {
		st, err := gw.Status(t.Context())
		return err == nil && st.Running == 0 && st.Abandoned == 0
	}, "it is counted for ever")
}

// P8: a function of the same name in another program may be another function.
func TestFunctionsOfAnotherProgramAreRefused(t *testing.T) {
	n := serve(t, nil)
	own, err := registry.BuildID()
	if err != nil {
		t.Fatal(err)
	}
	name := registered(t, joinAll)
	for _, c := range []struct{ function, build, want string }{
		{name, "other", "runs another program than the near side (build " + own + ", not other)"},
		{"no.such", "other", "runs another program"},
		{"no.such", own, "no.such: no such function is registered on this far side"},
		{"no.such", "", "no such function is registered"},
	} {
		err := end(t, n.ask(t, "exec", map[string]any{"function": c.function, "build": c.build, "args": []any{""}}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s of %s: got %v, want %q", c.function, c.build, err, c.want)
		}
	}
	for _, build := range []string{own, ""} {
		ch := n.ask(t, "exec", map[string]any{"function": name, "build": build, "args": []any{"+", "1", "2"}})
		if item, err := ch.Receive(t.Context()); item != "1+2" || err != nil {
			t.Errorf("build %q: got %v, %v", build, item, err)
		}
		if err := end(t, ch); err != io.EOF {
			t.Errorf("build %q: it ended with %v", build, err)
		}
	}
}

// registered gives the name of a function.
func registered(t *testing.T, f any) string {
	t.Helper()
	_, err := registry.Add(f)
	name, _, ok := strings.Cut(fmt.Sprint(err), " is registered already")
	if !ok {
		t.Fatalf("it was not registered: %v", err)
	}
	return name
}

// runVariable makes the test binary a program that was built for one function.
const runVariable = "FARSIDE_WORKER_TEST_RUN"

func TestProgramOfOneFunction(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for variant, words := range map[string]string{
		"good": "is a far side: it runs the function github.com/farside-go/farside/worker_test.joinAll",
		"bad":  "worker: run: int is no function",
	} {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(os.Environ(), runVariable+"="+variant)
		out, err := cmd.CombinedOutput()
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 2 || !strings.Contains(string(out), words) {
			t.Errorf("%s: by hand it ends with %v and says %s", variant, err, out)
		}
	}
}
