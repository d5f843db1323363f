package gateway

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// Exec starts a program on the far side and returns its channel at once, the
// other end of which the program has. ctx bounds only the start; if it has a
// deadline, that is the program's too.
//
// The channel ends when the program does: with io.EOF if it returned without an
// error, a *[RemoteError] if with one. Closing the channel, or its Cancel, ends
// the program's ctx.
func (gw *Gateway) Exec(ctx context.Context, program *Program, args ...any) (*channel.Channel, error) {
	return gw.exec(ctx, program, args, false)
}

func (gw *Gateway) exec(ctx context.Context, program *Program, args []any, result bool) (*channel.Channel, error) {
	run := gw.run
	if program.build != nil {
		run = gw.runBuilt
	}
	ch, err := run(ctx, program, args, &request.Program{Result: result})
	if err != nil {
		return nil, fmt.Errorf("gateway %s: exec: %w", gw.ID(), err)
	}
	return ch, nil
}

// run has the far side run a program, in the way that is asked for.
func (gw *Gateway) run(ctx context.Context, program *Program, args []any, req *request.Program) (*channel.Channel, error) {
	ch, err := gw.mux.Open(ctx, request.Exec)
	if err != nil {
		return nil, err
	}
	if err = program.request(ctx, ch, args, req); err == nil {
		gw.routeStreams(ch, program)
		err = ch.Send(ctx, req)
	}
	if err != nil {
		ch.Close()
		return nil, err
	}
	return ch, nil
}

// request says what is to run, with arguments that can go over ch.
func (p *Program) request(ctx context.Context, ch *channel.Channel, args []any, req *request.Program) (err error) {
	req.ParseArgs = p.ParseArgs
	switch {
	case p.build != nil:
		req.Name, req.Input = p.name(), p.Stdin != nil
	case p.function != nil:
		err = p.nameFunction(req)
	default:
		req.Name, req.Source, req.Func, req.Session = p.name(), p.text, p.Func, p.Session
	}
	if err != nil {
		return err
	}
	for i, arg := range args {
		raw, err := ch.Encode(arg)
		if err != nil {
			return fmt.Errorf("argument %d: %w", i+1, err)
		}
		req.Args = append(req.Args, raw)
	}
	if deadline, ok := ctx.Deadline(); ok {
		req.Timeout = max(time.Until(deadline), time.Nanosecond)
	}
	return nil
}

// routeStreams routes what the program on ch reads and prints, until ch ends.
func (gw *Gateway) routeStreams(ch *channel.Channel, program *Program) {
	if program.Stdin == nil && program.Stdout == nil && program.Stderr == nil {
		return
	}
	gw.mu.Lock()
	gw.writers[ch.ID()] = newProgramWriters(program, gw.printer)
	gw.readers[ch.ID()] = program
	gw.mu.Unlock()
	context.AfterFunc(ch.Context(), func() {
		gw.mu.Lock()
		defer gw.mu.Unlock()
		delete(gw.writers, ch.ID())
		delete(gw.readers, ch.ID())
	})
}

// Call runs a program on the far side of gw, waits for it and gives what it
// returned as an R. When ctx ends the program's ctx ends too. Items that the
// program sends on its channel are dropped; use Exec for those.
func Call[R any](ctx context.Context, gw *Gateway, program *Program, args ...any) (R, error) {
	var result R
	if program.function != nil && !program.function.TakesChannel {
		err := gw.call(ctx, &result, program, args)
		return result, err
	}
	ch, err := gw.exec(ctx, program, args, true)
	if err != nil {
		return result, err
	}
	defer ch.Close()
	raw, err := lastItem(ctx, ch)
	if err != nil {
		if ctx.Err() != nil {
			ch.CloseWithError(context.Cause(ctx))
		}
		return result, err
	}
	if raw != nil {
		err = ch.Decode(raw, &result)
	}
	return result, err
}

// lastItem receives to the end.
func lastItem(ctx context.Context, ch *channel.Channel) (channel.Raw, error) {
	var last channel.Raw
	for {
		raw, err := channel.Receive[channel.Raw](ctx, ch)
		switch {
		case err == io.EOF: // not errors.Is: a far error or the cause of a loss may match it too
			return last, nil
		case err != nil:
			return nil, err
		}
		last = raw
	}
}
