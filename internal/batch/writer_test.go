package batch_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/farside-go/farside/internal/batch"
	"github.com/farside-go/farside/internal/warm"
)

// A gate is a stream whose writes wait until they are let through.
type gate struct {
	open   chan error // what a write returns
	writes []string
}

func (g *gate) Write(p []byte) (int, error) {
	err := <-g.open
	g.writes = append(g.writes, string(p))
	return len(p), err
}

func (g *gate) want(t *testing.T, want ...string) {
	t.Helper()
	synctest.Wait()
	if !slices.Equal(g.writes, want) {
		t.Errorf("written is %q, want %q", g.writes, want)
	}
}

// through runs test in a bubble with a Writer of the limit given.
func through(t *testing.T, limit int, test func(t *testing.T, g *gate, w *batch.Writer)) {
	synctest.Test(t, func(t *testing.T) {
		done := make(chan struct{})
		defer close(done)
		g := &gate{open: make(chan error, 100)}
		w := batch.New(g, limit, warm.New(1, done))
		test(t, g, &w)
	})
}

func put(t *testing.T, w *batch.Writer, frame string) {
	t.Helper()
	if err := w.Put(t.Context(), []byte(frame[:1]), []byte(frame[1:])); err != nil {
		t.Fatal(err)
	}
}

func TestWhatPilesUpGoesOutInOneWrite(t *testing.T) {
	through(t, 1000, func(t *testing.T, g *gate, w *batch.Writer) {
		put(t, w, "a1")
		synctest.Wait() // the write is under way
		put(t, w, "b2")
		put(t, w, "c3")
		if err := w.PutNow([]byte("d4")); err != nil {
			t.Error(err)
		}
		g.want(t)
		g.open <- nil
		g.open <- nil
		g.want(t, "a1", "b2c3d4")
		g.open <- nil
		put(t, w, "e5")
		g.want(t, "a1", "b2c3d4", "e5")
	})
}

// C2: what waits for room and gives up has queued nothing.
func TestPutThatGivesUpQueuesNothing(t *testing.T) {
	through(t, 4, func(t *testing.T, g *gate, w *batch.Writer) {
		put(t, w, "under way")
		synctest.Wait()
		put(t, w, "full")
		ctx, cancel := context.WithCancel(t.Context())
		gaveUp, waited := make(chan error, 1), make(chan error, 1)
		go func() { gaveUp <- w.Put(ctx, []byte("n"), []byte("ever")) }()
		go func() { waited <- w.Put(t.Context(), []byte("l"), []byte("ater")) }()
		synctest.Wait()
		if len(gaveUp)+len(waited) > 0 {
			t.Fatal("Put does not wait at the limit")
		}
		cancel()
		if err := <-gaveUp; err != context.Canceled {
			t.Errorf("Put gives %v", err)
		}
		for range 3 {
			g.open <- nil
		}
		if err := <-waited; err != nil {
			t.Error(err)
		}
		g.want(t, "under way", "full", "later")
	})
}

// C7: what was queued goes out before the end, and only the first end counts.
func TestSealWritesTheRestAndThenEnds(t *testing.T) {
	through(t, 4, func(t *testing.T, g *gate, w *batch.Writer) {
		over, why := 0, errors.New("sealed")
		put(t, w, "first")
		synctest.Wait()
		put(t, w, "full")
		waiting := make(chan error, 1)
		go func() { waiting <- w.Put(t.Context(), nil, []byte("never")) }()
		synctest.Wait()
		w.Seal(why, []byte("!"), func() { over++ })
		w.Seal(errors.New("again"), []byte("?"), func() { over += 10 })
		for _, err := range []error{<-waiting, w.Put(t.Context(), nil, []byte("x")), w.PutNow([]byte("x"))} {
			if err != why {
				t.Errorf("Put gives %v", err)
			}
		}
		synctest.Wait()
		if over != 0 {
			t.Error("the end came before what was queued")
		}
		g.open <- nil
		g.open <- nil
		g.want(t, "first", "full!")
		if over != 1 {
			t.Errorf("the end came %d times", over)
		}
	})
}

func TestDiscardDropsWhatIsQueued(t *testing.T) {
	through(t, 4, func(t *testing.T, g *gate, w *batch.Writer) {
		put(t, w, "under way")
		synctest.Wait()
		put(t, w, "dropped")
		why := errors.New("over")
		w.Discard(why)
		g.open <- nil
		g.open <- nil
		g.want(t, "under way")
		if err := w.PutNow([]byte("x")); err != why {
			t.Errorf("PutNow gives %v", err)
		}
	})
}

func TestWriteErrorIsWhatLaterPutsGet(t *testing.T) {
	through(t, 1000, func(t *testing.T, g *gate, w *batch.Writer) {
		broken := errors.New("broken")
		put(t, w, "lost")
		g.open <- broken
		g.want(t, "lost")
		if err := w.Put(t.Context(), nil, []byte("x")); err != broken {
			t.Errorf("Put gives %v", err)
		}
	})
}
