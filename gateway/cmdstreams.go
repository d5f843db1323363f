package gateway

import (
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farproc"
)

// streams are the standard streams of a command. Those that nobody wants are nil.
type streams struct {
	in, out, err *channel.Channel
	copying      sync.WaitGroup // of its output

	mu     sync.Mutex
	failed error // the first error of a reader or a writer
}

// open makes the channels that pipes have not made already.
func (s *streams) open(c *Cmd) (err error) {
	for _, stream := range []struct {
		ch     **channel.Channel
		wanted bool
	}{{&s.in, c.Stdin != nil}, {&s.out, c.Stdout != nil}, {&s.err, c.Stderr != nil && !same(c.Stderr, c.Stdout)}} {
		if *stream.ch != nil || !stream.wanted {
			continue
		}
		if *stream.ch, err = c.gw.mux.New(c.ctx); err != nil {
			return err
		}
	}
	if same(c.Stderr, c.Stdout) && s.err == nil {
		s.err = s.out
	}
	return nil
}

// copy copies between the channels and what the fields of the command say.
func (s *streams) copy(c *Cmd) {
	if c.Stdin != nil {
		go func() { s.note(farproc.Feed(s.in, c.Stdin)) }() // ends with the command, or with the Read that it is in then
	}
	if c.Stdout != nil {
		s.copying.Go(func() { s.note(farproc.Drain(c.Stdout, s.out)) }) // ends with the command's output
	}
	if c.Stderr != nil && s.err != s.out {
		s.copying.Go(func() { s.note(farproc.Drain(c.Stderr, s.err)) }) // likewise
	}
}

func (s *streams) note(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
}

// wait waits for the rest of the output, and gives the first error.
func (s *streams) wait() error {
	s.copying.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed
}

// close is for a command that does not start.
func (s *streams) close() {
	for _, ch := range []*channel.Channel{s.in, s.out, s.err} {
		if ch != nil {
			ch.Close()
		}
	}
}

// same reports whether two writers are one. Some cannot be compared.
func same(a, b io.Writer) bool {
	defer func() { recover() }()
	return a != nil && a == b
}

// StdinPipe gives a pipe that the command will read from. Close ends it; the end of the
// command breaks it.
func (c *Cmd) StdinPipe() (io.WriteCloser, error) {
	if c.Stdin != nil {
		return nil, errors.New("gateway: command: Stdin is already set")
	}
	return c.pipe(&c.streams.in)
}

// StdoutPipe gives a pipe from which the command's standard output is read, to io.EOF at
// the end. It can be read after Wait too. Who does not read it to the end closes it.
func (c *Cmd) StdoutPipe() (io.ReadCloser, error) {
	if c.Stdout != nil {
		return nil, errors.New("gateway: command: Stdout is already set")
	}
	return c.pipe(&c.streams.out)
}

// StderrPipe is StdoutPipe for the standard error.
func (c *Cmd) StderrPipe() (io.ReadCloser, error) {
	if c.Stderr != nil {
		return nil, errors.New("gateway: command: Stderr is already set")
	}
	return c.pipe(&c.streams.err)
}

// pipe makes the channel of a stream before the command starts.
func (c *Cmd) pipe(stream **channel.Channel) (io.ReadWriteCloser, error) {
	if c.remote != nil || *stream != nil {
		return nil, errors.New("gateway: command: a pipe is made once, before the start")
	}
	ch, err := c.gw.mux.New(c.ctx)
	if err != nil {
		return nil, fmt.Errorf("gateway %s: command: %w", c.gw.ID(), err)
	}
	*stream = ch
	return ch.Stream(), nil
}
