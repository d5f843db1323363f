package callback

import (
	"slices"

	"github.com/farside-go/farside/internal/protocol"
)

// dispatch runs the callbacks until nobody is subscribed any more. Those who are
// when the channel ends are told, and are subscribed no more.
func (q *Queue) dispatch() {
	done := q.ch.Done()
	for {
		q.dispatchBindings()
		q.dispatchEnd()
		if q.dispatcherEnds() {
			return
		}
		select {
		case f := <-q.items:
			q.dispatchItem(f)
		case <-q.wake:
		case <-done:
			done = nil // seen; the pump wakes us when the items have ended
		}
	}
}

// dispatcherEnds reports whether nobody is left to call.
func (q *Queue) dispatcherEnds() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) > 0 {
		return false
	}
	for _, b := range q.pending {
		q.host.Taken(b.size)
	}
	q.pending, q.running = nil, false
	return true
}

// dispatchItem calls those who want items. The first of them has claimed this one,
// so that it is called even if it is cancelled at this moment.
func (q *Queue) dispatchItem(f protocol.Frame) {
	list := q.snapshot()
	first := slices.IndexFunc(list, (*Subscription).wantsItems)
	q.mine <- first >= 0
	if first < 0 {
		return
	}
	item, ok := q.host.Item(f)
	if !ok {
		return
	}
	for i, s := range list {
		if i == first || (s.wantsItems() && !s.cancelled.Load()) {
			q.callBack(func() { s.callbacks.Item(item) })
		}
	}
}

func (q *Queue) dispatchBindings() {
	for {
		next, ok := q.nextBindings()
		if !ok {
			return
		}
		q.callBindings(next.raws)
		q.host.Taken(next.size)
	}
}

func (q *Queue) nextBindings() (boundValues, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.pending) == 0 {
		return boundValues{}, false
	}
	next := q.pending[0]
	q.pending = q.pending[1:]
	return next, true
}

func (q *Queue) callBindings(raws map[string][]byte) {
	values, ok := q.host.Values(raws)
	if !ok || len(values) == 0 {
		return // later bindings of this side won over all of it
	}
	for _, s := range q.snapshot() {
		if s.callbacks.Bindings != nil && !s.cancelled.Load() {
			q.callBack(func() { s.callbacks.Bindings(values) })
		}
	}
}

// dispatchEnd tells those for whom the end has come.
func (q *Queue) dispatchEnd() {
	ended := q.ch.Err()
	q.mu.Lock()
	inEnd, list, behind := q.inEnd, q.list, len(q.pending) > 0
	q.mu.Unlock()
	if behind {
		return // bindings came before the end; the next round tells it
	}
	for _, s := range list {
		why := ended
		if s.wantsItems() {
			why = inEnd
		}
		if why == nil || !s.cancelled.CompareAndSwap(false, true) {
			continue
		}
		q.remove(s)
		if s.callbacks.End != nil {
			q.callBack(func() { s.callbacks.End(why) })
		}
	}
}

// callBack calls one callback. If it panics the channel ends with the panic as the
// error, here and there.
func (q *Queue) callBack(call func()) {
	defer func() {
		if p := recover(); p != nil {
			q.host.Panicked(p)
		}
	}()
	call()
}
