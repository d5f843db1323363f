package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/registry"
)

// The functions that this test binary has registered, one of each form.
var (
	pid    = gateway.Func0(func(context.Context) (int, error) { return os.Getpid(), nil })
	double = gateway.Func(func(_ context.Context, list []int) ([]int, error) { return append(list, list...), nil })
	divide = gateway.Func2(divided)
	within = gateway.Func3(func(_ context.Context, a, b, c string) (bool, error) { return a <= b && b <= c, nil })

	echoed  = gateway.ChannelFunc0(func(ctx context.Context, ch *channel.Channel) error { return upTo(ctx, ch, 0, 1<<30, 1) })
	counted = gateway.ChannelFunc(func(ctx context.Context, ch *channel.Channel, to int) error { return upTo(ctx, ch, 0, to, 1) })
	ranged  = gateway.ChannelFunc2(func(ctx context.Context, ch *channel.Channel, from, to int) error { return upTo(ctx, ch, from, to, 1) })
	stepped = gateway.ChannelFunc3(upTo)

	prints = gateway.FuncOf(func(_ context.Context, text string) { fmt.Println(text) })
)

func divided(_ context.Context, a, b float64) (float64, error) {
	if b == 0 {
		return 0, errors.New("division by zero")
	}
	return a / b, nil
}

func upTo(ctx context.Context, ch *channel.Channel, from, to, step int) error {
	for i := from; i < to; i += step {
		if err := ch.Send(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

func TestRegisteredFunctionsAreTyped(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ctx := t.Context()
		if n, err := pid.Call(ctx, gw); n != gw.Info().PID || err != nil {
			t.Errorf("pid: %d, %v", n, err)
		}
		if list, err := double.Call(ctx, gw, []int{1, 2}); !reflect.DeepEqual(list, []int{1, 2, 1, 2}) || err != nil {
			t.Errorf("double: %v, %v", list, err)
		}
		if q, err := divide.Call(ctx, gw, 1, 4); q != 0.25 || err != nil {
			t.Errorf("divide: %v, %v", q, err)
		}
		_, err := divide.Call(ctx, gw, 1, 0)
		if remote, ok := errors.AsType[*gateway.RemoteError](err); !ok || remote.Text != "division by zero" {
			t.Errorf("divide by zero: %v", err)
		}
		if ok, err := within.Call(ctx, gw, "a", "b", "c"); !ok || err != nil {
			t.Errorf("within: %v, %v", ok, err)
		}
		if q, err := gateway.Call[float64](ctx, gw, divide.Program(), 3, 2); q != 1.5 || err != nil {
			t.Errorf("divide as a program: %v, %v", q, err)
		}
	})
}

func TestExecOfARegisteredFunctionGivesItsChannel(t *testing.T) {
	gw := open(t, "popen", nil)
	endless, err := echoed.Exec(t.Context(), gw)
	wantItems(t, endless, err, 0, 1, 2)
	endless.Close()
	one, err := counted.Exec(t.Context(), gw, 2)
	wantItems(t, one, err, 0, 1, io.EOF)
	two, err := ranged.Exec(t.Context(), gw, 5, 7)
	wantItems(t, two, err, 5, 6, io.EOF)
	three, err := stepped.Exec(t.Context(), gw, 5, 9, 3)
	wantItems(t, three, err, 5, 8, io.EOF)
	result, err := divide.Exec(t.Context(), gw, 3, 2)
	wantItems(t, result, err, 1.5, io.EOF)
	again, err := gw.Exec(t.Context(), stepped.Program(), 1, 2, 3)
	wantItems(t, again, err, 1, io.EOF)
}

// wantItems receives items, and an end for an error.
func wantItems(t *testing.T, ch *channel.Channel, err error, want ...any) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range want {
		item, err := ch.Receive(t.Context())
		if end, isEnd := w.(error); isEnd && !errors.Is(err, end) || !isEnd && (item != w || err != nil) {
			t.Errorf("got %v, %v; want %v", item, err, w)
		}
	}
}

func TestWhatARegisteredFunctionPrintsIsTheGateways(t *testing.T) {
	out, in := io.Pipe()
	gw := open(t, "popen", &gateway.Options{Stdout: in})
	printed := make(chan string)
	go func() { // ends with the line
		line := make([]byte, 100)
		n, _ := out.Read(line)
		printed <- string(line[:n])
	}()
	if _, err := gateway.Call[any](t.Context(), gw, prints, "over there"); err != nil {
		t.Fatal(err)
	}
	if line := <-printed; !strings.HasSuffix(line, "over there\n") {
		t.Errorf("it printed %q", line)
	}
}

// A setting that does nothing is a trap.
func TestSettingsThatARegisteredFunctionCannotHave(t *testing.T) {
	gw := inProcess(t, nil)
	for name, set := range map[string]func(*gateway.Program){
		"Func": func(p *gateway.Program) { p.Func = "f" }, "Session": func(p *gateway.Program) { p.Session = "s" },
		"Stdin":  func(p *gateway.Program) { p.Stdin = strings.NewReader("") },
		"Stdout": func(p *gateway.Program) { p.Stdout = io.Discard }, "Stderr": func(p *gateway.Program) { p.Stderr = io.Discard },
	} {
		program := *pid.Program()
		set(&program)
		if _, err := gw.Exec(t.Context(), &program); err == nil || !strings.Contains(err.Error(), "registered function") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A function that only this side has, and a far side that is another program.
func TestFunctionsThatTheFarSideDoesNotHave(t *testing.T) {
	late := gateway.Func0(func(context.Context) (int, error) { return 1, nil })
	_, err := late.Call(t.Context(), open(t, "popen", nil))
	if err == nil || !strings.Contains(err.Error(), "no such function is registered on this far side") {
		t.Errorf("one that was registered late: %v", err)
	}
	_, err = pid.Call(t.Context(), open(t, "popen//worker="+otherProgram(t), nil))
	if err == nil || !strings.Contains(err.Error(), "another program") || !strings.Contains(err.Error(), "gateway.Build") {
		t.Errorf("another program: %v", err)
	}
}

// otherProgram is this test binary with another build id.
func otherProgram(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	id, err := registry.BuildID()
	at := bytes.Index(program, []byte(id))
	if err != nil || at < 0 {
		t.Fatalf("the build id %q is not in the program: %v", id, err)
	}
	program[at] ^= 1
	path := filepath.Join(t.TempDir(), "other")
	if err := os.WriteFile(path, program, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRegistrationPanicsOnWhatIsNoFarFunction(t *testing.T) {
	for name, register := range map[string]func(){
		"int is no function":                    func() { gateway.FuncOf(1) },
		"gateway_test.divided is registered":    func() { gateway.Func2(divided) },
		"first parameter must be a context.Con": func() { gateway.FuncOf(strings.ToUpper) },
	} {
		func() {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.HasPrefix(p, "gateway: register a function: ") || !strings.Contains(p, name) {
					t.Errorf("%s: it panics with %v", name, p)
				}
			}()
			register()
		}()
	}
}
