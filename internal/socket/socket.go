package socket

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/version"
	"github.com/farside-go/farside/internal/workerbin"
)

// Settings say how to reach a server and what to show it.
type Settings struct {
	Network string // tcp or unix
	Address string
	Dial    func(ctx context.Context, network, address string) (net.Conn, error)

	// Check is asked about the fingerprint of the server's key.
	Check       func(fingerprint string) error
	Certificate *tls.Certificate // may be nil
	Token       string

	// Worker finds the worker for a system.
	Worker func(ctx context.Context, os, arch string) (workerbin.Program, error)

	// Alive is called whenever the server has done something, and Progress with
	// how many bytes of a worker's program are on their way.
	Alive    func()
	Progress func(done, total int64)

	// Print is given what the far process prints.
	Print func(stream byte, p []byte)
}

// Stages at which Open fails.
const (
	StageResolve      = "resolve"
	StageDial         = "dial"
	StageKey          = "host key"
	StageWorker       = "worker"
	StageAuthenticate = opening.StageAuthenticate
	StageUpload       = opening.StageUpload
	StageStart        = opening.StageStart
)

// An Error says at which stage an Open failed.
type Error struct {
	Stage string
	Err   error
}

func (e *Error) Error() string { return e.Stage + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Open has a server start a worker and gives its wire. When ctx ends before, what
// was opened is closed. An error is an *Error.
func Open(ctx context.Context, s *Settings) (*relay.Conn, error) {
	// Most far sides are of the same kind as this one. To find its worker may take
	// longer than a server waits.
	local := s.find(ctx, runtime.GOOS, runtime.GOARCH)
	raw, err := s.Dial(ctx, s.Network, s.Address)
	if err != nil {
		return nil, unreached(ctx, err)
	}
	second := s.dialSecond(ctx)
	defer second.drop()
	stop := context.AfterFunc(ctx, func() { raw.Close() })
	opened, err := s.open(ctx, raw, local, second)
	if !stop() {
		err = &Error{stageOf(err), context.Cause(ctx)}
	}
	if err != nil {
		raw.Close()
		opened.close()
		return nil, err
	}
	return opened.conn(raw, s.Print), nil
}

// opened is what an opening comes to.
type opened struct {
	near net.Conn           // carries records
	read *bufio.Reader      // gives what came
	wire io.ReadWriteCloser // nil if it is relayed
}

// close closes what is not the first connection.
func (o *opened) close() {
	if o != nil && o.wire != nil {
		o.wire.Close()
	}
}

func (o *opened) conn(raw net.Conn, print func(stream byte, p []byte)) *relay.Conn {
	c := relay.NewConn(o.near, o.read, func() { raw.Close() }, print)
	if o.wire != nil {
		c.Apart(o.wire)
	}
	return c
}

// unreached says why there is no connection.
func unreached(ctx context.Context, err error) error {
	stage := StageDial
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		stage = StageResolve
	}
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	return &Error{stage, err}
}

func stageOf(err error) string {
	if failed, ok := errors.AsType[*Error](err); ok {
		return failed.Stage
	}
	return StageStart
}

// open is Open on a connection, with a second one for the wire.
func (s *Settings) open(ctx context.Context, raw net.Conn, local found, second *second) (*opened, error) {
	conn, err := s.secure(ctx, raw)
	if err != nil {
		return nil, err
	}
	s.Alive()
	client := opening.NewClient(conn, s.Token)
	if !second.failed() {
		client.Offer(second.ticket)
	}
	answer, err := s.start(ctx, client, local)
	if err != nil {
		return nil, err
	}
	o := &opened{near: conn, read: client.Rest()}
	if answer.OwnWire {
		if o.wire, err = second.take(ctx, conn); err != nil {
			return nil, &Error{StageStart, err}
		}
	}
	return o, nil
}

// secure makes sure who is at the other end. On a Unix socket the system's
// permissions do.
func (s *Settings) secure(ctx context.Context, raw net.Conn) (net.Conn, error) {
	if s.Network == "unix" {
		return raw, nil
	}
	conn := pin.NewConn(raw, tls.Client, pin.Client(s.Check, s.Certificate))
	err := conn.HandshakeContext(ctx)
	if err == nil {
		return conn, nil
	}
	_, changed := errors.AsType[*pin.MismatchError](err)
	_, unknown := errors.AsType[*pin.UnknownError](err)
	if changed || unknown {
		return nil, &Error{StageKey, err}
	}
	return nil, &Error{StageAuthenticate, fmt.Errorf("tls: %w; is a socketserver listening at %s?", err, s.Address)}
}

// found is a worker for a system, or why there is none.
type found struct {
	workerbin.Program
	err error
}

func (s *Settings) find(ctx context.Context, goos, goarch string) (f found) {
	f.Program, f.err = s.Worker(ctx, goos, goarch)
	return f
}

// start has the server start a worker, and sends it first if need be. local is the one
// for this system.
func (s *Settings) start(ctx context.Context, client *opening.Client, local found) (*opening.Answer, error) {
	answer, err := client.Ask(local.Hash)
	if err != nil {
		return nil, refused(StageAuthenticate, err)
	}
	s.Alive()
	if answer.Started {
		return answer, nil
	}
	worker, err := s.choose(ctx, local, answer)
	if err != nil {
		return nil, &Error{StageWorker, err}
	}
	s.Alive()
	if answer.Has(worker.Hash) {
		if answer, err = client.Ask(worker.Hash); err != nil {
			return nil, refused(StageStart, err)
		}
		if answer.Started {
			return answer, nil
		}
	}
	return s.upload(client, worker)
}

// choose gives the worker for the server's system: one of this side's, or the server's
// own if that is of the same version.
func (s *Settings) choose(ctx context.Context, local found, answer *opening.Answer) (workerbin.Program, error) {
	worker := local
	if answer.OS != runtime.GOOS || answer.Arch != runtime.GOARCH {
		worker = s.find(ctx, answer.OS, answer.Arch)
	}
	if worker.err == nil || answer.Own == "" {
		return worker.Program, worker.err
	}
	if ours := version.String(); answer.Version != ours {
		return worker.Program, fmt.Errorf("%w; the server's own is of version %s, and this side of %s", worker.err, answer.Version, ours)
	}
	return workerbin.Program{Hash: answer.Own}, nil
}

func (s *Settings) upload(client *opening.Client, worker workerbin.Program) (*opening.Answer, error) {
	file, err := os.Open(worker.Path)
	if err != nil {
		return nil, &Error{StageUpload, err}
	}
	defer file.Close()
	answer, err := client.Upload(worker.Hash, file, func(done int64) {
		s.Alive()
		if s.Progress != nil {
			s.Progress(done, worker.Size)
		}
	})
	if err != nil {
		return nil, refused(StageUpload, err)
	}
	if !answer.Started {
		return nil, &Error{StageUpload, errors.New("the server took the worker but did not start it")}
	}
	return answer, nil
}

// refused prefers the stage that the server told.
func refused(stage string, err error) error {
	if told, ok := errors.AsType[*opening.RefusedError](err); ok && told.Stage != "" {
		stage = told.Stage
	}
	if errors.Is(err, io.EOF) || errors.Is(err, hello.ErrEnded) {
		err = fmt.Errorf("%w: it closed the connection; its log says why", err)
	}
	return &Error{stage, err}
}
