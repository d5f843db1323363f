package channel

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Callbacks are what a subscription calls. Those that are nil are left out.
//
// All callbacks of a channel run one at a time, on a goroutine of the channel,
// in the order of subscription. A callback that takes long delays no other
// channel. One that panics closes the channel, with the panic as the error, on
// both sides.
type Callbacks struct {
	// Item is called with each item, beginning with those that had arrived
	// before. While a subscription with Item stands, Receive is refused.
	Item func(item any)

	// Bindings is called with each set of names that the other side binds.
	Bindings func(values map[string]any)

	// End is called once, after all else: with Item set when the items have
	// ended, otherwise when the channel has. The error is io.EOF for an orderly
	// end and else what [Channel.Err] says.
	End func(err error)
}

// A Subscription stands until it is cancelled or the channel has ended.
type Subscription struct {
	ch        *Channel
	callbacks Callbacks
	cancelled atomic.Bool
}

// Cancel ends the subscription: no callback of it is called any more, though one
// may be under way on the channel's goroutine. It is idempotent.
func (s *Subscription) Cancel() {
	if s.cancelled.CompareAndSwap(false, true) {
		s.ch.subs.remove(s)
	}
}

// Subscribe calls back for what arrives on the channel. The subscription is in
// force when Subscribe returns.
func (ch *Channel) Subscribe(callbacks *Callbacks) (*Subscription, error) {
	if isClosed(ch.dropped) {
		return nil, ErrClosed
	}
	s := &Subscription{ch: ch, callbacks: *callbacks}
	subs := &ch.subs
	subs.mu.Lock()
	defer subs.mu.Unlock()
	if subs.wake == nil {
		subs.wake = make(chan struct{}, 1)
		subs.items, subs.claimed = make(chan frame), make(chan bool, 1)
	}
	subs.list = append(slices.Clip(subs.list), s)
	if callbacks.Item != nil {
		subs.refuseReceivers()
		ch.interruptReceive()
		subs.startPump(ch)
	}
	if !subs.running {
		subs.running = true
		go ch.dispatch() // ends with the channel or the last subscription
	}
	subs.poke()
	return s, nil
}

// subscriptions are those of one channel. A dispatcher goroutine runs while there
// are any; a pump goroutine beside it reads items while one of them wants items.
type subscriptions struct {
	takeItems atomic.Bool // a subscription takes the items

	mu      sync.Mutex
	refused chan struct{}   // closed while takeItems; nil if nobody waits to receive
	list    []*Subscription // replaced, never changed
	pending []boundValues   // bindings for the dispatcher
	running bool            // the dispatcher
	stop    func()          // ends the pump; nil while there is none
	inEnd   error           // the pump found the end of the items
	wake    chan struct{}   // one slot: something here changed
	items   chan frame      // from the pump to the dispatcher
	claimed chan bool       // back, for each item: somebody is called with it
}

type boundValues struct {
	raws map[string]Raw
	size int
}

// remove is a subscription's end.
func (subs *subscriptions) remove(s *Subscription) {
	subs.mu.Lock()
	defer subs.mu.Unlock()
	subs.list = slices.DeleteFunc(slices.Clone(subs.list), func(o *Subscription) bool { return o == s })
	if !slices.ContainsFunc(subs.list, (*Subscription).wantsItems) {
		subs.admitReceivers()
		if subs.stop != nil {
			subs.stop()
		}
	}
	subs.poke()
}

func (s *Subscription) wantsItems() bool { return s.callbacks.Item != nil }

// refuseReceivers is called with mu held, when a subscription takes the items.
func (subs *subscriptions) refuseReceivers() {
	if !subs.takeItems.Swap(true) && subs.refused != nil {
		close(subs.refused)
	}
}

// admitReceivers is called with mu held, when no subscription takes the items.
func (subs *subscriptions) admitReceivers() {
	if subs.takeItems.Swap(false) {
		subs.refused = nil
	}
}

// itemsTaken is closed while a subscription takes the items.
func (subs *subscriptions) itemsTaken() <-chan struct{} {
	subs.mu.Lock()
	defer subs.mu.Unlock()
	if subs.refused == nil {
		subs.refused = make(chan struct{})
		if subs.takeItems.Load() {
			close(subs.refused)
		}
	}
	return subs.refused
}

// poke wakes the dispatcher. It is called with mu held.
func (subs *subscriptions) poke() {
	select {
	case subs.wake <- struct{}{}:
	default:
	}
}

// bindingsArrived queues bindings for the dispatcher, if there is one.
func (subs *subscriptions) bindingsArrived(raws map[string]Raw, size int) bool {
	subs.mu.Lock()
	defer subs.mu.Unlock()
	if !subs.running {
		return false
	}
	subs.pending = append(subs.pending, boundValues{raws, size})
	subs.poke()
	return true
}

func (subs *subscriptions) snapshot() []*Subscription {
	subs.mu.Lock()
	defer subs.mu.Unlock()
	return subs.list
}
