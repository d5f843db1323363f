package relay

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/child"
)

// Buffered gives a reader of a byte stream with a buffer fit for records.
func Buffered(r io.Reader) *bufio.Reader { return bufio.NewReaderSize(r, headerSize+maxData) }

// closeBound is how long what is being written may hold up Close.
const closeBound = time.Second

// A Conn is the near side's end of a relayed wire. It is the wire's byte stream
// and what a near side has of the far process. All methods may be called
// concurrently, Read with itself excepted.
type Conn struct {
	conn net.Conn
	cut  func()             // closes the byte stream below conn at once
	wire io.ReadWriteCloser // nil if it is relayed
	*Writer

	reading sync.Mutex
	records *Reader
	broken  error // what ended the reading; guarded by reading

	printing sync.WaitGroup
	sinks    [Stderr + 1]*sink

	ended  chan struct{} // closed when nothing more comes
	exit   child.Exit    // set before ended is closed
	failed error         // set before ended is closed: the end was not told, and why
}

// NewConn makes the near side's end of a wire that is relayed over conn, from
// which read gives what came. cut closes what lies below conn, without a word to
// the other side. What the far process prints is given to print, from one
// goroutine for each stream, and nil when it has ended; one that blocks holds up only
// what prints.
func NewConn(conn net.Conn, read *bufio.Reader, cut func(), print func(stream byte, p []byte)) *Conn {
	c := &Conn{conn: conn, cut: cut, Writer: NewWriter(conn), ended: make(chan struct{})}
	c.records = NewReader(read)
	c.records.beside = c.beside
	for _, stream := range []byte{Stdout, Stderr} {
		c.sinks[stream] = &sink{stream: stream, queue: make(chan []byte, window)}
		c.sinks[stream].start(&c.printing, c.Writer, print)
	}
	return c
}

// Conn gives the wire, as other kinds of far processes do.
func (c *Conn) Conn() io.ReadWriteCloser {
	if c.wire != nil {
		return c.wire
	}
	return c
}

// Apart has a connection of its own be the wire (P25), before anybody asks for it. What is
// left to c is what is said beside the wire.
func (c *Conn) Apart(wire io.ReadWriteCloser) {
	c.wire = wire
	go func() { // ends with the byte stream, or is interrupted and leaves the rest to End
		_, err := io.Copy(io.Discard, reader{c})
		if err != nil && !interrupted(err) {
			time.AfterFunc(leaveWait, func() { wire.Close() }) // nobody is left who looks after the worker
		}
	}()
}

// Read reads from the wire. It is io.EOF when the other end has told how the
// worker ended.
func (c *Conn) Read(p []byte) (int, error) {
	c.reading.Lock()
	defer c.reading.Unlock()
	if c.broken != nil {
		return 0, c.broken // behind it may come anything
	}
	n, err := c.records.Read(p)
	if err != nil && !interrupted(err) {
		c.broken = err
		c.end(err)
	}
	return n, err
}

// beside takes what the other end says beside the wire.
func (c *Conn) beside(kind byte, body []byte) error {
	if kind != output || body[0] != Stdout && body[0] != Stderr {
		return fmt.Errorf("relay: a record of kind %d from a far side", kind)
	}
	return c.sinks[body[0]].put(body[1:])
}

// end notes that nothing more comes.
func (c *Conn) end(err error) {
	c.failed = err
	if err == io.EOF {
		c.exit, c.failed = parseReport(c.records.endBody)
	}
	for _, s := range c.sinks[Stdout:] {
		close(s.queue)
	}
	close(c.ended)
}

// Close tells the other end that this side is done, and interrupts a Read. End
// waits for the far process and gives the byte stream back.
func (c *Conn) Close() error { return c.finish("") }

// Kill has the other end kill the far process.
func (c *Conn) Kill() { c.finish(killWish) }

// finish writes the last record. Where the byte stream is stuck it is cut.
func (c *Conn) finish(wish string) error {
	stuck := time.AfterFunc(closeBound, c.cut)
	defer stuck.Stop()
	err := c.Writer.End(wish)
	if err != nil {
		c.cut()
	}
	c.conn.SetReadDeadline(time.Unix(1, 0))
	return err
}

// AwaitExit tells how the far process ended, if it is told within limit.
func (c *Conn) AwaitExit(limit time.Duration) (exit child.Exit, told bool) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-c.ended:
		return c.exit, c.failed == nil
	case <-timer.C:
		return child.Exit{}, false
	}
}

// LastWords are the end of what the process printed, as far as they were told.
func (c *Conn) LastWords() string {
	select {
	case <-c.ended:
		return c.exit.Stderr
	default:
		return ""
	}
}

// errUntold says that the far side may still be there.
var errUntold = errors.New("the other end did not tell that the far process has ended; it ends it when it notices")

// End waits until the other end has told that the far process has ended and its
// output is printed, but not longer than ctx, and closes the byte stream. Close or
// Kill comes first.
func (c *Conn) End(ctx context.Context) error {
	defer c.cut()
	if c.wire != nil {
		c.wire.Close()
		c.Close()
	}
	stop := context.AfterFunc(ctx, c.cut)
	defer stop()
	for interrupted(c.drain()) { // by a Kill meanwhile
	}
	c.awaitPrinting(ctx)
	if ctx.Err() != nil {
		return errUntold
	}
	return nil
}

// drain reads up to the end.
func (c *Conn) drain() error {
	c.conn.SetReadDeadline(time.Time{})
	_, err := io.Copy(io.Discard, reader{c})
	return err
}

// awaitPrinting waits until what came is printed. A writer that blocks is given up
// with ctx.
func (c *Conn) awaitPrinting(ctx context.Context) {
	printed := make(chan struct{})
	go func() { // ends with the writers
		c.printing.Wait()
		close(printed)
	}()
	select {
	case <-printed:
	case <-ctx.Done():
	}
}

// interrupted reports whether a Read ended for a deadline, which Close and Kill set.
// A connection that the system gave up is a time-out too, and an end.
func interrupted(err error) bool { return errors.Is(err, os.ErrDeadlineExceeded) }
