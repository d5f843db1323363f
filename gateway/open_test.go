package gateway_test

import (
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

func open(t testing.TB, spec string, opts *gateway.Options) *gateway.Gateway {
	t.Helper()
	gw, err := gateway.Open(t.Context(), spec, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := gw.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return gw
}

func TestPopenRunsAProgram(t *testing.T) {
	gw := open(t, "popen", nil)
	ch, err := gw.Exec(t.Context(), gateway.Source("increment"))
	if err != nil {
		t.Fatal(err)
	}
	if err := ch.Send(t.Context(), 41); err != nil {
		t.Fatal(err)
	}
	if n, err := channel.Receive[int](t.Context(), ch); n != 42 || err != nil {
		t.Fatalf("got %d, %v; want 42", n, err)
	}
	pid, err := gateway.Call[int](t.Context(), gw, gateway.Source("pid"))
	if err != nil || pid != gw.Info().PID {
		t.Fatalf("pid %d, %v; hello said %d", pid, err, gw.Info().PID)
	}
	t.Log(gw.Info())
	st, err := gw.Status(t.Context())
	t.Log(st, err)
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		gw, err := gateway.Open(b.Context(), "popen", nil)
		if err != nil {
			b.Fatal(err)
		}
		if err := gw.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCall(b *testing.B) {
	gw := open(b, "popen", nil)
	for b.Loop() {
		if _, err := gateway.Call[int](b.Context(), gw, gateway.Source("pid")); err != nil {
			b.Fatal(err)
		}
	}
}
func BenchmarkRoundTrip(b *testing.B) {
	gw := open(b, "popen", nil)
	ch, err := gw.Exec(b.Context(), gateway.Source("increment"))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		ch.Send(b.Context(), 1)
		if _, err := channel.Receive[int](b.Context(), ch); err != nil {
			b.Fatal(err)
		}
	}
}
