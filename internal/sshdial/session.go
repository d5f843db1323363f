package sshdial

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/crypto/ssh"
)

// A Session is a command that runs at the destination. Both of its outputs must be
// read: what is not read from one holds up the other.
type Session struct {
	Stdin  io.WriteCloser // its Close ends the command's input
	Stdout io.Reader
	Stderr io.Reader

	client  *Client
	session *ssh.Session
}

// Start has the user's shell run a command, or with none the shell itself, as a login
// shell. When ctx ends before, the command is given up.
func (c *Client) Start(ctx context.Context, command string) (*Session, error) {
	type result struct {
		session *Session
		err     error
	}
	started := make(chan result)
	begin := func() { // ends with the server's answer, or with the client
		session, err := c.start(command)
		select {
		case started <- result{session, err}:
		case <-ctx.Done():
			if err == nil {
				session.Close()
			}
		}
	}
	name := c.last().name
	if err := c.goUnlessEnded(begin); err != nil {
		return nil, &Error{StageSession, name, err}
	}
	select {
	case r := <-started:
		if r.err != nil {
			return nil, &Error{StageSession, name, r.err}
		}
		return r.session, nil
	case <-ctx.Done():
		return nil, &Error{StageSession, name, fmt.Errorf("the server does not answer: %w", context.Cause(ctx))}
	}
}

// goUnlessEnded starts what Close waits for.
func (c *Client) goUnlessEnded(work func()) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.work.Go(work)
	}
	return c.err
}

func (c *Client) start(command string) (*Session, error) {
	inner, err := c.last().client.NewSession()
	if err != nil {
		return nil, c.refused(err)
	}
	s := &Session{client: c, session: inner}
	if s.Stdin, err = inner.StdinPipe(); err == nil {
		s.Stdout, err = inner.StdoutPipe()
	}
	if err == nil {
		s.Stderr, err = inner.StderrPipe()
	}
	if err == nil {
		if command == "" {
			err = inner.Shell()
		} else {
			err = inner.Start(command)
		}
	}
	if err != nil {
		inner.Close()
		return nil, c.refused(err)
	}
	return s, nil
}

// refused says why there is no session.
func (c *Client) refused(err error) error {
	if ended := c.Err(); ended != nil {
		return ended
	}
	if refusal, ok := errors.AsType[*ssh.OpenChannelError](err); ok {
		return fmt.Errorf("the server takes no further session on this connection (MaxSessions in its sshd_config): %w", refusal)
	}
	return err
}

// An Exit says how a command has ended.
type Exit struct {
	Status int    // 0 is good; 128 and more if a signal ended it
	Signal string // without SIG, or empty
}

// Wait gives how the command has ended, or an error if the connection ended before
// that was told. What it has printed can still be read.
func (s *Session) Wait() (Exit, error) {
	err := s.session.Wait()
	exit, told := errors.AsType[*ssh.ExitError](err)
	switch {
	case err == nil:
		return Exit{}, nil
	case told:
		return Exit{Status: exit.ExitStatus(), Signal: exit.Signal()}, nil
	}
	if ended := s.client.Err(); ended != nil {
		err = ended
	}
	return Exit{}, fmt.Errorf("ssh %s: the end of the command was not told: %w", s.client.last().name, err)
}

// Close gives up the command. The server sends it SIGHUP, or leaves it without input
// and output.
func (s *Session) Close() error {
	err := s.session.Close()
	if errors.Is(err, io.EOF) { // it has ended
		return nil
	}
	return err
}
