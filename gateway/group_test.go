package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// newGroup gives a group that ends with the test and leaves nothing.
func newGroup(t *testing.T) *gateway.Group {
	t.Helper()
	group := &gateway.Group{}
	t.Cleanup(func() {
		if err := group.Close(); err != nil {
			t.Errorf("close the group: %v", err)
		}
		if left := group.Gateways(); len(left) > 0 {
			t.Errorf("%d gateways are left in the group", len(left))
		}
	})
	return group
}

func join(t *testing.T, group *gateway.Group, spec string) *gateway.Gateway {
	t.Helper()
	gw, err := group.Open(t.Context(), spec, farsidetest.Options(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	return gw
}

// refusedJoin is an Open into a group that fails with its spec.
func refusedJoin(t *testing.T, group *gateway.Group, spec, want string) {
	t.Helper()
	gw, err := group.Open(t.Context(), spec, nil)
	if err == nil {
		gw.Close()
	}
	failed, ok := errors.AsType[*gateway.OpenError](err)
	if !ok || failed.Stage != gateway.StageSpec || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want the spec refused with %q", err, want)
	}
}

func kill(t *testing.T, gw *gateway.Gateway) {
	t.Helper()
	process, err := os.FindProcess(gw.Info().PID)
	if err == nil {
		err = process.Kill()
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestGroupFindsItsGateways(t *testing.T) {
	group := newGroup(t)
	if group.Gateway("a") != nil || len(group.Gateways()) > 0 {
		t.Error("an empty group has gateways")
	}
	a, b := join(t, group, "popen//id=a"), join(t, group, "popen//id=b//via=a")
	if group.Gateway("a") != a || group.Gateway("b") != b || group.Gateway("c") != nil {
		t.Error("it finds others")
	}
	if all := group.Gateways(); len(all) != 2 || all[0] != a || all[1] != b {
		t.Errorf("it has %v", all)
	}
	if here, there := call[int](t, a, "pid"), call[int](t, b, "pid"); here == there {
		t.Error("both are one process")
	}
	a.Close()
	if len(group.Gateways()) > 0 {
		t.Error("gateways that are closed are still there")
	}
}

func TestIDsOfAGroupAreItsOwn(t *testing.T) {
	group := newGroup(t)
	first := join(t, group, "popen//id=a")
	refusedJoin(t, group, "popen//id=a", "the group has a gateway a already")
	if group.Gateway("a") != first || first.Err() != nil {
		t.Error("the refused one took the place of the first")
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	again := join(t, group, "popen//id=a")
	if group.Gateway("a") != again {
		t.Error("it finds another")
	}
	first.Close() // once more
	if group.Gateway("a") != again {
		t.Error("the first took the second with it")
	}
	if _, err := group.Open(t.Context(), "popen//id=b//worker=/nowhere", nil); err == nil {
		t.Error("a worker was found nowhere")
	}
	join(t, group, "popen//id=b") // of one that failed nothing stays
}

func TestGatewayThroughOneThatIsNotThere(t *testing.T) {
	group := newGroup(t)
	refusedJoin(t, group, "popen//via=nobody", "via=nobody: no open gateway of the group has this id")
	refusedJoin(t, group, "socket//installvia=nobody", "installvia=nobody: no open gateway of the group has this id")
	join(t, group, "popen//id=hop").Close()
	refusedJoin(t, group, "popen//via=hop", "via=hop: no open gateway")
	for _, spec := range []string{"popen//via=hop", "socket//installvia=hop"} {
		_, err := gateway.Open(t.Context(), spec, nil)
		checkOpenError(t, err, gateway.StageSpec, "Group.Open")
	}
	lost := join(t, group, "popen//id=lost")
	kill(t, lost)
	<-lost.Done()
	_, err := group.Open(t.Context(), "popen//via=lost", nil)
	if checkOpenError(t, err, gateway.StageStart, "via lost: "); !errors.Is(err, gateway.ErrLost) {
		t.Errorf("got %v", err)
	}
}

// G6: those behind end first, and orderly.
func TestGatewaysBehindEndFirst(t *testing.T) {
	for name, end := range map[string]func(group *gateway.Group, first *gateway.Gateway) error{
		"close":       func(_ *gateway.Group, first *gateway.Gateway) error { return first.Close() },
		"kill":        func(_ *gateway.Group, first *gateway.Gateway) error { return first.Kill() },
		"close group": func(group *gateway.Group, _ *gateway.Gateway) error { return group.Close() },
		"kill group":  func(group *gateway.Group, _ *gateway.Gateway) error { return group.Kill() },
	} {
		t.Run(name, func(t *testing.T) {
			group := newGroup(t)
			a := join(t, group, "popen//id=a")
			b := join(t, group, "popen//id=b//via=a")
			c := join(t, group, "popen//id=c//via=b")
			told := running(t, c, "wait")
			if err := end(group, a); err != nil {
				t.Error(err)
			}
			for _, gw := range []*gateway.Gateway{a, b, c} {
				if err := gw.Err(); err != gateway.ErrClosed {
					t.Errorf("%s ended with %v", gw.ID(), err)
				}
			}
			if _, err := told.Receive(t.Context()); err == nil || errors.Is(err, gateway.ErrLost) {
				t.Errorf("its program ended with %v", err)
			}
			if left := group.Gateways(); len(left) > 0 {
				t.Errorf("%d are left", len(left))
			}
		})
	}
}

// G8: the end of a hop ends what lies behind it, with an error that names it.
func TestLossOfAHopNamesIt(t *testing.T) {
	group := newGroup(t)
	a := join(t, group, "popen//id=a")
	b := join(t, group, "popen//id=b//via=a")
	c := join(t, group, "popen//id=c//via=b")
	kill(t, a)
	for _, gw := range []*gateway.Gateway{a, b, c} {
		<-gw.Done()
		if err := gw.Err(); !errors.Is(err, gateway.ErrLost) || gw != a && !strings.Contains(err.Error(), "via a: ") {
			t.Errorf("%s: %v", gw.ID(), err)
		}
	}
}

func TestClosedGroupOpensNothing(t *testing.T) {
	group := &gateway.Group{}
	if err := errors.Join(group.Close(), group.Close(), group.Kill()); err != nil {
		t.Error(err)
	}
	_, err := group.Open(t.Context(), "popen", nil)
	if checkOpenError(t, err, gateway.StageSpec); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

// G11, and the race detector's work: gateways come and go through one that goes.
func TestGroupUnderLoad(t *testing.T) {
	group := newGroup(t)
	hop := join(t, group, "popen//id=hop")
	var opening sync.WaitGroup
	for range 8 {
		opening.Go(func() { // ends with the hop
			for {
				gw, err := group.Open(context.Background(), "popen//via=hop", &gateway.Options{Stderr: farsidetest.Log(t, "")})
				if err != nil {
					return
				}
				gw.Close()
			}
		})
	}
	for range 3 {
		join(t, group, "popen//via=hop").Close()
	}
	if err := hop.Close(); err != nil {
		t.Error(err)
	}
	opening.Wait()
}

// A caller may have chosen the name that would be the next one.
func TestOwnIDsAreNotTakenByUnnamedGateways(t *testing.T) {
	group := newGroup(t)
	first, err := group.Open(t.Context(), "popen", farsidetest.Options(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	n, err := strconv.Atoi(strings.TrimPrefix(first.ID(), "gw"))
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if _, err := group.Open(t.Context(), fmt.Sprintf("popen//id=gw%d", n+1+i), farsidetest.Options(t, nil)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := group.Open(t.Context(), "popen", farsidetest.Options(t, nil)); err != nil {
		t.Error(err)
	}
}
