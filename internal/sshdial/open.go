package sshdial

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync/atomic"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/proxycommand"
	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshconfig"
)

// Open connects to the destination, hop by hop. When ctx ends before, what was opened
// is closed; afterwards it has no effect. An error is an *Error.
func Open(ctx context.Context, settings *Settings) (*Client, error) {
	s, err := settings.withDefaults()
	if err != nil {
		return nil, &Error{StageResolve, settings.Destination, err}
	}
	way, err := s.plan()
	if err != nil {
		return nil, &Error{StageResolve, s.Destination, err}
	}
	c := &Client{done: make(chan struct{})}
	for _, h := range way {
		if err := c.extend(ctx, s, h); err != nil {
			c.Close()
			return nil, err
		}
	}
	c.watch(way[len(way)-1])
	return c, nil
}

// extend adds a hop to the way.
func (c *Client) extend(ctx context.Context, s *Settings, h *sshconfig.Host) error {
	a := &attempt{settings: s, hop: h, stage: new(atomic.Value), person: s.Prompt}
	if h.BatchMode {
		a.person = nil
	}
	a.stage.Store(StageDial)
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	a.connected = func() {}
	if h.ConnectTimeout > 0 {
		timer := time.AfterFunc(h.ConnectTimeout, func() {
			cancel(fmt.Errorf("it took longer than ConnectTimeout, %v", h.ConnectTimeout))
		})
		defer timer.Stop()
		a.connected = func() { timer.Stop() }
	}
	conn, err := a.dial(ctx, c.last())
	if err != nil {
		return a.failed(ctx, err)
	}
	client, err := a.handshake(ctx, conn)
	if err != nil {
		conn.Close()
		return a.failed(ctx, err)
	}
	c.hops = append(c.hops, link{h.String(), conn, client})
	return nil
}

// An attempt is the way from a dial to a connection that is authenticated.
type attempt struct {
	settings  *Settings
	hop       *sshconfig.Host
	person    sshauth.Person // nil if nobody is to be asked
	stage     *atomic.Value  // of string
	connected func()         // ends what ConnectTimeout bounds
}

// failed says at which stage an attempt has ended, and why: the end of ctx goes before
// what came of it.
func (a *attempt) failed(ctx context.Context, err error) error {
	stage := a.stage.Load().(string)
	if ctx.Err() != nil {
		err = fmt.Errorf("%s: %w", a.waited(stage), context.Cause(ctx))
	} else if _, unknown := errors.AsType[*net.DNSError](err); unknown && stage == StageDial {
		stage = StageResolve
	}
	return &Error{stage, a.hop.String(), err}
}

// waited says what an attempt was waiting for.
func (a *attempt) waited(stage string) string {
	switch stage {
	case StageDial:
		return "no connection"
	case StageHandshake:
		return "it takes connections, but does not speak SSH on them"
	}
	return "not finished"
}

// handshake makes a connection one that is secure and authenticated. The end of ctx
// closes it.
func (a *attempt) handshake(ctx context.Context, conn net.Conn) (*ssh.Client, error) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	a.stage.Store(StageHandshake)
	keys, err := a.hostKeys()
	if err != nil {
		a.stage.Store(StageKey)
		return nil, err
	}
	who := sshauth.New(ctx, a.hop, a.person, a.settings.Logger)
	greeting := &greeting{Conn: conn}
	inner, channels, requests, err := ssh.NewClientConn(greeting, a.hop.Address(), &ssh.ClientConfig{
		User: a.hop.User, Auth: who.Methods(), AuthCallback: who.Next,
		HostKeyAlgorithms: keys.algorithms,
		HostKeyCallback: func(_ string, _ net.Addr, key ssh.PublicKey) error {
			a.stage.Store(StageKey)
			a.connected()
			if err := keys.check(ctx, key); err != nil {
				return err
			}
			a.stage.Store(StageAuthenticate)
			return nil
		},
		BannerCallback: func(text string) error {
			a.settings.Logger.Info("ssh: the server says", "host", a.hop.String(), "text", text)
			return nil
		},
	})
	if err != nil {
		stop()
		return nil, a.explain(err, conn, greeting, who)
	}
	if !stop() { // ctx has ended, and closed it
		inner.Close()
		return nil, context.Cause(ctx)
	}
	return ssh.NewClient(inner, channels, requests), nil
}

// explain says more of an error of the handshake than the library does.
func (a *attempt) explain(err error, conn net.Conn, greeting *greeting, who *sshauth.Identity) error {
	switch a.stage.Load() {
	case StageHandshake:
		err = greeting.explain(err)
	case StageKey:
		if cause := errors.Unwrap(err); cause != nil {
			err = cause // without the library's words before
		}
	case StageAuthenticate:
		err = who.Explain(err)
	}
	if proxied, ok := conn.(*proxycommand.Conn); ok {
		err = proxied.Explain(err)
	}
	return err
}

// isEnd reports whether an error is only that the other side has closed.
func isEnd(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || isReset(err)
}
