package proxycommand

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/stdio"
)

// A Conn is a connection through the standard input and output of a command.
type Conn struct {
	command string
	cmd     *exec.Cmd
	in, out *os.File
	said    stdio.Tail
	close   func()
	ended   atomic.Bool   // it has closed its output or its input
	exited  chan struct{} // is closed after err is set
	err     error
}

// lastWords bounds the wait for a command that has closed its output to end, and for
// what it has started to let go of its standard error.
const lastWords = 5 * time.Second

// Start starts a command. As with OpenSSH, the shell makes place for it.
func Start(command string) (*Conn, error) {
	theirIn, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		theirIn.Close()
		in.Close()
		return nil, err
	}
	c := &Conn{command: command, in: in, out: out, exited: make(chan struct{})}
	c.close = sync.OnceFunc(c.end)
	c.cmd = exec.Command("sh", "-c", "exec "+command)
	c.cmd.Stdin, c.cmd.Stdout, c.cmd.Stderr = theirIn, theirOut, &c.said
	c.cmd.WaitDelay = lastWords
	proctree.Isolate(c.cmd)
	err = c.cmd.Start()
	theirIn.Close()
	theirOut.Close()
	if err != nil {
		in.Close()
		out.Close()
		return nil, fmt.Errorf("ProxyCommand %s: %w", command, err)
	}
	go func() { // ends with the process, which Close waits for
		c.err = c.cmd.Wait()
		close(c.exited)
	}()
	return c, nil
}

func (c *Conn) Read(b []byte) (int, error) {
	n, err := c.out.Read(b)
	if err == io.EOF {
		c.ended.Store(true)
	}
	return n, err
}

func (c *Conn) Write(b []byte) (int, error) {
	n, err := c.in.Write(b)
	if err != nil && !errors.Is(err, os.ErrClosed) {
		c.ended.Store(true)
	}
	return n, err
}

// Close ends the command with all that it has started, unless it ends by itself.
func (c *Conn) Close() error {
	c.close()
	return nil
}

func (c *Conn) end() {
	c.in.Close()
	if c.ended.Load() {
		timer := time.NewTimer(lastWords)
		defer timer.Stop()
		select {
		case <-c.exited:
		case <-timer.C:
		}
	}
	select {
	case <-c.exited:
	default:
		proctree.Kill(c.cmd.Process.Pid)
		<-c.exited
	}
	c.out.Close()
}

// Explain adds the last words of the command to an error, if it has ended by itself.
// The connection must have been closed.
func (c *Conn) Explain(err error) error {
	if !c.ended.Load() {
		return err
	}
	text := "ProxyCommand " + c.command + " ended"
	if c.err != nil {
		text += ": " + c.err.Error()
	}
	if said := c.said.String(); said != "" {
		text += "; it said:\n\t" + strings.ReplaceAll(said, "\n", "\n\t") + "\n"
	}
	return fmt.Errorf("%s; %w", text, err)
}

// A pipe has no addresses, and no deadlines that SSH would need.

func (c *Conn) LocalAddr() net.Addr              { return pipeAddr{} }
func (c *Conn) RemoteAddr() net.Addr             { return pipeAddr{} }
func (c *Conn) SetDeadline(time.Time) error      { return os.ErrNoDeadline }
func (c *Conn) SetReadDeadline(time.Time) error  { return os.ErrNoDeadline }
func (c *Conn) SetWriteDeadline(time.Time) error { return os.ErrNoDeadline }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }
