package channel_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/channel"
)

func set(t testing.TB, ch *channel.Channel, name string, v any) {
	t.Helper()
	must(t, ch.Set(patiently(t), map[string]any{name: v}))
}

// C8
func TestSetPublishesAllNamesOnBothSides(t *testing.T) {
	a, b := channelPair(t)
	ctx := patiently(t)
	must(t, a.Set(ctx, map[string]any{"x": 1, "y": []string{"z"}, "nil": nil, "": "no name"}))
	for _, ch := range []*channel.Channel{a, b} {
		if v, err := channel.Get[int](ctx, ch, "x"); v != 1 || err != nil {
			t.Errorf("x is %v, %v", v, err)
		}
		if v, err := channel.Get[[]string](ctx, ch, "y"); len(v) != 1 || err != nil {
			t.Errorf("y is %v, %v", v, err)
		}
		if v, err := ch.Get(ctx, "nil"); v != nil || err != nil {
			t.Errorf("nil is %v, %v", v, err)
		}
		if v, err := ch.Get(ctx, ""); v != "no name" || err != nil {
			t.Errorf("the empty name is %v, %v", v, err)
		}
	}
	_, err := channel.Get[int](ctx, b, "y")
	var dec *channel.DecodeError
	if !errors.As(err, &dec) || !strings.HasPrefix(dec.Path, `bindings["y"]`) {
		t.Errorf("a mismatch gives %v", err)
	}
}

// C8
func TestGetBlocksUntilTheNameExists(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		get := async(func() error { _, err := b.Get(t.Context(), "late"); return err })
		ctx, cancel := context.WithCancel(t.Context())
		given := async(func() error { _, err := b.Get(ctx, "never"); return err })
		set(t, a, "other", 1)
		stillBlocked(t, "Get", get)
		set(t, a, "late", 1)
		must(t, outcome(t, get))
		stillBlocked(t, "Get of another name", given)
		cancel()
		if err := outcome(t, given); err != context.Canceled {
			t.Errorf("a Get whose ctx ends gives %v", err)
		}
	})
}

// C8; a map is the same whatever the order in which it was encoded.
func TestGetChangedIgnoresTheSameValue(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		value := func() map[string]any {
			m := map[string]any{}
			for i := range 30 {
				m[fmt.Sprint(i)] = i
			}
			return m
		}
		set(t, a, "m", value())
		changed := async(func() error {
			v, err := b.GetChanged(t.Context(), "m", value())
			if err == nil && v != "new" {
				err = fmt.Errorf("GetChanged gives %v", v)
			}
			return err
		})
		for range 10 {
			set(t, a, "m", value())
		}
		stillBlocked(t, "GetChanged", changed)
		set(t, b, "m", "new")
		must(t, outcome(t, changed))
		synctest.Wait()
		if v, err := a.GetChanged(t.Context(), "m", "old"); v != "new" || err != nil {
			t.Errorf("the other side has %v, %v", v, err)
		}
		if _, err := a.GetChanged(t.Context(), "m", func() {}); err == nil {
			t.Error("GetChanged takes a func")
		}
	})
}

// C8
func TestBindingsOfOneSideAreSeenInOrder(t *testing.T) {
	a, b := channelPair(t)
	const last = 3000
	seen, done := -1, make(chan struct{})
	_, err := b.Subscribe(&channel.Callbacks{Bindings: func(values map[string]any) {
		if v := values["n"].(int); v != seen+1 {
			t.Errorf("%d came after %d", v, seen)
		}
		if seen = values["n"].(int); seen == last {
			close(done)
		}
	}})
	must(t, err)
	for i := range last + 1 {
		set(t, a, "n", i)
	}
	<-done
}

// C8
func TestBindingsDoNotWaitBehindUnreadItems(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		ctx, cancel := context.WithCancel(t.Context())
		flood := async(func() error {
			for {
				if err := a.Send(ctx, make([]byte, 100_000)); err != nil {
					return err
				}
			}
		})
		stillBlocked(t, "the flood", flood)
		set(t, a, "stop", true)
		if v, err := b.Get(t.Context(), "stop"); v != true || err != nil {
			t.Errorf("the signal is %v, %v", v, err)
		}
		cancel()
		<-flood
	})
}

// C8
func TestConcurrentSetsConverge(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		random := rand.New(rand.NewPCG(1, 2))
		for round := range 150 {
			var sets []<-chan error
			for i := range 1 + random.IntN(6) {
				ch := []*channel.Channel{a, b}[random.IntN(2)]
				name := fmt.Sprint(random.IntN(3))
				sets = append(sets, async(func() error {
					return ch.Set(t.Context(), map[string]any{name: round*100 + i, "all": round*100 + i})
				}))
			}
			for _, s := range sets {
				must(t, outcome(t, s))
			}
			synctest.Wait()
			for _, name := range []string{"0", "1", "2", "all"} {
				gone, cancel := context.WithCancel(t.Context())
				cancel()
				va, errA := a.Get(gone, name)
				vb, errB := b.Get(gone, name)
				if va != vb || (errA == nil) != (errB == nil) {
					t.Fatalf("round %d: %s is %v (%v) here and %v (%v) there", round, name, va, errA, vb, errB)
				}
			}
		}
	})
}

