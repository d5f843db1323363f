package stagezero

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"

	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/workerbin"
)

// Settings say what to bring up.
type Settings struct {
	// Ephemeral leaves nothing behind over there, not even the worker's file.
	Ephemeral bool

	// Worker finds the worker for a system.
	Worker func(ctx context.Context, os, arch string) (workerbin.Program, error)

	// Here runs what this side does by itself, which may take long, and for which the
	// far side is not to blame: finding a worker and packing it.
	Here func(func(context.Context) error) error

	// Alive is called whenever the far side has done something, and Progress with
	// how many bytes of a worker's program are on their way.
	Alive    func()
	Progress func(done, total int64)

	// Print is given what the far process prints.
	Print func(stream byte, p []byte)
}

// Stages at which Open fails.
const (
	StageShell  = "shell"  // find a POSIX shell
	StageWorker = "worker" // find the worker's program
	StageUpload = "upload" // send it
	StageStart  = "start"  // start it
)

// An Error says at which stage an Open failed.
type Error struct {
	Stage string
	Err   error
}

func (e *Error) Error() string { return e.Stage + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// An Opening is about to bring up a worker on one byte stream.
type Opening struct {
	Settings
	mark   mark
	worker workerbin.Program
}

// New finds the worker that is most likely the right one: most far sides are of the
// kind of this machine. An error is an *Error.
func New(s *Settings) (*Opening, error) {
	o := &Opening{Settings: *s, mark: newMark()}
	if err := o.find(runtime.GOOS, runtime.GOARCH); err != nil {
		return nil, &Error{StageWorker, err}
	}
	return o, nil
}

// find finds the worker for a system.
func (o *Opening) find(goos, goarch string) error {
	return o.Here(func(ctx context.Context) (err error) {
		o.worker, err = o.Worker(ctx, goos, goarch)
		return err
	})
}

// Line is what a shell over there is to be told, without a line end.
func (o *Opening) Line() string { return line(o.mark, o.worker.Hash, o.Ephemeral) }

// Open brings the worker up over a stream at whose other end a shell reads commands,
// and gives its wire. When ctx ends before, the stream is closed. An error is an
// *Error.
func (o *Opening) Open(ctx context.Context, conn net.Conn) (*relay.Conn, error) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	io.WriteString(conn, o.Line()+"\n") // a shell that does not take it is noticed where it is read
	return o.Follow(ctx, conn)
}

// Follow is Open where the shell was given the Line to run in another way.
func (o *Opening) Follow(ctx context.Context, conn net.Conn) (*relay.Conn, error) {
	t := &talk{Opening: o, conn: conn, read: relay.Buffered(conn)}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	stage, err := t.run()
	if stopped := stop(); ctx.Err() != nil && (err != nil || !stopped) {
		err = t.silence(context.Cause(ctx))
	}
	if err == nil {
		return relay.NewConn(conn, t.read, func() { conn.Close() }, o.Print), nil
	}
	conn.Close()
	return nil, &Error{stage, err}
}

// A talk is what is said on the stream.
type talk struct {
	*Opening
	conn net.Conn
	read *bufio.Reader

	answered bool     // a shell was there
	damaged  bool     // a worker was, already
	failed   []string // what went wrong at places
}

// mostAnswers ends an opening with a far side that does not get on.
const mostAnswers = 64

// run does what the answers call for, until the worker runs. It tells at which stage
// it was.
func (t *talk) run() (stage string, err error) {
	a, err := t.answer()
	if err != nil {
		return StageShell, err
	}
	if err := t.choose(a); err != nil {
		return StageWorker, err
	}
	stage = StageUpload
	for range mostAnswers {
		if a.state == stateHere {
			stage = StageStart
		}
		if a.state == stateStarted {
			return stage, nil
		}
		if err := t.react(a); err != nil {
			return stage, err
		}
		if a, err = t.answer(); err != nil {
			return stage, err
		}
	}
	return stage, fmt.Errorf("the far side gave %d answers and started nothing", mostAnswers)
}

// choose finds the worker for what the far side is, and asks for that.
func (t *talk) choose(a *answer) error {
	goos, goarch, err := systemOf(a.os, a.machine)
	if err != nil || goos == runtime.GOOS && goarch == runtime.GOARCH {
		return err
	}
	if err := t.find(goos, goarch); err != nil {
		return err
	}
	if err := t.say("find", t.worker.Hash); err != nil {
		return err
	}
	other, err := t.answer()
	if err == nil {
		*a = *other
	}
	return err
}

// silence explains why ctx has ended, where nothing was heard before.
func (t *talk) silence(cause error) error {
	if t.answered {
		return cause
	}
	return fmt.Errorf("no POSIX shell has answered: %w; one that reads all of its input before it runs any of it, "+
		"as fish does, never will: have the command run sh", cause)
}

// react says what comes next.
func (t *talk) react(a *answer) error {
	switch a.state {
	case stateHere:
		return t.say("run", t.worker.Hash, t.worker.Size)
	case stateReady:
		return t.upload(a.tools)
	case stateFailed:
		t.failed = append(t.failed, a.words)
		return t.say("next")
	case stateDamaged:
		if t.damaged {
			return fmt.Errorf("the worker's file was damaged over there, or does not run, and so it was when it was sent once more: %s", a.words)
		}
		t.damaged = true
		return t.say("find", t.worker.Hash)
	case stateNowhere:
		return a.nowhere(t.failed)
	case stateBroken:
		return errors.New(a.words)
	}
	return fmt.Errorf("the far side answered with a state %.40q that this side does not know", a.state)
}

// say tells the far side what to do.
func (t *talk) say(wish string, args ...any) error {
	_, err := io.WriteString(t.conn, strings.TrimSpace(fmt.Sprintln(append([]any{wish}, args...)...))+"\n")
	if err != nil {
		return t.silenced(err)
	}
	return nil
}

// silenced prefers the far side's last answer to that it cannot be written to.
func (t *talk) silenced(broken error) error {
	a, err := t.answer()
	if err == nil && a.words != "" {
		return errors.New(a.words)
	}
	return broken
}

// answer waits for the far side's next one.
func (t *talk) answer() (*answer, error) {
	a, err := readAnswer(t.read, t.mark.String())
	if err == nil {
		t.answered = true
		t.Alive()
	}
	if ended, ok := errors.AsType[*noiseError](err); ok && ended.err == errEnded && !t.answered {
		ended.err = errNoShell
	}
	return a, err
}
