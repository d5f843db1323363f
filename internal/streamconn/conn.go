package streamconn

import (
	"net"

	"github.com/farside-go/farside/channel"
)

// A Conn is the stream of a channel with addresses.
type Conn struct {
	*channel.Stream
	local, remote net.Addr
}

var _ net.Conn = (*Conn)(nil)

// New makes a Conn of ch, which belongs to it from then on.
func New(ch *channel.Channel, local, remote net.Addr) *Conn {
	return &Conn{ch.Stream(), local, remote}
}

// LocalAddr is the address at this end, as the far side told it.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the address at the other end, as the far side told it.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }
