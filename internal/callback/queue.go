// Package callback calls back for what arrives on a channel: one callback at a time, in
// the order of subscription, on a goroutine that runs while somebody is subscribed.
package callback

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/farside-go/farside/internal/framed"
	"github.com/farside-go/farside/internal/protocol"
)

// Callbacks are what a subscription calls. Those that are nil are left out.
type Callbacks struct {
	Item     func(item any)              // with each item; then nobody else receives
	Bindings func(values map[string]any) // with each set that the other side binds
	End      func(err error)             // once, after all else
}

// A Host is the channel that is called back for.
type Host interface {
	// Item decodes an item, and Values bindings. What cannot be decoded ends the
	// channel, and ok is false.
	Item(f protocol.Frame) (item any, ok bool)
	Values(raws map[string][]byte) (values map[string]any, ok bool)

	// Taken notes that bindings of that size have been dealt with.
	Taken(size int)

	// Panicked ends the channel, since a callback panicked with p.
	Panicked(p any)
}

// A Subscription stands until it is cancelled or the channel has ended.
type Subscription struct {
	q         *Queue
	callbacks Callbacks
	cancelled atomic.Bool
}

// Cancel ends the subscription: no callback of it is called any more, though one
// may be under way. It is idempotent.
func (s *Subscription) Cancel() {
	if s.cancelled.CompareAndSwap(false, true) {
		s.q.remove(s)
	}
}

func (s *Subscription) wantsItems() bool { return s.callbacks.Item != nil }

// A Queue is the subscriptions of one channel and what is to be told to them. A
// dispatcher goroutine runs while there are any; a pump goroutine beside it reads items
// while one of them wants items.
type Queue struct {
	ch   *framed.Channel
	host Host

	mu      sync.Mutex
	list    []*Subscription // replaced, never changed
	pending []boundValues   // bindings for the dispatcher
	running bool            // the dispatcher
	stop    func()          // ends the pump; nil while there is none
	claimed bool            // one of the list wants items
	inEnd   error           // the pump found the end of the items
	wake    chan struct{}   // one slot: something here changed
	items   chan protocol.Frame
	mine    chan bool // back, for each item: somebody is called with it
}

type boundValues struct {
	raws map[string][]byte
	size int
}

// New gives the Queue of ch.
func New(ch *framed.Channel, host Host) Queue { return Queue{ch: ch, host: host} }

// Subscribe adds a subscription, which is in force when it returns.
func (q *Queue) Subscribe(callbacks *Callbacks) *Subscription {
	s := &Subscription{q: q, callbacks: *callbacks}
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.wake == nil {
		q.wake = make(chan struct{}, 1)
		q.items, q.mine = make(chan protocol.Frame), make(chan bool, 1)
	}
	q.list = append(slices.Clip(q.list), s)
	if s.wantsItems() {
		q.claimed = true
		q.ch.Claim()
		q.startPump()
	}
	if !q.running {
		q.running = true
		go q.dispatch() // ends with the channel or the last subscription
	}
	q.poke()
	return s
}

// remove is a subscription's end.
func (q *Queue) remove(s *Subscription) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.list = slices.DeleteFunc(slices.Clone(q.list), func(o *Subscription) bool { return o == s })
	if !slices.ContainsFunc(q.list, (*Subscription).wantsItems) {
		q.claimed = false
		q.ch.Unclaim()
		if q.stop != nil {
			q.stop()
		}
	}
	q.poke()
}

// poke wakes the dispatcher. It is called with mu held.
func (q *Queue) poke() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Bound queues bindings that the other side made, of the size given. It reports whether
// somebody is subscribed; otherwise they have been dealt with.
func (q *Queue) Bound(raws map[string][]byte, size int) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.running {
		return false
	}
	q.pending = append(q.pending, boundValues{raws, size})
	q.poke()
	return true
}

func (q *Queue) snapshot() []*Subscription {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.list
}
