package worker

import (
	"fmt"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/request"
)

// services are what a worker does beside running the functions that are in its program.
// They stand behind an interface so that a program which was built to run one function,
// and has none of them, does not carry their code.
type services interface {
	serve(w *server, ch *channel.Channel) error
	keptProgram(ch *channel.Channel, asked *request.Program) (runner, error)
	close()
}

// allServices are those of a worker that a gateway is opened to.
type allServices struct {
	keeper *keep.Keeper // of built programs
}

func newServices() services { return &allServices{keep.New()} }

func (s *allServices) close() { s.keeper.Close() }

func (s *allServices) serve(w *server, ch *channel.Channel) error {
	switch ch.Label() {
	case request.Command:
		return w.command(ch)
	case request.Import:
		return w.importTree(ch)
	case request.Dial:
		return w.dial(ch)
	case request.Listen:
		return w.listen(ch)
	case request.Spawn:
		return s.spawn(w, ch)
	case request.Serve:
		return w.serveSockets(ch)
	case request.Keep:
		return about(request.Keep, s.keeper.Take(ch))
	case request.Programs:
		return about(request.Programs, s.keeper.Stock(ch))
	}
	return fmt.Errorf("worker: a request %q is not known here", ch.Label())
}

// about says at which request an error came up.
func about(label string, err error) error {
	if err != nil {
		return fmt.Errorf("worker: %s: %w", label, err)
	}
	return nil
}
