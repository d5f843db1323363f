package gateway_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// G5, P8
func TestDeadlineTravels(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		left, err := gateway.Call[time.Duration](ctx, gw, gateway.Source("deadline"))
		if err != nil || left < 50*time.Minute || left > time.Hour {
			t.Errorf("an hour became %v, %v", left, err)
		}
		if left := call[time.Duration](t, gw, "deadline"); left != 0 {
			t.Errorf("no deadline became %v", left)
		}
	})
}

func TestDeadlineEndsTheFarContext(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		ch, err := gw.Exec(ctx, gateway.Source("wait"))
		if err != nil {
			t.Fatal(err)
		}
		defer ch.Close()
		for range ch.Items(t.Context()) {
		}
		if err := ch.Err(); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the program ended with %v", err)
		}
	})
}

func TestCancelledCallEndsTheFarContextWithItsCause(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		seen := exec(t, gw, "causes of told")
		ctx, cancel := context.WithCancelCause(t.Context())
		result := make(chan error, 1)
		go func() { // ends with the call
			_, err := gateway.Call[any](ctx, gw, gateway.Source("tell cause"))
			result <- err
		}()
		if item, err := seen.Receive(t.Context()); item != "running" || err != nil {
			t.Fatal(item, err)
		}
		cancel(errors.New("tired of waiting"))
		if err := <-result; !errors.Is(err, context.Canceled) {
			t.Errorf("the call: %v", err)
		}
		cause, err := channel.Receive[string](t.Context(), seen)
		if err != nil || !strings.Contains(cause, "tired of waiting") {
			t.Errorf("the far ctx ended with %q, %v", cause, err)
		}
	})
}

// G5, P8
func TestCancelEndsTheFarContextOnly(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		ch, other := running(t, gw, "wait"), running(t, gw, "wait")
		if err := ch.Cancel(errors.New("that will do")); err != nil {
			t.Fatal(err)
		}
		_, err := ch.Receive(t.Context())
		if err == nil || !strings.Contains(err.Error(), "ended: that will do") {
			t.Errorf("the program ended with %v", err)
		}
		if other.Err() != nil {
			t.Errorf("another program ended too: %v", other.Err())
		}
	})
}

func TestCancelBeforeTheProgramBegins(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		for range 20 {
			ch := exec(t, gw, "wait")
			ch.Cancel(errors.New("that will do"))
			for range ch.Items(t.Context()) {
			}
			if err := ch.Err(); err == nil || !strings.Contains(err.Error(), "that will do") {
				t.Fatalf("the program ended with %v", err)
			}
		}
		noPrograms(t, gw)
	})
}

// P8
func TestCloseOfTheChannelEndsTheFarContext(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		running(t, gw, "wait").Close()
		noPrograms(t, gw)
	})
}

// G5: it is abandoned a second after its loops should have been stopped.
func TestProgramThatIgnoresItsContextIsAbandoned(t *testing.T) {
	t.Parallel()
	gw := open(t, "popen", nil)
	ch := running(t, gw, "ignore")
	ch.Cancel(nil)
	_, err := ch.Receive(t.Context())
	if err == nil || !strings.Contains(err.Error(), "ignored the end of its ctx and was abandoned") {
		t.Fatalf("got %v", err)
	}
	st := status(t, gw)
	if st.Running != 1 || st.Abandoned != 1 {
		t.Errorf("status %+v", st)
	}
	call[bool](t, gw, "release")
	eventually(t, func() bool { st = status(t, gw); return st.Running == 0 && st.Abandoned == 0 }, func() any { return st })
}

func TestAbandonedProgramCanBeKilled(t *testing.T) {
	t.Parallel()
	gw := open(t, "popen", nil)
	ch := running(t, gw, "spin")
	ch.Cancel(nil)
	if _, err := ch.Receive(t.Context()); err == nil || !strings.Contains(err.Error(), "abandoned") {
		t.Fatalf("got %v", err)
	}
	call[int](t, gw, "pid")
	if err := gw.Kill(); err != nil {
		t.Error(err)
	}
}
