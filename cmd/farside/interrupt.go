package main

import (
	"context"
	"errors"
	"os"
	"os/signal"

	"github.com/farside-go/farside/channel"
)

// errInterrupted is the cause that a far program sees.
var errInterrupted = errors.New("interrupted")

// interrupts gives two contexts: Ctrl-C ends the first, and once more the second.
// The command's status is then that of an interrupted one.
func interrupts(ctx context.Context) (first, second context.Context, stop func()) {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt)
	first, endFirst := context.WithCancelCause(ctx)
	second, endSecond := context.WithCancelCause(ctx)
	stopped := make(chan struct{})
	go func() { // ends with stop
		for _, end := range []context.CancelCauseFunc{endFirst, endSecond} {
			select {
			case <-signals:
				end(&exitError{exitInterrupted})
			case <-stopped:
				return
			}
		}
	}()
	return first, second, func() {
		signal.Stop(signals)
		close(stopped)
	}
}

// cancelOnInterrupt cancels what runs on ch when first ends, until the function
// returned is called.
func cancelOnInterrupt(first context.Context, ch *channel.Channel) (stop func() bool) {
	return context.AfterFunc(first, func() { ch.Cancel(errInterrupted) })
}
