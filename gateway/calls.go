package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// keptCalls is how many channels wait for the next call.
const keptCalls = 8

// calls are channels on which one function after another is called (P22). Making a
// channel takes longer than most such calls.
type calls struct {
	mu   sync.Mutex
	idle []*channel.Channel
}

// take gives a channel on which nothing is called, or nil.
func (c *calls) take() *channel.Channel {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := len(c.idle) - 1
	if n < 0 {
		return nil
	}
	ch := c.idle[n]
	c.idle = c.idle[:n]
	return ch
}

// keep takes a channel back.
func (c *calls) keep(ch *channel.Channel) {
	c.mu.Lock()
	kept := len(c.idle) < keptCalls
	if kept {
		c.idle = append(c.idle, ch)
	}
	c.mu.Unlock()
	if !kept {
		ch.Close()
	}
}

// call calls a registered function that has no channel of its own, and decodes what it
// returned into dst.
func (gw *Gateway) call(ctx context.Context, dst any, program *Program, args []any) error {
	ch := gw.calls.take()
	if ch == nil {
		var err error
		if ch, err = gw.mux.Open(ctx, request.Calls); err != nil {
			return fmt.Errorf("gateway %s: exec: %w", gw.ID(), err)
		}
	}
	var req request.Program
	if err := program.request(ctx, ch, args, &req); err != nil {
		gw.calls.keep(ch)
		return fmt.Errorf("gateway %s: exec: %w", gw.ID(), err)
	}
	answer, err := askAgain(ctx, ch, &req)
	if err != nil {
		ch.CloseWithError(context.Cause(ctx)) // which is nil unless ctx ended
		return err
	}
	defer gw.calls.keep(ch)
	if answer.Err != nil || answer.Result == nil {
		return answer.Err
	}
	return ch.Decode(answer.Result, dst)
}

// askAgain makes a call on a channel that may have had others.
func askAgain(ctx context.Context, ch *channel.Channel, req *request.Program) (answer request.Answer, err error) {
	if err = ch.Send(ctx, req); err == nil {
		err = ch.ReceiveInto(ctx, &answer)
	}
	if err == io.EOF { // not errors.Is: a far error or the cause of a loss may match it too
		err = errors.New("the far side ended a call without an answer")
	}
	return answer, err
}
