package worker_test

import (
	"context"
	"io/fs"
	"math"
	"runtime/debug"
	"testing"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/worker"
)

// boundEngine notes to what it was bound.
type boundEngine struct{ bound chan uint64 }

func (boundEngine) Run(context.Context, *worker.Job) (any, error) { return nil, nil }
func (boundEngine) Import(string, fs.FS) error                    { return nil }
func (e boundEngine) BoundMemory(bytes uint64)                    { e.bound <- bytes }

func TestMemoryOfTheOptionsBoundsTheEngine(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	e := boundEngine{make(chan uint64, 1)}
	conn := worker.InProcess(&worker.Options{Engine: e, Memory: 1 << 40})
	defer conn.Close()
	if _, err := (&hello.Line{Fields: map[string]string{"id": "x"}}).Exchange(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	if got := <-e.bound; got != 1<<40 {
		t.Errorf("the engine was bound to %d", got)
	}
	if got := debug.SetMemoryLimit(-1); got >= 1<<40 {
		t.Errorf("the collector's limit is %d", got)
	}
}

func TestInProcessIsNotBoundUnasked(t *testing.T) {
	e := boundEngine{make(chan uint64, 1)}
	conn := worker.InProcess(&worker.Options{Engine: e})
	defer conn.Close()
	if _, err := (&hello.Line{Fields: map[string]string{"id": "x"}}).Exchange(t.Context(), conn); err != nil {
		t.Fatal(err)
	}
	if len(e.bound) > 0 || debug.SetMemoryLimit(-1) != math.MaxInt64 {
		t.Errorf("this process was bound to %d", debug.SetMemoryLimit(-1))
	}
}