// C8
func TestGetAfterTheEnd(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		set(t, a, "kept", 1)
		get := async(func() error { _, err := b.Get(t.Context(), "never"); return err })
		changed := async(func() error { _, err := b.GetChanged(t.Context(), "kept", 1); return err })
		stillBlocked(t, "Get", get)
		stillBlocked(t, "GetChanged", changed)
		a.CloseWithError(errors.New("the reason"))
		for _, call := range []<-chan error{get, changed} {
			if err := outcome(t, call); err == nil || err.Error() != "the reason" {
				t.Errorf("a blocked Get gives %v", err)
			}
		}
		for _, ch := range []*channel.Channel{a, b} {
			if v, err := ch.Get(t.Context(), "kept"); v != 1 || err != nil {
				t.Errorf("what was bound is %v, %v", v, err)
			}
			if err := ch.Set(t.Context(), map[string]any{"x": 1}); err != channel.ErrClosed {
				t.Errorf("Set after the end gives %v", err)
			}
		}
		if _, err := a.Get(t.Context(), "never"); err != channel.ErrClosed {
			t.Errorf("Get on the closing side gives %v", err)
		}
	})
}

// C8: a subscription far behind holds Set up, but loses nothing.
func TestSetWaitsForSlowSubscriberAndLosesNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := stillChannels(t)
		release := make(chan struct{})
		next := 0
		_, err := b.Subscribe(&channel.Callbacks{Bindings: func(values map[string]any) {
			<-release
			if v := values["n"].([]any); v[0] != next {
				t.Errorf("%v came instead of %d", v[0], next)
			}
			next++
		}})
		must(t, err)
		const all = 200
		sent := 0
		sets := async(func() error {
			for ; sent < all; sent++ {
				if err := a.Set(t.Context(), map[string]any{"n": []any{sent, make([]byte, 30_000)}}); err != nil {
					return err
				}
			}
			return nil
		})
		stillBlocked(t, "Set", sets)
		if bytes := sent * 30_000; bytes > 2<<20 {
			t.Errorf("%d bytes of bindings are on their way", bytes)
		}
		ctx, cancel := context.WithCancel(t.Context())
		given := async(func() error { return a.Set(ctx, map[string]any{"given up": 1}) })
		stillBlocked(t, "Set", given)
		cancel()
		if err := outcome(t, given); err != context.Canceled {
			t.Errorf("a Set whose ctx ends gives %v", err)
		}
		close(release)
		must(t, outcome(t, sets))
		synctest.Wait()
		if next != all {
			t.Errorf("%d of %d bindings came", next, all)
		}
	})
}

// A Set of nothing must count for something, or a loop of them has no bound.
func TestEmptySetsAreBounded(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawFar(t, nil)
		ch, err := p.m.New(t.Context())
		must(t, err)
		n := 0
		sets := async(func() error {
			for ; ; n++ {
				if err := ch.Set(context.Background(), nil); err != nil {
					return err
				}
			}
		})
		stillBlocked(t, "Set, which nobody acknowledges,", sets)
		ch.Close()
		if err := outcome(t, sets); err != channel.ErrClosed || n > 1<<17 {
			t.Errorf("after %d Sets: %v", n, err)
		}
	})
}

// C8
func TestOversizeAndUnsendableBindingsAreRefused(t *testing.T) {
	a, b := channelPair(t)
	ctx := patiently(t)
	var enc *channel.EncodeError
	if err := a.Set(ctx, map[string]any{"big": make([]byte, 1<<20)}); !errors.As(err, &enc) {
		t.Errorf("a Set over the limit gives %v", err)
	}
	err := a.Set(ctx, map[string]any{"ok": 1, "f": []any{func() {}}})
	if !errors.As(err, &enc) || !strings.HasPrefix(enc.Path, `bindings["f"][0]`) {
		t.Errorf("a Set of a func gives %v", err)
	}
	set(t, a, "big", make([]byte, 1<<20-100))
	if v, err := channel.Get[[]byte](ctx, b, "big"); len(v) != 1<<20-100 || err != nil {
		t.Errorf("a big binding is %d bytes, %v", len(v), err)
	}
	a.Close()
	<-b.Done()
	if _, err := b.Get(ctx, "ok"); err != io.EOF {
		t.Errorf("a part of a refused Set: %v", err)
	}
}
