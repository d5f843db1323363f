package interp_test

import (
	"context"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
)

var nearly = gateway.Func(func(_ context.Context, n int) (int, error) { return n - 1, nil })

// A worker that runs source runs registered functions too.
func TestRegisteredFunctionBesideSource(t *testing.T) {
	gw, err := gateway.Open(t.Context(), "popen", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer gw.Close()
	if n, err := nearly.Call(t.Context(), gw, 8); n != 7 || err != nil {
		t.Errorf("got %d, %v", n, err)
	}
}

// It would be a function that no other process has.
func TestInterpretedFunctionCannotBeRegistered(t *testing.T) {
	r := newRunner(t, nil)
	for _, register := range []string{
		`gateway.FuncOf(func(context.Context) {})`,
		`gateway.Func2(func(context.Context, int, string) (int, error) { return 0, nil })`,
		`gateway.ChannelFunc0(func(context.Context, *channel.Channel) error { return nil })`,
		`gateway.ChannelFunc3(func(context.Context, *channel.Channel, int, int, int) error { return nil })`,
	} {
		_, err := r.run(`import "github.com/farside-go/farside/gateway"
			` + register)
		if err == nil || !strings.Contains(err.Error(), "made at run time") {
			t.Errorf("%s: got %v", register, err)
		}
	}
}
