package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/reach"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/socket"
	"github.com/farside-go/farside/internal/sshdial"
	"github.com/farside-go/farside/internal/stagezero"
	"github.com/farside-go/farside/internal/stdio"
	"github.com/farside-go/farside/internal/workerbin"
)

// A process is what a gateway has of the process on its far side: the wire to it,
// and a hold on its life.
type process interface {
	Conn() io.ReadWriteCloser
	AwaitExit(limit time.Duration) (exit child.Exit, told bool)
	LastWords() string
	Kill()
	End(ctx context.Context) error
}

// starting is the ctx of an Open. It ends with the caller's, and when the far side
// does nothing for too long.
type starting struct {
	ctx     context.Context
	cancel  context.CancelCauseFunc
	timer   *time.Timer
	timeout time.Duration
}

func newStarting(ctx context.Context, timeout time.Duration) *starting {
	s := &starting{timeout: timeout}
	s.ctx, s.cancel = context.WithCancelCause(ctx)
	s.timer = time.AfterFunc(timeout, func() { s.cancel(fmt.Errorf("the far side did nothing for %v", timeout)) })
	return s
}

// alive notes that the far side did something.
func (s *starting) alive() { s.timer.Reset(s.timeout) }

// here runs what this side does itself, for which the far side is not to blame.
func (s *starting) here(f func(context.Context) error) error {
	s.timer.Stop()
	defer s.alive()
	return f(s.ctx)
}

func (s *starting) stop() {
	s.timer.Stop()
	s.cancel(nil)
}

// start starts the far process.
func (gw *Gateway) start(start *starting) (process, error) {
	switch {
	case gw.host != nil:
		return gw.installVia(start)
	case gw.spec.Kind == reach.Socket:
		return gw.openSocket(start)
	case gw.spec.Kind == reach.SSH:
		return gw.openSSH(start)
	case gw.spec.IsCommand():
		return gw.openCommand(start)
	case gw.hop != nil:
		return gw.spawn(start)
	}
	return gw.startChild(start)
}

// startChild starts a worker as a child process.
func (gw *Gateway) startChild(start *starting) (process, error) {
	var path string
	err := start.here(func(ctx context.Context) (err error) {
		path, err = workerbin.Find(ctx, gw.workerFor(localOS, localArch))
		return err
	})
	if err != nil {
		return nil, &socket.Error{Stage: StageWorker, Err: err}
	}
	p, err := child.Start(path, gw.spec.Env, gw.printer)
	if err != nil {
		return nil, err
	}
	return p, nil
}

// startError says at which stage the start failed.
func (gw *Gateway) startError(err error) error {
	if failed, ok := errors.AsType[*socket.Error](err); ok {
		return gw.openError(failed.Stage, failed.Err)
	}
	if failed, ok := errors.AsType[*stagezero.Error](err); ok {
		return gw.openError(failed.Stage, failed.Err)
	}
	if failed, ok := errors.AsType[*sshdial.Error](err); ok {
		return gw.openError(failed.Stage, fmt.Errorf("ssh %s: %w", failed.Host, failed.Err))
	}
	return gw.openError(StageStart, err)
}

// printRaw prints what a far process that is no child of this one prints, where nil is
// the end of a stream.
func (gw *Gateway) printRaw() func(stream byte, p []byte) {
	if gw.built != nil {
		return gw.built.print
	}
	lines := [...]*stdio.LineWriter{request.Stdout: gw.printer.Stdout(), request.Stderr: gw.printer.Stderr()}
	return func(stream byte, p []byte) {
		if p == nil {
			lines[stream].Flush()
			return
		}
		lines[stream].Write(p)
	}
}
