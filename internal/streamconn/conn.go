package streamconn

import (
	"net"
	"sync"

	"github.com/farside-go/farside/channel"
)

// A Conn is the stream of a channel with addresses. All methods may be called
// concurrently, as those of any net.Conn: of two Reads each gets bytes of its own,
// and what one Write writes stays together.
type Conn struct {
	*channel.Stream
	local, remote net.Addr

	reading, writing sync.Mutex
}

var _ net.Conn = (*Conn)(nil)

// New makes a Conn of ch, which belongs to it from then on.
func New(ch *channel.Channel, local, remote net.Addr) *Conn {
	return &Conn{Stream: ch.Stream(), local: local, remote: remote}
}

// Read reads what has arrived.
func (c *Conn) Read(p []byte) (int, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	return c.Stream.Read(p)
}

// Write queues p.
func (c *Conn) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	return c.Stream.Write(p)
}

// LocalAddr is the address at this end, as the far side told it.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the address at the other end, as the far side told it.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }
