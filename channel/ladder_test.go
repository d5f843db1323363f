package channel_test

import (
	"context"
	"net"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/channel"
)

// The ladder: a pipe of bytes, a pair of muxes on it, a pair of channels on them.
// Each builder cleans up after itself and fails the test on an unclean end.

// patience bounds what must happen anyway: a test that passes never waits for it.
const patience = 30 * time.Second

func patiently(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

// bubble runs f under testing/synctest. yamux keeps timers in a pool, and those of
// one bubble must not be used outside it, so nobody may be at work elsewhere and
// the pools are emptied before and after. One processor is enough, since the race
// detector crashes when two goroutines of a bubble run expired timers at once.
func bubble(t *testing.T, f func(t *testing.T)) {
	t.Helper()
	goleak.VerifyNone(t)
	emptyPools()
	defer emptyPools()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	synctest.Test(t, f)
}

func emptyPools() {
	runtime.GC()
	runtime.GC()
}

// bufferless gives the two ends of a byte stream where each Write waits for a Read.
func bufferless(t testing.TB) (net.Conn, net.Conn) {
	a, b := net.Pipe()
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

// onEachPipe runs a test on every kind of byte stream.
func onEachPipe(t *testing.T, test func(t *testing.T, near, far *channel.Mux)) {
	for name, kind := range map[string]func(testing.TB) (net.Conn, net.Conn){
		"socketpair": pipe, "bufferless": bufferless,
	} {
		t.Run(name, func(t *testing.T) {
			a, b := kind(t)
			near, far := muxes(t, a, b, nil, nil)
			t.Cleanup(func() { finish(t, near, far) })
			test(t, near, far)
		})
	}
}

// muxPair gives two muxes that must be alive at the end of the test.
func muxPair(t testing.TB) (near, far *channel.Mux) {
	return muxPairWith(t, nil, nil)
}

func muxPairWith(t testing.TB, nearOpts, farOpts *channel.Options) (near, far *channel.Mux) {
	t.Helper()
	a, b := pipe(t)
	near, far = muxes(t, a, b, nearOpts, farOpts)
	t.Cleanup(func() { finish(t, near, far) })
	return near, far
}

// stillPair is muxPair for a bubble.
func stillPair(t testing.TB, opts *channel.Options) (near, far *channel.Mux) {
	t.Helper()
	a, b := bufferless(t)
	near, far = muxes(t, a, b, opts, opts)
	t.Cleanup(func() { finish(t, near, far) })
	return near, far
}

// doomedPair gives two muxes on a byte stream that cut ends without a goodbye.
func doomedPair(t testing.TB, opts *channel.Options) (near, far *channel.Mux, cut func()) {
	t.Helper()
	a, b := bufferless(t)
	near, far = muxes(t, a, b, opts, opts)
	t.Cleanup(func() { near.Close(); far.Close() })
	return near, far, func() { a.Close(); b.Close() }
}

func muxes(t testing.TB, a, b net.Conn, nearOpts, farOpts *channel.Options) (near, far *channel.Mux) {
	t.Helper()
	made := make(chan *channel.Mux, 1)
	go func() {
		m, err := channel.NewMux(b, channel.Far, farOpts)
		if err != nil {
			t.Error(err)
		}
		made <- m
	}()
	near, err := channel.NewMux(a, channel.Near, nearOpts)
	must(t, err)
	return near, <-made
}

func finish(t testing.TB, near, far *channel.Mux) {
	for name, m := range map[string]*channel.Mux{"near": near, "far": far} {
		if err := m.Err(); err != nil {
			t.Errorf("the %s mux did not live until the end: %v", name, err)
		}
	}
	for name, m := range map[string]*channel.Mux{"near": near, "far": far} {
		if err := m.Close(); err != nil {
			t.Errorf("close the %s mux: %v", name, err)
		}
		<-m.Done()
	}
}

// channelPair gives the two ends of a channel.
func channelPair(t testing.TB) (near, far *channel.Channel) {
	t.Helper()
	nm, fm := muxPair(t)
	return channelOn(t, nm, fm)
}

// stillChannels is channelPair for a bubble.
func stillChannels(t testing.TB) (near, far *channel.Channel) {
	t.Helper()
	nm, fm := stillPair(t, nil)
	return channelOn(t, nm, fm)
}

// channelOn opens a channel on one mux and accepts it on the other.
func channelOn(t testing.TB, from, to *channel.Mux) (here, there *channel.Channel) {
	t.Helper()
	here, err := from.Open(context.Background(), "pair")
	must(t, err)
	there, err = to.Accept(patiently(t))
	must(t, err)
	return here, there
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// eventually waits for what other goroutines are about to do.
func eventually(t testing.TB, what string, cond func() bool) {
	t.Helper()
	ctx := patiently(t)
	for !cond() {
		if ctx.Err() != nil {
			t.Fatal("it never came about that " + what)
		}
		runtime.Gosched()
	}
}

// allOver waits until no channel is left on either side.
func allOver(t testing.TB, near, far *channel.Mux) {
	t.Helper()
	eventually(t, "no channel is left in a table", func() bool {
		return near.Channels() == 0 && far.Channels() == 0
	})
}

// async runs f and gives a Go channel with its error.
func async(f func() error) <-chan error {
	result := make(chan error, 1)
	go func() { result <- f() }()
	return result
}

// outcome waits for an async's error.
func outcome(t testing.TB, result <-chan error) error {
	t.Helper()
	select {
	case err := <-result:
		return err
	case <-patiently(t).Done():
		buf := make([]byte, 1<<20)
		t.Fatalf("a call hangs\n%s", buf[:runtime.Stack(buf, true)])
		return nil
	}
}

// stillBlocked fails the test if a call has returned. Only in a bubble.
func stillBlocked(t testing.TB, what string, result <-chan error) {
	t.Helper()
	synctest.Wait()
	select {
	case err := <-result:
		t.Fatalf("%s returned %v, but should wait", what, err)
	default:
	}
}

// receiveAll receives until the end and gives what came and why it ended.
func receiveAll(t testing.TB, ch *channel.Channel) ([]any, error) {
	t.Helper()
	var items []any
	for {
		item, err := ch.Receive(patiently(t))
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
}

func sendAll(t testing.TB, ch *channel.Channel, items ...any) {
	t.Helper()
	for _, item := range items {
		must(t, ch.Send(patiently(t), item))
	}
}
