package opening

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"

	"github.com/klauspost/compress/zstd"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/relay"
)

// A Client is the near side of one opening. It is for one goroutine. Whoever
// gives up closes the byte stream, which ends what waits.
type Client struct {
	conn  io.ReadWriter
	read  *bufio.Reader
	first map[string]string // told once
}

// NewClient makes the near side of an opening on conn, with the token that the
// server asks for, if it does.
func NewClient(conn io.ReadWriter, token string) *Client {
	c := &Client{conn: conn, read: relay.Buffered(conn), first: map[string]string{}}
	if token != "" {
		c.first[fieldToken] = token
	}
	return c
}

// Offer offers the connection on which the ticket is shown for the worker's wire. It
// comes before all else.
func (c *Client) Offer(ticket *Ticket) { c.first[fieldWire] = ticket.String() }

// Rest gives what comes behind the opening.
func (c *Client) Rest() *bufio.Reader { return c.read }

// Ask asks the server to start the worker with this hash, which it does if it has
// it; and what it is.
func (c *Client) Ask(hash string) (*Answer, error) {
	if err := c.say(map[string]string{fieldWorker: hash}); err != nil {
		return nil, c.refused(err)
	}
	return c.answer()
}

// Upload sends a worker and has it started. progress, if not nil, is called with
// how many of the file's bytes are on their way.
func (c *Client) Upload(hash string, file *os.File, progress func(done int64)) (*Answer, error) {
	if err := c.say(map[string]string{fieldWorker: hash, fieldUpload: packing}); err != nil {
		return nil, c.refused(err)
	}
	sent, from := make(chan error, 1), &counted{from: file, progress: progress, failed: make(chan error, 1)}
	go func() { sent <- c.send(from) }() // ends with the file or the byte stream
	answer, err := c.answer()
	if err == nil {
		return answer, <-sent
	}
	select {
	case why := <-from.failed: // the server only saw that something is missing
		return nil, fmt.Errorf("send the worker: %w", why)
	default:
		return nil, err // what is still being sent ends with the byte stream
	}
}

// say writes a line, the first with what is told once.
func (c *Client) say(fields map[string]string) error {
	maps.Copy(fields, c.first)
	c.first = nil
	return (&hello.Line{Version: hello.Opening, Fields: fields}).Write(c.conn)
}

// answer reads the server's line.
func (c *Client) answer() (*Answer, error) {
	line, err := hello.ReadOpening(c.read)
	if err != nil {
		return nil, err
	}
	return answerOf(line)
}

// refused prefers the server's own word to that it cannot be written to.
func (c *Client) refused(broken error) error {
	if _, err := c.answer(); err != nil {
		return err
	}
	return broken
}

// send packs the file into records. They are ended also if it cannot be read: the
// server would wait for more.
func (c *Client) send(from io.Reader) error {
	records := relay.NewWriter(c.conn)
	// With more goroutines than this one the packer races with itself when it cannot write.
	packer, err := zstd.NewWriter(records, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	_, err = io.Copy(packer, from)
	if closed := packer.Close(); err == nil {
		err = closed
	}
	if ended := records.End(""); err == nil {
		err = ended
	}
	if err != nil {
		return fmt.Errorf("send the worker: %w", err)
	}
	return nil
}

// A counted reader tells how much was read.
type counted struct {
	from     io.Reader
	done     int64
	progress func(int64)
	failed   chan error // is given what keeps the file from being read
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.done += int64(n)
	if n > 0 && c.progress != nil {
		c.progress(c.done)
	}
	if err != nil && err != io.EOF {
		c.failed <- err
	}
	return n, err
}
