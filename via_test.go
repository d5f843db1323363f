package farside_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// chain opens gateways a, b and c, each through the one before.
func chain(t *testing.T) (group *gateway.Group, a, b, c *gateway.Gateway) {
	t.Helper()
	group = &gateway.Group{}
	t.Cleanup(func() { group.Close() })
	gateways := make([]*gateway.Gateway, 3)
	for i, spec := range []string{"popen//id=a", "popen//id=b//via=a", "socket//id=c//installvia=b//via=b"} {
		var err error
		if gateways[i], err = group.Open(t.Context(), spec, farsidetest.Options(t, nil)); err != nil {
			t.Fatal(err)
		}
	}
	return group, gateways[0], gateways[1], gateways[2]
}

func TestChainOfThree(t *testing.T) {
	group, a, b, c := chain(t)
	seen := map[int]string{}
	for _, gw := range []*gateway.Gateway{a, b, c} {
		pid, err := gateway.Call[int](t.Context(), gw, gateway.Source("return os.Getpid()"))
		if err != nil || pid != gw.Info().PID {
			t.Fatalf("%s: process %d, %v; want %d", gw.ID(), pid, err, gw.Info().PID)
		}
		if other := seen[pid]; other != "" {
			t.Errorf("%s and %s are one process", gw.ID(), other)
		}
		seen[pid] = gw.ID()
	}
	if err := group.Close(); err != nil {
		t.Error(err)
	}
	for pid, id := range seen {
		farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the far side of %s is left", id)
	}
}

// G6: what lies behind a gateway ends with it, and is told why.
func TestEndOfAHopNamesTheHop(t *testing.T) {
	_, a, b, c := chain(t)
	waiting, err := c.Exec(t.Context(), gateway.Source(`<-ctx.Done()`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Exec(t.Context(), gateway.Source(`syscall.Kill(os.Getpid(), syscall.SIGKILL)`)); err != nil {
		t.Fatal(err)
	}
	_, err = waiting.Receive(t.Context())
	exit, told := errors.AsType[*gateway.ExitError](err)
	if !errors.Is(err, gateway.ErrLost) || !told || exit.Signal != "killed" ||
		!strings.Contains(err.Error(), "via a") || !strings.Contains(err.Error(), "via b") {
		t.Errorf("c ended with %v", err)
	}
	for _, gw := range []*gateway.Gateway{b, c} {
		pid := gw.Info().PID
		farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the far side of %s is left", gw.ID())
	}
}

// G6: closing a hop closes what lies behind it first, in an orderly way.
func TestCloseOfAHopClosesWhatLiesBehind(t *testing.T) {
	_, a, _, c := chain(t)
	ch, err := c.Exec(t.Context(), gateway.Source(`
		channel.Send(ctx, "running")
		<-ctx.Done()
		channel.Set(context.Background(), map[string]any{"last": "words"})`))
	if err != nil {
		t.Fatal(err)
	}
	if item, err := ch.Receive(t.Context()); item != "running" {
		t.Fatal(item, err)
	}
	if err := a.Close(); err != nil {
		t.Error(err)
	}
	if last, err := ch.Get(t.Context(), "last"); last != "words" || err != nil {
		t.Errorf("got %v, %v", last, err)
	}
	if !errors.Is(c.Err(), gateway.ErrClosed) {
		t.Errorf("c ended with %v", c.Err())
	}
}
