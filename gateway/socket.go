package gateway

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"os"
	"runtime"
	"strings"

	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/socket"
	"github.com/farside-go/farside/internal/workerbin"
)

const (
	localOS   = runtime.GOOS
	localArch = runtime.GOARCH

	unixPrefix = "unix:"
)

// openSocket has the socket server at the spec's address start a worker.
func (gw *Gateway) openSocket(start *starting) (process, error) {
	settings := &socket.Settings{
		Network: "tcp", Address: gw.spec.Address, Dial: gw.dialer(),
		Alive: start.alive, Print: gw.printRaw(),
		Progress: func(done, total int64) {
			gw.progress(Progress{ID: gw.ID(), What: sendingWorker, Done: done, Total: total})
		},
		Worker: func(_ context.Context, goos, goarch string) (program workerbin.Program, err error) {
			err = start.here(func(ctx context.Context) error {
				program, err = gw.worker(ctx, goos, goarch)
				return err
			})
			return program, err
		},
	}
	if path, local := strings.CutPrefix(gw.spec.Address, unixPrefix); local {
		settings.Network, settings.Address = "unix", path
	}
	if err := gw.credentials(settings); err != nil {
		return nil, &socket.Error{Stage: StageAuthenticate, Err: err}
	}
	wire, err := socket.Open(start.ctx, settings)
	if err != nil {
		return nil, err
	}
	return wire, nil
}

// workerFor says which worker is looked for.
func (gw *Gateway) workerFor(goos, goarch string) workerbin.Want {
	return workerbin.Want{Given: gw.spec.Worker, Lean: gw.spec.Lean, OS: goos, Arch: goarch}
}

// worker finds the worker for a system.
func (gw *Gateway) worker(ctx context.Context, goos, goarch string) (workerbin.Program, error) {
	path, err := workerbin.Find(ctx, gw.workerFor(goos, goarch))
	if err != nil {
		return workerbin.Program{}, err
	}
	return workerbin.Identify(path)
}

// dialer dials from the gateway's hop, or from here.
func (gw *Gateway) dialer() func(ctx context.Context, network, address string) (net.Conn, error) {
	if gw.hop != nil {
		return gw.hop.Dial
	}
	return new(net.Dialer).DialContext
}

// credentials says what the server must show and what it is shown.
func (gw *Gateway) credentials(s *socket.Settings) (err error) {
	if s.Check, err = gw.check(s.Address); err != nil {
		return err
	}
	s.Token = gw.spec.Token
	if gw.spec.TokenFile != "" {
		text, err := os.ReadFile(gw.spec.TokenFile)
		if err != nil {
			return fmt.Errorf("token-file: %w", err)
		}
		s.Token = strings.TrimSpace(string(text))
	}
	if gw.spec.Cert != "" {
		var cert *tls.Certificate
		if cert, err = pin.LoadCertificate(gw.spec.Cert); err != nil {
			return fmt.Errorf("cert: %w", err)
		}
		s.Certificate = cert
	}
	return nil
}

// check is what the server's key is checked with.
func (gw *Gateway) check(address string) (func(fingerprint string) error, error) {
	if gw.spec.Key != "" {
		return pin.Exactly(gw.spec.Key), nil
	}
	path := gw.spec.KnownServers
	if path == "" {
		var err error
		if path, err = pin.DefaultKnown(); err != nil {
			return nil, fmt.Errorf("known-servers: %w", err)
		}
	}
	return pin.OpenKnown(path).Check(address, gw.spec.TrustNew), nil
}
