package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/version/infile"
)

// serve runs the server until a signal, --once or --idle-timeout ends it.
func (s *settings) serve(ctx context.Context, out, errs io.Writer) error {
	opts, err := s.options(errs)
	if err != nil {
		return err
	}
	server, err := bootstrap.NewServer(opts)
	if err != nil {
		return err
	}
	defer server.Close()
	listeners, err := s.listeners()
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	defer endOnSignals(server, opts.Logger, stop)()
	for _, l := range listeners {
		fmt.Fprintln(out, s.spec(server, l.Addr()))
	}
	return s.serveAll(ctx, server, listeners, stop)
}

// serveAll serves until all listeners have ended. When ctx does, it takes no more
// and waits for those that are there.
func (s *settings) serveAll(ctx context.Context, server *bootstrap.Server, listeners []net.Listener, stop context.CancelCauseFunc) error {
	errs := make([]error, len(listeners)+1)
	var serving sync.WaitGroup
	for i, l := range listeners {
		serving.Go(func() {
			errs[i] = server.Serve(l)
			stop(nil)
		})
	}
	serving.Go(func() {
		<-ctx.Done()
		errs[len(listeners)] = server.Drain(context.Background()) // a second signal closes the server
	})
	serving.Wait()
	return errors.Join(errs...)
}

// endOnSignals drains the server on the first signal and closes it on the second.
func endOnSignals(server *bootstrap.Server, log *slog.Logger, drain context.CancelCauseFunc) (done func()) {
	steps := []struct {
		says string
		do   func()
	}{
		{"taking no more near sides; a second signal ends those that are there", func() { drain(nil) }},
		{"ending those that are there", func() { server.Close() }},
	}
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	ended := make(chan struct{})
	go func() { // ends with done
		for _, step := range steps {
			select {
			case got := <-signals:
				log.Info(step.says, "signal", got.String(), "there", server.Clients())
				step.do()
			case <-ended:
				return
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(ended)
	}
}

// options are those of the server.
func (s *settings) options(errs io.Writer) (*bootstrap.Options, error) {
	opts := &bootstrap.Options{
		KeyFile: s.keyFile, Store: s.store, StoreBytes: s.storeMB << 20, Worker: s.worker,
		MaxConns: s.maxConns, Logger: s.logger(errs), IdleTimeout: s.idleTimeout, Once: s.once,
	}
	var err error
	if opts.Worker == "" {
		if opts.Worker, err = ownWorker(); err != nil {
			return nil, err
		}
	}
	if s.keyFile == "" {
		config, err := os.UserConfigDir()
		if err != nil {
			return nil, fmt.Errorf("where to keep the key: %w; give --key-file", err)
		}
		opts.KeyFile = filepath.Join(config, "farside", "socketserver.key")
	}
	if s.tokenFile != "" {
		text, err := os.ReadFile(s.tokenFile)
		if err != nil {
			return nil, fmt.Errorf("--token-file: %w", err)
		}
		if opts.Token = strings.TrimSpace(string(text)); opts.Token == "" {
			return nil, fmt.Errorf("--token-file: %s is empty", s.tokenFile)
		}
	}
	if s.clientCA != "" {
		if opts.ClientCAs, err = pin.LoadPool(s.clientCA); err != nil {
			return nil, fmt.Errorf("--client-ca: %w", err)
		}
	}
	return opts, nil
}

// ownWorker is an installed farside command, which runs source, or this program,
// which does not.
func ownWorker() (string, error) {
	if installed, err := exec.LookPath("farside"); err == nil {
		if _, err := infile.Version(installed); err == nil { // and not another program of that name
			return installed, nil
		}
	}
	return os.Executable()
}

// logFormats are what --log-format may be.
var logFormats = []string{"text", "json", "none"}

func (s *settings) logger(errs io.Writer) *slog.Logger {
	switch s.logFormat {
	case "text":
		return slog.New(slog.NewTextHandler(errs, nil))
	case "json":
		return slog.New(slog.NewJSONHandler(errs, nil))
	}
	return slog.New(slog.DiscardHandler)
}

// spec is what reaches the server. A token that is kept in a file is not shown, nor
// is a certificate that only the near side has.
func (s *settings) spec(server *bootstrap.Server, at net.Addr) string {
	spec := server.Spec(at)
	switch public, _, hasToken := strings.Cut(spec, "//token="); {
	case s.clientCA != "" && at.Network() != "unix":
		return spec + "//cert=FILE"
	case s.tokenFile != "" && hasToken:
		return public + "//token-file=" + s.tokenFile
	}
	return spec
}
