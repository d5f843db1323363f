package gateway_test

import (
	"errors"
	"io"
	"io/fs"
	"math/big"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// kinds are the gateways that promise the same.
func kinds(t *testing.T, test func(t *testing.T, gw *gateway.Gateway)) {
	t.Helper()
	t.Run("popen", func(t *testing.T) { test(t, open(t, "popen", nil)) })
	t.Run("in-process", func(t *testing.T) { test(t, inProcess(t, nil)) })
}

// G2
func TestCallGivesTypedResults(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		if got := call[int](t, gw, "add", 40, 2); got != 42 {
			t.Errorf("add: %d", got)
		}
		if got := call[float64](t, gw, "add", int8(1), uint64(2)); got != 3 {
			t.Errorf("add as a float: %v", got)
		}
		if got := call[any](t, gw, "add", big.NewInt(20), 1); got != 21 {
			t.Errorf("add as any: %v (%T)", got, got)
		}
		if got := call[*string](t, gw, "nothing"); got != nil {
			t.Errorf("nothing: %v", got)
		}
		if got := call[string](t, gw, "chatty"); got != "last" {
			t.Errorf("chatty: %q", got)
		}
		program := gateway.Source("upper")
		program.Name, program.Func, program.Session = "a.go", "F", "s"
		got, err := gateway.Call[[]string](t.Context(), gw, program, "höhe")
		if want := []string{"HÖHE", "a.go", "F", "s"}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("upper: %q, %v; want %q", got, err, want)
		}
	})
}

func TestProgramsHaveANameForPositions(t *testing.T) {
	if got := call[[]string](t, open(t, "popen", nil), "upper", "x"); got[1] != "source.go" {
		t.Errorf("the name is %q", got[1])
	}
}

func TestCallErrors(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ctx := t.Context()
		_, err := gateway.Call[int](ctx, gw, gateway.Source("fail"))
		if remote, ok := errors.AsType[*gateway.RemoteError](err); !ok || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("fail: %v (%+v)", err, remote)
		}
		_, err = gateway.Call[int](ctx, gw, gateway.Source("fault"))
		if remote, ok := errors.AsType[*gateway.RemoteError](err); !ok || remote.Code != 3 || remote.Line != 7 || remote.File != "a.go" {
			t.Errorf("fault: %v (%+v)", err, remote)
		}
		_, err = gateway.Call[int](ctx, gw, gateway.Source("panic"))
		if remote, ok := errors.AsType[*gateway.RemoteError](err); !ok || !strings.Contains(err.Error(), "out of cheese") || !strings.Contains(remote.Stack, "programs_test.go") {
			t.Errorf("panic: %v (%+v)", err, remote)
		}
		for range 10 { // more than goroutines are kept
			_, err = gateway.Call[int](ctx, gw, gateway.Source("goexit"))
			if err == nil || !strings.Contains(err.Error(), "Goexit") {
				t.Errorf("goexit: %v", err)
			}
		}
		_, err = gateway.Call[int](ctx, gw, gateway.Source("no such thing"))
		if err == nil || !strings.Contains(err.Error(), "no such thing") {
			t.Errorf("unknown: %v", err)
		}
		_, err = gateway.Call[int](ctx, gw, gateway.Source("unsendable"))
		if err == nil || !strings.Contains(err.Error(), "func") {
			t.Errorf("a result that cannot travel: %v", err)
		}
		_, err = gateway.Call[int](ctx, gw, gateway.Source("getwd"))
		if _, ok := errors.AsType[*channel.DecodeError](err); !ok {
			t.Errorf("a result of another type: %v", err)
		}
		_, err = gateway.Call[int](ctx, gw, gateway.Source("add"), 1, func() {})
		if _, ok := errors.AsType[*channel.EncodeError](err); !ok || !strings.Contains(err.Error(), "argument 2") {
			t.Errorf("an argument that cannot travel: %v", err)
		}
		if got := call[int](t, gw, "add", 1, 1); got != 2 {
			t.Errorf("afterwards: %d", got)
		}
		noPrograms(t, gw)
	})
}

// noPrograms waits until the far side has no programs and only this call's
// channel.
func noPrograms(t *testing.T, gw *gateway.Gateway) {
	t.Helper()
	var st gateway.Status
	eventually(t, func() bool {
		st = status(t, gw)
		return st.Running == 0 && st.Channels == 1
	}, func() any { return st })
}

// G2
func TestExecEndsWithTheProgram(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ch := exec(t, gw, "chatty")
		for i := range 10 {
			if n, err := channel.Receive[int](t.Context(), ch); n != i || err != nil {
				t.Fatalf("item %d: %d, %v", i, n, err)
			}
		}
		if last, err := ch.Receive(t.Context()); last != "last" || err != nil {
			t.Fatalf("the result: %v, %v", last, err)
		}
		if _, err := ch.Receive(t.Context()); err != io.EOF {
			t.Errorf("the end: %v", err)
		}
		ch = exec(t, gw, "nothing")
		if item, err := ch.Receive(t.Context()); err != io.EOF {
			t.Errorf("a program that returns nothing: %v, %v", item, err)
		}
	})
}

// G4
func TestStatusAnswersWhileProgramsSpin(t *testing.T) {
	gw := open(t, "popen", nil)
	for range 4 {
		running(t, gw, "spin")
	}
	for range 20 {
		st := status(t, gw)
		if st.Running != 4 || st.Channels < 5 || st.Goroutines < 5 || st.Memory == 0 || st.Abandoned != 0 {
			t.Fatalf("status %+v", st)
		}
	}
	if err := gw.Kill(); err != nil {
		t.Error(err)
	}
	if _, err := gw.Status(t.Context()); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("status of a killed gateway: %v", err)
	}
}

// G9: there is nothing that the far side could run here.
func TestNearSideTakesNoRequests(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		for _, label := range []string{"exec", "import", "status", "terminate", "nonsense"} {
			if got := call[string](t, gw, "ask the near side", label); !strings.Contains(got, "takes no requests") {
				t.Errorf("%s: %s", label, got)
			}
		}
		call[int](t, gw, "pid")
	})
}

// G2
func TestImportReachesTheEngine(t *testing.T) {
	gw := open(t, "popen", nil)
	tree := fstest.MapFS{"sub/a.go": {Data: []byte("package sub")}, "empty": {Mode: fs.ModeDir}}
	if err := gw.Import(t.Context(), "example.com/x", tree); err != nil {
		t.Fatal(err)
	}
	if got := call[string](t, gw, "imported"); got != "example.com/x: package sub" {
		t.Errorf("got %q", got)
	}
	if err := gw.Import(t.Context(), "example.com/y", fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "example.com/y") {
		t.Errorf("a tree that the engine refuses: %v", err)
	}
}

// A channel of the near side is how a far program calls back.
func TestNewChannelTravelsAsAnArgument(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		own, err := gw.NewChannel(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer own.Close()
		call[any](t, gw, "send on", own)
		if item, err := own.Receive(t.Context()); item != "hello" || err != nil {
			t.Errorf("got %v, %v", item, err)
		}
	})
}
