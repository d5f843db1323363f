package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/farside-go/farside/internal/request"
)

// killBound is how long the end of a killed far side is waited for.
const killBound = 2 * time.Second

// Close ends the far side: its programs' contexts end, they have the grace period
// of the options to return, then the far process and all that it started are
// killed. It never takes longer than the grace period and a bound of two seconds
// more, and then says what is left. It is idempotent; all callers wait.
func (gw *Gateway) Close() error { return gw.terminate(gw.opts.Grace) }

// Kill ends the far side and all that it started at once.
func (gw *Gateway) Kill() error { return gw.terminate(0) }

// terminate is the ladder: ask, wait, kill. A Kill that comes during a Close cuts
// the waiting short.
func (gw *Gateway) terminate(grace time.Duration) error {
	if !gw.closing.CompareAndSwap(false, true) {
		if grace == 0 && gw.process != nil {
			gw.process.kill()
		}
		<-gw.closed
		return gw.closeErr
	}
	defer close(gw.closed)
	if grace > 0 && gw.mux.Err() == nil {
		gw.askToEnd(grace)
	}
	gw.closeErr = gw.endProcess()
	return gw.closeErr
}

// askToEnd has the worker end its programs.
func (gw *Gateway) askToEnd(grace time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), grace)
	defer cancel()
	ch, err := gw.mux.Open(ctx, request.Terminate)
	if err != nil {
		return
	}
	defer ch.Close()
	if ch.Send(ctx, grace) == nil {
		ch.Receive(ctx) // the end is the answer
	}
}

// endProcess closes the byte stream and makes sure of the process's end.
func (gw *Gateway) endProcess() error {
	err := gw.mux.Close()
	if gw.process != nil {
		gw.process.kill()
		if !gw.process.awaitExit(killBound) {
			err = errors.Join(err, fmt.Errorf("gateway %s: close: process %d does not end", gw.ID(), gw.process.pid()))
		}
	}
	return err
}
