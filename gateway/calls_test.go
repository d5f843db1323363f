package gateway_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

var (
	hangs = gateway.Func0(func(ctx context.Context) (string, error) {
		<-ctx.Done()
		return "", ctx.Err()
	})
	same   = gateway.Func(func(_ context.Context, n int) (int, error) { return n, nil })
	passed = gateway.Func2(func(ctx context.Context, n int, to []*channel.Channel) (*channel.Channel, error) {
		return to[0], to[0].Send(ctx, n)
	})
	left = gateway.Func0(func(ctx context.Context) (time.Duration, error) {
		deadline, _ := ctx.Deadline()
		return time.Until(deadline), nil
	})
)

// The answer that comes too late must not be that of the next call.
func TestCallThatWasGivenUpLeavesTheNextAlone(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		for i := range 20 {
			ctx, cancel := context.WithCancel(t.Context())
			if i%2 == 0 {
				go cancel()
				if _, err := hangs.Call(ctx, gw); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v", err)
				}
			} else {
				go cancel()
				if n, err := same.Call(ctx, gw, -i); n != -i && !errors.Is(err, context.Canceled) {
					t.Errorf("got %d, %v", n, err)
				}
			}
			if n, err := same.Call(t.Context(), gw, i); n != i || err != nil {
				t.Errorf("got %d, %v; want %d", n, err, i)
			}
			cancel()
		}
		eventually(t, func() bool { return status(t, gw).Running == 0 }, func() any { return status(t, gw) })
	})
}

func TestCallsAtOnceDoNotMixAndLeaveFewChannels(t *testing.T) {
	gw := open(t, "popen", nil)
	var calling sync.WaitGroup
	for i := range 200 {
		calling.Go(func() {
			if n, err := same.Call(t.Context(), gw, i); n != i || err != nil {
				t.Errorf("got %d, %v; want %d", n, err, i)
			}
		})
	}
	calling.Wait()
	const most = 8 + 1 // those kept, and that of Status
	eventually(t, func() bool { return status(t, gw).Channels <= most }, func() any { return status(t, gw) })
}

func TestChannelsTravelWithCalls(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		mine, err := gw.NewChannel(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		back, err := passed.Call(t.Context(), gw, 7, []*channel.Channel{mine})
		if back != mine || err != nil {
			t.Fatalf("got %v, %v", back, err)
		}
		if n, err := channel.Receive[int](t.Context(), mine); n != 7 || err != nil {
			t.Errorf("got %d, %v", n, err)
		}
	})
}

func TestDeadlineTravelsWithACall(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	if d, err := left.Call(ctx, open(t, "popen", nil)); d < time.Minute || d > time.Hour || err != nil {
		t.Errorf("over there are left %v, %v", d, err)
	}
}

func TestCallOnAFarSideThatDies(t *testing.T) {
	gw := open(t, "popen", nil)
	if _, err := same.Call(t.Context(), gw, 1); err != nil {
		t.Fatal(err)
	}
	called := make(chan error, 1)
	go func() { // ends with the far side
		_, err := hangs.Call(t.Context(), gw)
		called <- err
	}()
	eventually(t, func() bool { return status(t, gw).Running == 1 }, func() any { return "it does not run" })
	gw.Kill()
	if err := <-called; !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("a call under way: %v", err)
	}
	if _, err := same.Call(t.Context(), gw, 1); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("a later call: %v", err)
	}
}
