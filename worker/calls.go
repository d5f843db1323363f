package worker

import (
	"context"
	"errors"
	"fmt"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// calls runs one registered function after another, until the near side closes the
// channel: for short calls the making of a channel for each would be most of the work.
func (w *server) calls(ch *channel.Channel) {
	for {
		program, err := channel.Receive[request.Program](ch.Context(), ch)
		if err != nil {
			return
		}
		if err = w.answer(ch, program); err != nil {
			ch.CloseWithError(err)
			return
		}
	}
}

// answer makes one call. Its own error is not that of the call.
func (w *server) answer(ch *channel.Channel, program request.Program) error {
	by, err := w.callable(&program)
	if err == nil && !w.begin() {
		err = errTerminating
	}
	if err != nil {
		return ch.Send(ch.Context(), request.Answer{Err: err})
	}
	result, err := w.runProgram(ch, program, by)
	if err == errAbandoned {
		return err // it still runs, and is waited for as long as there is grace
	}
	defer w.execs.Done()
	answer := request.Answer{Err: err}
	if err == nil {
		answer.Result, answer.Err = ch.Encode(result)
	}
	if err := ch.Send(ch.Context(), answer); err != nil {
		return err
	}
	return ch.Flush(context.Background()) // ends with the mux at the latest
}

// callable finds the function to call. One with a channel would take this one for its own.
func (w *server) callable(program *request.Program) (runner, error) {
	if program.Function == "" {
		return nil, errors.New("worker: calls: the request names no function")
	}
	by, err := findRegistered(program)
	if err == nil && by.TakesChannel {
		err = fmt.Errorf("worker: calls: %s has a channel of its own, and must be asked for with exec", by.Name)
	}
	return by, err
}
