// Package memory tells how much memory this process uses and may use.
package memory

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// InUse is how much memory the Go runtime has from the system and uses: the heap
// with what was not collected yet, stacks, and what it needs itself.
func InUse() uint64 {
	samples := [3]metrics.Sample{
		{Name: "/memory/classes/total:bytes"},
		{Name: "/memory/classes/heap/released:bytes"},
		{Name: "/memory/classes/heap/free:bytes"},
	}
	metrics.Read(samples[:])
	return samples[0].Value.Uint64() - samples[1].Value.Uint64() - samples[2].Value.Uint64()
}

// Fits reports whether need more bytes fit below limit once everything was
// collected that can be. What grows too much meanwhile does not.
func Fits(limit, need uint64) bool {
	most := InUse() + limit/4
	collected := make(chan struct{})
	go func() { // ends with the collection
		runtime.GC()
		close(collected)
	}()
	ticks := time.NewTicker(interval)
	defer ticks.Stop()
	for {
		select {
		case <-collected:
			return InUse()+need <= limit
		case <-ticks.C:
			if InUse() > most {
				return false
			}
		}
	}
}

// interval is how often a process is looked at that uses much.
const interval = 10 * time.Millisecond

// Watch calls over when more than limit is in use, again and again until it is
// not. It looks after each collection, and often while half of limit is in use:
// a process that does little is not woken for it. It watches until the process
// ends.
func Watch(limit uint64, over func()) {
	w := &watch{limit: limit, over: over}
	w.arm()
}

type watch struct {
	limit uint64
	over  func()
	close atomic.Bool // watching closely
}

// arm makes the next collection call look. Cleanups have goroutines of their own:
// a finalizer of the program that blocks would hold a finalizer up.
func (w *watch) arm() { runtime.AddCleanup(&collectable{}, (*watch).look, w) }

// A collectable holds a pointer so that it is not allocated together with others.
type collectable struct{ _ *watch }

func (w *watch) look() {
	w.arm()
	if InUse() > w.limit/2 && !w.close.Swap(true) {
		go w.watchClosely() // ends when less is in use
	}
}

func (w *watch) watchClosely() {
	ticks := time.NewTicker(interval)
	defer ticks.Stop()
	defer w.close.Store(false)
	for used := InUse(); used > w.limit/2; used = InUse() {
		if used > w.limit {
			w.over()
		}
		<-ticks.C
	}
}
