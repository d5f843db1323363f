package framed

import (
	"sync"
	"sync/atomic"
)

// A claim says that somebody takes all items, so that nobody else receives.
type claim struct {
	taken atomic.Bool

	mu      sync.Mutex
	refused chan struct{} // closed while taken; nil if nobody waits to receive
}

// Claim refuses all who receive and wait to receive, until Unclaim.
func (ch *Channel) Claim() {
	c := &ch.claim
	c.mu.Lock()
	if !c.taken.Swap(true) && c.refused != nil {
		close(c.refused)
	}
	c.mu.Unlock()
	ch.Interrupt()
}

// Unclaim lets others receive again.
func (ch *Channel) Unclaim() {
	c := &ch.claim
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.taken.Swap(false) {
		c.refused = nil
	}
}

// Claimed gives a Go channel that is closed while somebody takes all items.
func (ch *Channel) Claimed() <-chan struct{} {
	c := &ch.claim
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.refused == nil {
		c.refused = make(chan struct{})
		if c.taken.Load() {
			close(c.refused)
		}
	}
	return c.refused
}
