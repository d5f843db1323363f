package harness_test

import (
	"errors"
	"os"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

// The test binary is its own far side.
func TestMain(m *testing.M) {
	interp.Main()
	os.Exit(m.Run())
}

// counter is the code under test: it counts what it is told to, for ever.
var counter = gateway.Source(`
	total := 0
	for item := range channel.Items(ctx) {
		total += item.(int)
		channel.Send(ctx, total)
	}
`)

func TestGoesOnAfterTheFarSideIsKilled(t *testing.T) {
	ctx := t.Context()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer gw.Close()

	ch, err := gw.Exec(ctx, counter)
	if err != nil {
		t.Fatal(err)
	}
	add(t, ch, 40, 40)
	add(t, ch, 2, 42)

	process, err := os.FindProcess(gw.Info().PID)
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, err = ch.Receive(ctx)
	var exit *gateway.ExitError
	if !errors.Is(err, gateway.ErrLost) || !errors.As(err, &exit) || exit.Signal != "killed" {
		t.Fatalf("got %v, want the loss of a far side that was killed", err)
	}

	next, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer next.Close()
	ch, err = next.Exec(ctx, counter)
	if err != nil {
		t.Fatal(err)
	}
	add(t, ch, 1, 1)
}

// add sends n and wants the total.
func add(t *testing.T, ch *channel.Channel, n, want int) {
	t.Helper()
	if err := ch.Send(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	if got, err := channel.Receive[int](t.Context(), ch); err != nil || got != want {
		t.Fatalf("got %d, %v; want %d", got, err, want)
	}
}
