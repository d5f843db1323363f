package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

// spawn starts a worker as a child process, for a near side that goes through this
// one, and relays its wire.
func (s *allServices) spawn(w *server, ch *channel.Channel) error {
	asked, err := channel.Receive[request.Spawned](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("worker: spawn: the request: %w", err)
	}
	if asked.Program != "" {
		return s.spawnProgram(w, ch, asked)
	}
	path := asked.Worker
	if path == "" {
		if path, err = ownProgram(); err != nil {
			return fmt.Errorf("worker: spawn: %w", err)
		}
	}
	return startRelay(ch, path, asked.Env)
}

// startRelay starts a worker and relays its wire until it has ended.
func startRelay(ch *channel.Channel, path string, env []string) error {
	near := streamconn.New(ch, request.Addr{}, request.Addr{})
	relayed, err := relay.Start(near, path, env, func() error { return ch.Send(ch.Context(), request.Spawning{}) })
	if err != nil {
		return fmt.Errorf("worker: spawn: %w", err)
	}
	relayed.Serve(relay.Buffered(near))
	return nil
}

// spawnProgram is for a program that is kept here. It counts as one that runs.
func (s *allServices) spawnProgram(w *server, ch *channel.Channel, asked request.Spawned) error {
	if !w.begin() {
		return errors.New("worker: spawn: this far side is being terminated")
	}
	defer w.execs.Done()
	defer w.end()
	for {
		program, err := s.keeper.Use(asked.Program)
		if errors.Is(err, keep.ErrMissing) {
			return ch.Send(ch.Context(), request.Spawning{Missing: true})
		}
		if err != nil {
			return fmt.Errorf("worker: spawn: %w", err)
		}
		err = startRelay(ch, program.Path, asked.Env)
		if !errors.Is(err, fs.ErrPermission) || !s.keeper.Refuse(program, err) {
			program.Release()
			return err
		}
	}
}

// ownProgram gives the path of this worker's program. The file of an ephemeral one is
// gone (P19), but Linux still knows it.
func ownProgram() (string, error) {
	const linux = "/proc/self/exe"
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err != nil {
		if _, err := os.Stat(linux); err == nil {
			return linux, nil
		}
	}
	return path, nil
}

// serveSockets runs a socket server as long as the near side keeps the channel open.
func (w *server) serveSockets(ch *channel.Channel) error {
	at, err := channel.Receive[request.Addr](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("worker: serve: the request: %w", err)
	}
	if w.opts.SocketServer == nil {
		return errors.New("worker: serve: this far side runs no socket server; " +
			"its program calls worker.Main where interp.Main is needed")
	}
	return w.opts.SocketServer(ch.Context(), at.Text, func(spec string) error {
		return ch.Send(ch.Context(), request.Serving{Spec: spec})
	})
}
