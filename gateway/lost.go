package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/farside-go/farside/internal/hello"
)

// exitWait is how long a process may take to end after its byte stream did,
// before it is killed and the loss is reported.
const exitWait = 500 * time.Millisecond

// giveUp ends the process of a far side with which no hello came about. How it
// ended is told unless the reason is known without.
func (gw *Gateway) giveUp(ctx context.Context, err error) error {
	if ctx.Err() == nil && !mentions[*hello.RefusedError](err) {
		err = gw.lostCause(err)
	}
	gw.process.Conn().Close()
	ctx, cancel := context.WithTimeout(context.Background(), killBound)
	defer cancel()
	return errors.Join(err, gw.process.End(ctx))
}

// lostCause finds out why the byte stream ended: it gives the process's end as
// the cause of err. A process that still lives without its stream is ended.
func (gw *Gateway) lostCause(err error) error {
	if gw.process == nil {
		return err
	}
	if exit, ended := gw.process.AwaitExit(exitWait); ended {
		return fmt.Errorf("%w: %w", err, (*ExitError)(&exit))
	}
	gw.process.Kill()
	if gw.hop != nil && gw.hop.Err() != nil {
		return fmt.Errorf("via %s: %w", gw.hop.ID(), gw.hop.Err())
	}
	return fmt.Errorf("%w (its process did not end with it, and is killed)", err)
}
