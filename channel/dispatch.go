package channel

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
)

// startPump is called with mu held.
func (subs *subscriptions) startPump(ch *Channel) {
	if subs.stop != nil || subs.inEnd != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	subs.stop = stop
	go ch.pump(ctx) // ends with the items, or by stop when nobody wants them
}

// pump reads items for the dispatcher until they end or nobody wants them.
func (ch *Channel) pump(ctx context.Context) {
	err := ch.pumpItems(ctx)
	subs := &ch.subs
	subs.mu.Lock()
	defer subs.mu.Unlock()
	subs.stop()
	subs.stop = nil
	switch {
	case err != nil:
		subs.inEnd = err
	case subs.takeItems.Load(): // somebody subscribed again in the meantime
		subs.startPump(ch)
	}
	subs.poke()
}

// pumpItems gives nil when ctx ended it. A frame that the dispatcher did not take
// goes back for the next receiver.
func (ch *Channel) pumpItems(ctx context.Context) error {
	if err := ch.acquireReceive(ctx, true); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	defer ch.recv.release()
	for {
		f, err := ch.nextFrame(ctx, true)
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		f.body, f.owned = f.own(), true
		if !ch.offer(ctx, f) {
			ch.in.putBack(f)
		}
	}
}

// offer waits until the dispatcher has taken a frame and reports whether somebody
// is called with it. Otherwise it is the next receiver's.
func (ch *Channel) offer(ctx context.Context, f frame) bool {
	select {
	case ch.subs.items <- f:
		return <-ch.subs.claimed
	case <-ctx.Done():
		return false
	case <-ch.dropped:
		return false
	}
}

// dispatch runs the callbacks until nobody is subscribed any more. Those who are
// when the channel ends are told, and are subscribed no more.
func (ch *Channel) dispatch() {
	done := ch.done
	for {
		ch.dispatchBindings()
		ch.dispatchEnd()
		if ch.subs.dispatcherEnds(ch) {
			return
		}
		select {
		case f := <-ch.subs.items:
			ch.dispatchItem(f)
		case <-ch.subs.wake:
		case <-done:
			done = nil // seen; the pump wakes us when the items have ended
		}
	}
}

// dispatcherEnds reports whether nobody is left to call.
func (subs *subscriptions) dispatcherEnds(ch *Channel) bool {
	subs.mu.Lock()
	defer subs.mu.Unlock()
	if len(subs.list) > 0 {
		return false
	}
	for _, b := range subs.pending {
		ch.takenIn(b.size)
	}
	subs.pending, subs.running = nil, false
	return true
}

// dispatchItem calls those who want items. The first of them has claimed this one,
// so that it is called even if it is cancelled at this moment.
func (ch *Channel) dispatchItem(f frame) {
	list := ch.subs.snapshot()
	first := slices.IndexFunc(list, (*Subscription).wantsItems)
	ch.subs.claimed <- first >= 0
	if first < 0 {
		return
	}
	var item any
	if err := ch.decodeFrame(f, &item); err != nil {
		ch.closeUndecoded(err)
		return
	}
	for i, s := range list {
		if i == first || (s.wantsItems() && !s.cancelled.Load()) {
			ch.callBack(func() { s.callbacks.Item(item) })
		}
	}
}

// closeUndecoded ends the channel for what nobody is there to be told of. The
// reason is no [DecodeError], since that would leave the channel usable.
func (ch *Channel) closeUndecoded(err error) {
	fault := &Fault{Name: fmt.Sprintf("%T", err), Text: err.Error()}
	ch.closeWith(fault, fault)
}

func (ch *Channel) dispatchBindings() {
	for {
		next, ok := ch.subs.nextBindings()
		if !ok {
			return
		}
		ch.callBindings(next.raws)
		ch.takenIn(next.size)
	}
}

func (subs *subscriptions) nextBindings() (boundValues, bool) {
	subs.mu.Lock()
	defer subs.mu.Unlock()
	if len(subs.pending) == 0 {
		return boundValues{}, false
	}
	next := subs.pending[0]
	subs.pending = subs.pending[1:]
	return next, true
}

func (ch *Channel) callBindings(raws map[string]Raw) {
	values := make(map[string]any, len(raws))
	for name, raw := range raws {
		var v any
		if err := ch.Decode(raw, &v); err != nil {
			err = bindingError(name, err)
			ch.closeUndecoded(err)
			return
		}
		values[name] = v
	}
	if len(values) == 0 {
		return // later bindings of this side won over all of it
	}
	for _, s := range ch.subs.snapshot() {
		if s.callbacks.Bindings != nil && !s.cancelled.Load() {
			ch.callBack(func() { s.callbacks.Bindings(values) })
		}
	}
}

// dispatchEnd tells those for whom the end has come.
func (ch *Channel) dispatchEnd() {
	ended := ch.Err()
	subs := &ch.subs
	subs.mu.Lock()
	inEnd, list, behind := subs.inEnd, subs.list, len(subs.pending) > 0
	subs.mu.Unlock()
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
		subs.remove(s)
		if s.callbacks.End != nil {
			ch.callBack(func() { s.callbacks.End(why) })
		}
	}
}

// callBack calls one callback. If it panics the channel is closed with the panic
// as the error, here and there.
func (ch *Channel) callBack(call func()) {
	defer func() {
		if p := recover(); p != nil {
			ch.m.opts.Logger.Error("a callback panicked", "channel", ch.id, "panic", p)
			fault := &Fault{Name: "panic", Stack: string(debug.Stack()),
				Text: fmt.Sprintf("channel: a callback panicked: %v", p)}
			ch.closeWith(fault, fault)
		}
	}()
	call()
}
