package worker

import (
	"fmt"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farproc"
	"github.com/farside-go/farside/internal/request"
)

// command runs a process whose standard streams are channels. It counts as a program.
func (w *server) command(ch *channel.Channel) error {
	asked, err := channel.Receive[request.Process](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("worker: command: the request: %w", err)
	}
	if !w.begin() {
		return errTerminating
	}
	defer w.execs.Done()
	defer w.end()
	ctx, cancel := w.programContext(ch, 0)
	defer cancel()
	return farproc.Serve(ctx, ch, &asked)
}
