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

// Close ends the far side, after the gateways that are reached through it: its
// programs' contexts end, they have the grace period of the options to return, then
// the far process and all that it started are killed. It never takes longer than the grace period and a bound of two seconds
// more, and then says what is left. It is idempotent; all callers wait. After it
// nothing is written to the writers of the options and of the programs, unless
// one of them blocked.
func (gw *Gateway) Close() error { return gw.terminate((*Gateway).Close) }

// Kill ends the far side and all that it started at once. It cuts the grace
// period of a Close under way short.
func (gw *Gateway) Kill() error {
	gw.endGrace()
	gw.endBehind((*Gateway).Kill, (*Gateway).isOpened)
	gw.endBehind((*Gateway).Kill, (*Gateway).isProgram)
	return gw.terminate((*Gateway).Kill)
}

// terminate is the ladder: end what lies behind, ask, wait, kill.
func (gw *Gateway) terminate(endOther func(*Gateway) error) error {
	if !gw.closing.CompareAndSwap(false, true) {
		<-gw.closed
		return gw.closeErr
	}
	defer close(gw.closed)
	behind := gw.endBehind(endOther, (*Gateway).isOpened)
	if !gw.isUp() {
		return nil // nothing is behind it, and Open leaves nothing
	}
	var programs error
	ended := make(chan struct{})
	go func() { // ends with those that end, which have a bound
		defer close(ended)
		programs = gw.endBehind(endOther, (*Gateway).isProgram)
	}()
	gw.askToEnd(gw.opts.Grace)
	<-ended
	gw.closeErr = errors.Join(behind, programs, gw.end())
	gw.forget()
	return gw.closeErr
}

// errClosedBefore ends the Open of a gateway that goes through one which is closed.
var errClosedBefore = fmt.Errorf("a gateway that it goes through was closed meanwhile: %w", ErrClosed)

// isUp ends an Open under way, and reports whether it came about all the same.
func (gw *Gateway) isUp() bool {
	gw.giveUpOn(errClosedBefore)
	timer := time.NewTimer(killBound)
	defer timer.Stop()
	select {
	case <-gw.brought:
		return gw.mux != nil
	case <-timer.C:
		return false
	}
}

// askToEnd has the worker end its programs, as long as there is grace.
func (gw *Gateway) askToEnd(grace time.Duration) {
	ctx, cancel := context.WithTimeout(gw.grace, grace)
	defer cancel()
	if ctx.Err() != nil || gw.mux.Err() != nil {
		return
	}
	ch, err := gw.mux.Open(ctx, request.Terminate)
	if err != nil {
		return
	}
	defer ch.Close()
	if ch.Send(ctx, grace) == nil {
		ch.Receive(ctx) // the end is the answer
	}
}

// end closes the byte stream and makes sure of the process's end and of that of
// the output.
func (gw *Gateway) end() error {
	ctx, cancel := context.WithTimeout(context.Background(), killBound)
	defer cancel()
	err := gw.mux.Close()
	if gw.process != nil {
		err = errors.Join(err, gw.process.End(ctx))
	}
	select {
	case <-gw.printed:
	case <-ctx.Done(): // what still waits for a blocked writer is given up
	}
	if err != nil {
		return fmt.Errorf("gateway %s: close: %w", gw.ID(), err)
	}
	return nil
}
