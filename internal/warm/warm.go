// Package warm runs short functions on goroutines that are kept for the next one.
//
// A new goroutine begins with a small stack, which the runtime grows by copying
// each time a function goes deeper. Where a function runs for each item or each
// program, that copying is a good part of its time.
package warm

import "sync/atomic"

// Goroutines runs functions. Some goroutines wait for the next function until
// done is closed.
type Goroutines struct {
	next chan func() // to one that waits
	keep int32
	idle atomic.Int32
	done <-chan struct{}
}

// New keeps up to keep goroutines until done is closed.
func New(keep int, done <-chan struct{}) *Goroutines {
	return &Goroutines{next: make(chan func()), keep: int32(keep), done: done}
}

// Go runs f on a goroutine that waits, or on a new one. It never blocks.
func (g *Goroutines) Go(f func()) {
	select {
	case g.next <- f:
	default:
		go g.run(f) // ends by itself, or when done is closed
	}
}

func (g *Goroutines) run(f func()) {
	for {
		f()
		if g.idle.Add(1) > g.keep {
			g.idle.Add(-1)
			return
		}
		select {
		case f = <-g.next:
			g.idle.Add(-1)
		case <-g.done:
			return
		}
	}
}
