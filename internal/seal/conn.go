package seal

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
)

const (
	headerSize = 4        // the length of what follows, with the tag
	maxBody    = 64 << 10 // of what is sealed in one record
	// ownBody is that of this side's records. Longer ones do not stay in the nearest
	// cache while they are sealed and opened.
	ownBody = 16 << 10

	// mostOut is how much is sealed before it is written: all of the longest frame that a
	// mux writes in one go.
	mostOut = 132 << 10
	// firstIn is the buffer of a wire that carries little.
	firstIn = 4 << 10
	// longIn is that of one that carries more.
	longIn = 2 * mostOut
)

// A Conn is a wire whose bytes are sealed. One goroutine may read while others write.
// After an error nothing more is to be had of that direction.
type Conn struct {
	conn net.Conn

	writing sync.Mutex
	up      *direction
	out     []byte
	broken  error

	// Of the one goroutine that reads.
	down   *direction
	in     []byte // what came, from start on
	start  int
	rest   []byte // of a record that was opened
	failed error
}

// New makes a Conn of conn, which belongs to it from then on, with the secret that both
// ends have. near is true at the near side's end.
func New(conn net.Conn, secret []byte, near bool) *Conn {
	c := &Conn{conn: conn, up: newDirection(secret, "up"), down: newDirection(secret, "down")}
	if !near {
		c.up, c.down = c.down, c.up
	}
	return c
}

// Write seals p and writes it.
func (c *Conn) Write(p []byte) (int, error) {
	if err := c.WriteTogether(nil, p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// WriteTogether seals a and b and writes them in one go, unless they are long.
func (c *Conn) WriteTogether(a, b []byte) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	for _, p := range [][]byte{a, b} {
		for len(p) > 0 {
			n := min(len(p), ownBody)
			c.seal(p[:n])
			p = p[n:]
		}
	}
	c.flush()
	return c.broken
}

// seal adds a record to what is to be written, after what is there if it is too much.
func (c *Conn) seal(p []byte) {
	if len(c.out)+headerSize+len(p)+tagSize > mostOut {
		c.flush()
	}
	begin := len(c.out)
	c.out = slices.Grow(c.out, headerSize+len(p)+tagSize)
	c.out = binary.BigEndian.AppendUint32(c.out, uint32(len(p)+tagSize))
	c.out = c.up.seal(c.out, p, c.out[begin:])
}

func (c *Conn) flush() {
	if len(c.out) > 0 && c.broken == nil {
		_, c.broken = c.conn.Write(c.out)
	}
	c.out = c.out[:0]
}

// Read reads what has come, of several records if they are there. After a deadline it may
// be called again.
func (c *Conn) Read(p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		switch {
		case len(c.rest) > 0:
			moved := copy(p[n:], c.rest)
			c.rest, n = c.rest[moved:], n+moved
		case c.whole():
			var opened int
			opened, err = c.open(p[n:])
			n += opened
		case n > 0:
			return n, nil
		default:
			err = c.receive()
		}
	}
	return n, err
}

// whole reports whether a record can be opened without waiting.
func (c *Conn) whole() bool {
	came := c.in[c.start:]
	return c.failed == nil && len(came) >= headerSize && binary.BigEndian.Uint32(came) <= uint32(len(came)-headerSize)
}

// open opens the record that came, into p if it fits.
func (c *Conn) open(p []byte) (int, error) {
	came := c.in[c.start:]
	size, err := bodySize(came)
	if err != nil {
		c.failed = err
		return 0, err
	}
	header, sealed := came[:headerSize], came[headerSize:][:size]
	into := sealed
	if size-tagSize <= len(p) {
		into = p
	}
	body, err := c.down.open(into[:0], sealed, header)
	if err != nil {
		c.failed = errForged
		return 0, c.failed
	}
	c.start += headerSize + size
	if size-tagSize <= len(p) {
		return len(body), nil
	}
	c.rest = body
	return 0, nil
}

// errForged is for a record that the other end did not write, or not in this place.
var errForged = errors.New("seal: a record on the wire is not the other side's next one: somebody has changed what was sent")

// bodySize reads the header at the beginning of what came.
func bodySize(came []byte) (int, error) {
	const shown = 80
	size := binary.BigEndian.Uint32(came)
	if size > maxBody+tagSize {
		return 0, fmt.Errorf("seal: the other side is not farside: it sent %q where a sealed record should be", came[:min(len(came), shown)])
	}
	return int(size), nil
}

// receive reads more of the record that comes.
func (c *Conn) receive() error {
	if c.failed != nil {
		return c.failed
	}
	need, came := firstIn, c.in[c.start:]
	if len(came) >= headerSize {
		size, err := bodySize(came)
		if err != nil {
			c.failed = err
			return err
		}
		if need = headerSize + size; need > firstIn {
			need = longIn
		}
	}
	c.makeRoom(need)
	n, err := c.conn.Read(c.in[len(c.in):cap(c.in)])
	c.in = c.in[:len(c.in)+n]
	if n > 0 {
		return nil
	}
	if err == io.EOF && len(c.in) > 0 {
		return io.ErrUnexpectedEOF
	}
	return err
}

// makeRoom moves what came to the beginning, of a longer buffer if need be.
func (c *Conn) makeRoom(need int) {
	if came := c.in[c.start:]; cap(c.in) < need {
		c.in = append(make([]byte, 0, need), came...)
	} else {
		c.in = append(c.in[:0], came...)
	}
	c.start = 0
}

// Close closes the connection. What was written goes out, and then its end, also if
// somebody else still holds the connection.
func (c *Conn) Close() error {
	if tcp, ok := c.conn.(*net.TCPConn); ok {
		tcp.CloseWrite()
	}
	return c.conn.Close()
}
