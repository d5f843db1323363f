package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/warm"
)

// Options are the settings of a worker. Nil means all defaults.
type Options struct {
	// Engine runs source. If it is an io.Closer, Serve closes it at the end.
	// Default: none, source is refused.
	Engine Engine

	// SocketServer runs a socket server that listens at an address of this
	// machine, until ctx ends. It calls ready once it listens, with the spec that
	// reaches it from here. Default: none, a near side that wants one is refused.
	SocketServer func(ctx context.Context, address string, ready func(spec string) error) error

	// StopAfter is how long a program whose ctx has ended may go on before its
	// loops are stopped, and then again before it counts as abandoned.
	// Default 1 s.
	StopAfter time.Duration

	// Memory is how many bytes this process may use, if the near side does not
	// say. A Bounder ends the process when its programs use more; for other
	// engines the collector tries to stay below. Default: no bound in a process
	// that is not only a worker; in a worker's process three quarters of what is
	// available when it starts, and at least 256 MiB.
	Memory uint64

	// Logger receives what goes wrong on this side. Default: discard.
	Logger *slog.Logger

	// whole is set when the process belongs to this worker, so that the near
	// side may change its directory, environment and priority.
	whole bool
}

const (
	defaultStopAfter = time.Second

	// keptGoroutines wait for the next request or program.
	keptGoroutines = 4
)

// errTerminated is the cause that programs see when the worker is terminated.
var errTerminated = errors.New("worker: the far side is being terminated")

func (o *Options) withDefaults() Options {
	var out Options
	if o != nil {
		out = *o
	}
	if out.StopAfter <= 0 {
		out.StopAfter = defaultStopAfter
	}
	if out.Logger == nil {
		out.Logger = slog.New(slog.DiscardHandler)
	}
	return out
}

// Serve serves the near side at the other end of conn until it terminates this
// worker or goes away. It returns nil after an orderly end. Programs that then
// still run have had their ctx ended.
func Serve(conn io.ReadWriteCloser, opts *Options) error {
	services := newServices()
	defer services.close()
	return serve(conn, opts, services)
}

// serve is Serve with what the worker does beside running what is in this program,
// which may be nothing.
func serve(conn io.ReadWriteCloser, opts *Options, services services) error {
	w := &server{opts: opts.withDefaults(), services: services}
	w.quit, w.endPrograms = context.WithCancelCause(context.Background())
	defer w.endPrograms(nil)
	if closer, ok := w.opts.Engine.(io.Closer); ok {
		defer closer.Close()
	}
	near, err := hello.Read(conn)
	if err == nil {
		err = setUp(near, w.opts.whole)
	}
	if err == nil {
		err = w.boundMemory(near)
	}
	if err != nil {
		hello.Refusal(err).Write(conn)
		conn.Close()
		return fmt.Errorf("worker: start: %w", err)
	}
	if err := w.hello().Write(conn); err != nil {
		conn.Close()
		return fmt.Errorf("worker: start: %w", err)
	}
	keepAlive, _ := time.ParseDuration(near.Fields[request.FieldKeepAlive]) // one that is not understood is the default
	w.mux, err = channel.NewMux(conn, channel.Far, &channel.Options{KeepAlive: keepAlive, Logger: w.opts.Logger})
	if err != nil {
		return fmt.Errorf("worker: start: %w", err)
	}
	w.goroutines = warm.New(keptGoroutines, w.mux.Done())
	return w.run()
}

// server is one worker at work.
type server struct {
	opts       Options
	mux        *channel.Mux
	goroutines *warm.Goroutines // for requests and programs
	services   services         // nil if there are none
	execs      sync.WaitGroup   // programs that have not ended

	quit        context.Context // ends when the near side terminates the worker
	endPrograms context.CancelCauseFunc

	mu        sync.Mutex
	running   int
	abandoned int
	quitting  bool // no more programs are taken
}

// run takes requests until the near side closes the stream or is gone.
func (w *server) run() error {
	for {
		ch, err := w.mux.Accept(context.Background())
		if err != nil {
			break
		}
		w.goroutines.Go(func() { w.serve(ch) })
	}
	w.mux.Close()
	w.awaitPrograms(w.opts.StopAfter)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.quitting {
		return nil
	}
	return w.mux.Err()
}

// awaitPrograms waits until the programs have ended, but not longer than limit.
func (w *server) awaitPrograms(limit time.Duration) bool {
	ended := make(chan struct{})
	go func() { // ends with the programs
		w.execs.Wait()
		close(ended)
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-ended:
		return true
	case <-timer.C:
		return false
	}
}

// serve answers one request.
func (w *server) serve(ch *channel.Channel) {
	var err error
	switch ch.Label() {
	case request.Exec:
		w.exec(ch)
		return
	case request.Calls:
		w.calls(ch)
	case request.Status:
		err = ch.Send(ch.Context(), w.state())
	case request.Terminate:
		err = w.terminate(ch)
	default:
		err = w.serveMore(ch)
	}
	ch.CloseWithError(err)
}

// serveMore answers what not every worker does.
func (w *server) serveMore(ch *channel.Channel) error {
	if w.services == nil {
		return fmt.Errorf("worker: a request %q: this far side is a program that was built to run one function", ch.Label())
	}
	return w.services.serve(w, ch)
}

// terminate ends the programs and takes no more. It answers when they have ended
// or the grace is over; then the near side closes the stream.
func (w *server) terminate(ch *channel.Channel) error {
	grace, err := channel.Receive[time.Duration](ch.Context(), ch)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.quitting = true
	w.mu.Unlock()
	w.endPrograms(errTerminated)
	w.awaitPrograms(grace)
	return nil
}

func (w *server) state() request.State {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	w.mu.Lock()
	defer w.mu.Unlock()
	return request.State{
		Channels:   w.mux.Channels(),
		Running:    w.running,
		Abandoned:  w.abandoned,
		Goroutines: runtime.NumGoroutine(),
		Memory:     memory.Sys - memory.HeapReleased,
	}
}
