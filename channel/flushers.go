package channel

import "sync/atomic"

// maxIdleFlushers is how many flushers a mux keeps for the next outbox.
const maxIdleFlushers = 2

// flushers are the goroutines that flush the outboxes of one mux. A few are kept
// for the next one, since the stack of a new goroutine has to grow for the write
// each time. They end with the mux.
type flushers struct {
	next chan *outbox // to an idle one
	idle atomic.Int32
	done <-chan struct{}
}

func newFlushers(done <-chan struct{}) *flushers {
	return &flushers{next: make(chan *outbox), done: done}
}

// start has o flushed, by an idle flusher if there is one.
func (f *flushers) start(o *outbox) {
	select {
	case f.next <- o:
	default:
		go f.run(o) // ends with the mux at the latest
	}
}

func (f *flushers) run(o *outbox) {
	for {
		o.flush()
		if f.idle.Add(1) > maxIdleFlushers {
			f.idle.Add(-1)
			return
		}
		select {
		case o = <-f.next:
			f.idle.Add(-1)
		case <-f.done:
			return
		}
	}
}
