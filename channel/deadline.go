package channel

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"
)

// errExpired is the cause of a ctx whose deadline has passed.
var errExpired = errors.New("channel: the deadline has passed")

// A deadline is a ctx that ends at a time which can be moved while it is waited
// for.
type deadline struct {
	mu    sync.Mutex
	ctx   context.Context
	end   context.CancelCauseFunc
	timer *time.Timer
}

func newDeadline() *deadline {
	d := &deadline{}
	d.set(time.Time{})
	return d
}

func (d *deadline) context() context.Context {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ctx
}

// set moves the deadline; the zero time means none.
func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil && !d.timer.Stop() {
		<-d.ctx.Done() // it is at work already, and must not end what comes now
	}
	d.timer = nil
	if d.ctx == nil || d.ctx.Err() != nil {
		d.ctx, d.end = context.WithCancelCause(context.Background())
	}
	if t.IsZero() {
		return
	}
	end := d.end
	if left := time.Until(t); left > 0 {
		d.timer = time.AfterFunc(left, func() { end(errExpired) })
		return
	}
	end(errExpired)
}

// expired gives the error that users of a net.Conn look for, if err is that ctx, a
// deadline's, has ended.
func expired(ctx context.Context, err error) error {
	if ctx.Err() != nil && (errors.Is(err, context.Canceled) || errors.Is(err, errExpired)) {
		return os.ErrDeadlineExceeded
	}
	return err
}
