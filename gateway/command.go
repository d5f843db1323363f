package gateway

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stagezero"
	"github.com/farside-go/farside/internal/stdio"
)

// openCommand runs the spec's command and brings a worker up at the shell that it
// gives.
func (gw *Gateway) openCommand(start *starting) (process, error) {
	argv, err := gw.spec.Argv()
	if err != nil {
		return nil, err
	}
	c := &command{}
	opening, err := stagezero.New(gw.stageZero(start, &c.said))
	if err != nil {
		return nil, err
	}
	c.local, err = child.StartCommand(argv, gw.printer)
	if err != nil {
		return nil, &stagezero.Error{Stage: StageShell, Err: fmt.Errorf("start the command: %w", err)}
	}
	c.wire, err = opening.Open(start.ctx, c.local.Conn().(net.Conn))
	if err != nil {
		return nil, failedCommand(start.ctx, argv[0], c.local, err.(*stagezero.Error))
	}
	return c, nil
}

// stageZero says what is to be brought up at a shell. said is given what the far process
// says on its standard error.
func (gw *Gateway) stageZero(start *starting, said io.Writer) *stagezero.Settings {
	print := gw.printRaw()
	return &stagezero.Settings{
		Ephemeral: gw.spec.Ephemeral, Here: start.here, Alive: start.alive, Worker: gw.worker,
		Print: func(stream byte, p []byte) {
			if stream == request.Stderr {
				said.Write(p)
			}
			print(stream, p)
		},
		Progress: func(done, total int64) {
			gw.progress(Progress{ID: gw.ID(), What: sendingWorker, Done: done, Total: total})
		},
	}
}

// failedCommand ends a command at which nothing came up, and adds how it ended by
// itself, if it did, and what it said.
func failedCommand(ctx context.Context, name string, local *child.Process, failed *stagezero.Error) error {
	exit, ended := child.Exit{Stderr: local.LastWords()}, false
	if ctx.Err() == nil {
		exit, ended = local.AwaitExit(exitWait)
	}
	bound, cancel := context.WithTimeout(context.Background(), killBound)
	defer cancel()
	local.End(bound)
	switch {
	case ended && exit.Signal != "":
		failed.Err = fmt.Errorf("%w; %s was ended by a signal: %s", failed.Err, name, exit.Signal)
	case ended:
		failed.Err = fmt.Errorf("%w; %s exited with status %d", failed.Err, name, exit.Code)
	}
	return withWords(failed, local.LastWords())
}

// withWords adds what was said on standard error.
func withWords(failed *stagezero.Error, words string) error {
	if words = strings.TrimSpace(words); words != "" {
		failed.Err = fmt.Errorf("%w; it said:\n\t%s", failed.Err, strings.ReplaceAll(words, "\n", "\n\t"))
	}
	return failed
}

// A command is a worker behind a command of this machine.
type command struct {
	wire  *relay.Conn
	local *child.Process
	said  stdio.Tail // what came of the worker's standard error
}

// Conn gives the worker's byte stream.
func (c *command) Conn() io.ReadWriteCloser { return c.wire }

// AwaitExit prefers how the worker ended to how the command did. When that is all there
// is to tell, the worker's last words may still have come.
func (c *command) AwaitExit(limit time.Duration) (exit child.Exit, told bool) {
	begun := time.Now()
	if exit, told = c.wire.AwaitExit(limit); told {
		return exit, true
	}
	exit, told = c.local.AwaitExit(max(0, limit-time.Since(begun)))
	exit.Stderr = c.LastWords()
	return exit, told
}

// LastWords are the worker's, and then the command's.
func (c *command) LastWords() string {
	return strings.TrimSpace(c.said.String() + "\n" + c.local.LastWords())
}

// Kill has the other end kill the worker, and ends a command that is left without it.
func (c *command) Kill() {
	c.wire.Kill()
	if _, told := c.wire.AwaitExit(exitWait); !told {
		c.local.Kill()
	}
}

// End ends the command when the worker has ended. A command that does not end with its
// stream is killed.
func (c *command) End(ctx context.Context) error {
	err := c.wire.End(ctx)
	c.local.AwaitExit(exitWait)
	if ended := c.local.End(ctx); ended != nil {
		return ended
	}
	return err
}
