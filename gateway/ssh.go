package gateway

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshdial"
	"github.com/farside-go/farside/internal/stagezero"
	"github.com/farside-go/farside/internal/stdio"
)

// A Prompt is what is to be asked of a person to open an SSH gateway. There is one
// answer to each of its questions.
type Prompt = sshauth.Prompt

// A Question is one line of a [Prompt].
type Question = sshauth.Question

// What a [Prompt] is for.
const (
	PromptPassphrase = sshauth.Passphrase // of a key file; the answer never leaves this machine
	PromptPassword   = sshauth.Password   // of the user on the far machine
	PromptQuestions  = sshauth.Questions  // what the server wants to know
	PromptHostKey    = sshauth.HostKey    // whether a new host is to be trusted: yes, no or its fingerprint
)

// openSSH brings a worker up at the shell of a machine where an SSH server runs.
func (gw *Gateway) openSSH(start *starting) (process, error) {
	p := &sshProcess{print: gw.printRaw()}
	opening, err := stagezero.New(gw.stageZero(start, &p.said))
	if err != nil {
		return nil, err
	}
	if p.client, err = sshdial.Open(start.ctx, gw.sshSettings(start)); err != nil {
		return nil, err
	}
	start.alive()
	if err := p.start(start, gw.spec, opening); err != nil {
		p.client.Close()
		return nil, p.explain(start.ctx, err)
	}
	return p, nil
}

// sshSettings say which server, and whom to ask.
func (gw *Gateway) sshSettings(start *starting) *sshdial.Settings {
	s := &sshdial.Settings{
		Destination: gw.spec.Address, Config: gw.spec.SSHConfig, TrustNew: gw.spec.TrustNew, Logger: gw.opts.Logger,
	}
	if gw.hop != nil {
		s.Dial = gw.hop.Dial
	}
	if ask := gw.opts.Prompt; ask != nil {
		s.Prompt = func(ctx context.Context, p *Prompt) (answers []string, err error) {
			err = start.here(func(context.Context) error { // a person may think for long
				answers, err = ask(ctx, p)
				return err
			})
			return answers, err
		}
	}
	return s
}

// A sshProcess is a worker behind an SSH connection.
type sshProcess struct {
	client  *sshdial.Client
	session *sshdial.Session
	wire    *relay.Conn
	print   func(stream byte, p []byte)
	said    stdio.Tail // what came of standard error, the shell's and the worker's
	hearing sync.WaitGroup
}

// start has the user's shell run stage zero, itself or that of another user.
func (p *sshProcess) start(start *starting, spec Spec, opening *stagezero.Opening) (err error) {
	command, follow := opening.Line(), opening.Follow
	if spec.Sudo {
		argv, err := spec.SudoArgv()
		if err != nil {
			return err
		}
		command, follow = strings.Join(argv, " "), opening.Open
	}
	if p.session, err = p.client.Start(start.ctx, command); err != nil {
		return err
	}
	p.hearing.Go(p.hear) // ends with the session
	p.wire, err = follow(start.ctx, newSessionConn(p.session))
	return err
}

// hear passes on what comes beside the wire.
func (p *sshProcess) hear() {
	buf := make([]byte, 32<<10)
	for {
		n, err := p.session.Stderr.Read(buf)
		if n > 0 {
			p.said.Write(buf[:n])
			p.print(request.Stderr, buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// explain adds what the far shell said to why nothing came up.
func (p *sshProcess) explain(ctx context.Context, err error) error {
	failed, ok := errors.AsType[*stagezero.Error](err)
	if !ok || p.session == nil || ctx.Err() != nil {
		return err
	}
	p.hearing.Wait()
	return withWords(failed, p.said.String())
}

// Conn gives the worker's byte stream.
func (p *sshProcess) Conn() io.ReadWriteCloser { return p.wire }

// AwaitExit tells how the worker ended. When nobody tells that the connection's end may.
func (p *sshProcess) AwaitExit(limit time.Duration) (child.Exit, bool) {
	exit, told := p.wire.AwaitExit(limit)
	if told && exit.Stderr == "" {
		exit.Stderr = p.LastWords()
	}
	return exit, told
}

// LastWords are the worker's, and the shell's before it.
func (p *sshProcess) LastWords() string { return strings.TrimSpace(p.said.String()) }

// Kill has the other end kill the worker. Where that is not confirmed the connection
// is cut, which ends the worker too.
func (p *sshProcess) Kill() {
	p.wire.Kill()
	if _, told := p.wire.AwaitExit(exitWait); !told {
		p.client.Close()
	}
}

// End closes the connection when the worker has ended.
func (p *sshProcess) End(ctx context.Context) error {
	err := p.wire.End(ctx)
	p.client.Close()
	p.hearing.Wait()
	return err
}

// A sessionConn is a session as a connection. It reads by way of a pipe, which has
// deadlines; a Write is ended by Close.
type sessionConn struct {
	net.Conn // what is read from
	session  *sshdial.Session
}

func newSessionConn(session *sshdial.Session) *sessionConn {
	near, far := net.Pipe()
	go func() { // ends with the session, or with the pipe
		io.Copy(far, session.Stdout)
		far.Close()
	}()
	return &sessionConn{near, session}
}

func (c *sessionConn) Write(p []byte) (int, error) { return c.session.Stdin.Write(p) }

func (c *sessionConn) Close() error {
	c.Conn.Close()
	return c.session.Close()
}

// SetDeadline is for reading alone.
func (c *sessionConn) SetDeadline(t time.Time) error { return c.SetReadDeadline(t) }

// SetWriteDeadline does nothing.
func (c *sessionConn) SetWriteDeadline(time.Time) error { return nil }
