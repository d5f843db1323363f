package sshdial

import (
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/proxycommand"
	"github.com/farside-go/farside/internal/sshconfig"
)

// A Client is a connection to a destination, with all that it goes through. All its
// methods may be called at once. It ends with Close, or with the first of its hops;
// what runs on it ends then.
type Client struct {
	hops []link // is complete when Open returns
	done chan struct{}
	work sync.WaitGroup

	mu  sync.Mutex
	err error
}

// A link is one hop that is connected to.
type link struct {
	name   string
	conn   net.Conn
	client *ssh.Client
}

// watchHop tells the end of a hop, unless it is only what came of the end of the one
// before, which tells it.
func (c *Client) watchHop(i int) {
	err := c.hops[i].wait()
	if i == 0 || c.hops[i-1].answers() {
		c.fail(fmt.Errorf("ssh %s: %w", c.hops[i].name, err))
	}
}

// answers reports whether a hop is there. One that says nothing is given up.
func (l *link) answers() bool {
	const patience = 5 * time.Second
	silence := time.AfterFunc(patience, func() { l.conn.Close() })
	defer silence.Stop()
	_, _, err := l.client.SendRequest(aliveRequest, true, nil)
	return err == nil
}

// aliveRequest is one that servers refuse, which is an answer.
const aliveRequest = "keepalive@openssh.com"

// wait waits until the hop ends, and says why.
func (l *link) wait() error {
	err := l.client.Wait()
	if err == nil || errors.Is(err, io.EOF) {
		err = errEnded
	}
	l.conn.Close()
	if proxied, ok := l.conn.(*proxycommand.Conn); ok {
		err = proxied.Explain(err)
	}
	return err
}

var errEnded = errors.New("the other side has ended the connection")

func (c *Client) last() *link {
	if len(c.hops) == 0 {
		return nil
	}
	return &c.hops[len(c.hops)-1]
}

// watch sees to it that the end of a hop is noticed, whether told or not.
func (c *Client) watch(destination *sshconfig.Host) {
	for i := range c.hops {
		c.work.Go(func() { c.watchHop(i) }) // ends with the hop
	}
	if destination.AliveInterval > 0 {
		c.work.Go(func() { c.keepAlive(destination.AliveInterval, max(destination.AliveCountMax, 1)) })
	}
}

// keepAlive asks the destination for an answer at each interval, and ends the client
// when for count of them none has come. It ends with the client.
func (c *Client) keepAlive(interval time.Duration, count int) {
	l := c.last()
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-c.done:
			return
		case <-tick.C:
		}
		silence := time.AfterFunc(time.Duration(count)*interval, func() {
			c.fail(fmt.Errorf("ssh %s: %w: silence for %v", l.name, ErrSilent, time.Duration(count)*interval))
		})
		_, _, err := l.client.SendRequest(aliveRequest, true, nil)
		silence.Stop()
		if err != nil {
			return // the hop has ended, which is noticed elsewhere
		}
	}
}

// fail ends the client. The first reason stays.
func (c *Client) fail(err error) {
	c.mu.Lock()
	first := c.err == nil
	if first {
		c.err = err
		close(c.done)
	}
	c.mu.Unlock()
	if !first {
		return
	}
	// The first hop's end is that of the others, and never waits for a server.
	for _, l := range c.hops {
		l.conn.Close()
	}
}

// Done is closed when the connection has ended.
func (c *Client) Done() <-chan struct{} { return c.done }

// Err says why it has ended, and is nil before.
func (c *Client) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// Close ends the connection with all that runs on it.
func (c *Client) Close() error {
	c.fail(ErrClosed)
	c.work.Wait()
	return nil
}
