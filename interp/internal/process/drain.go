package process

import (
	"bytes"
	"crypto/rand"
	"io"
	"os"
	"sync"
	"time"
)

// A drain is a real file, for os.Stdout, whose content arrives at a writer.
//
// Its end is in the stream: the last thing written to the pipe is a mark that
// nobody else can know, and what came before it was copied when it is read. So
// the end does not depend on who else, a child process perhaps, holds the pipe
// open. What such a child writes later is refused by its operating system.
type drain struct {
	in      *os.File
	out     *os.File
	mark    []byte
	flushed chan struct{} // gets one value for each mark that was read
	done    chan struct{} // closed when nothing more is copied

	mu     sync.Mutex
	closed bool
}

const (
	markSize  = 32
	drainSize = 32 << 10

	// drainGrace bounds the wait where the program closed its file, so that no
	// mark could be written, and a child may still hold the pipe.
	drainGrace = 100 * time.Millisecond
)

func newDrain(to io.Writer) (*drain, error) {
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	d := &drain{in: in, out: out, mark: make([]byte, markSize), flushed: make(chan struct{}, 1), done: make(chan struct{})}
	rand.Read(d.mark)
	go d.copy(to) // ends when the pipe is closed; close waits
	return d, nil
}

// copy copies all but marks. When the writer fails the rest is dropped, so that
// the program is not blocked.
func (d *drain) copy(to io.Writer) {
	defer close(d.done)
	buf := make([]byte, 0, drainSize)
	for {
		n, err := d.out.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		for {
			i := bytes.Index(buf, d.mark)
			if i < 0 {
				break
			}
			pass(to, buf[:i])
			buf = append(buf[:0], buf[i+len(d.mark):]...)
			d.flushed <- struct{}{}
		}
		keep := 0
		if err == nil {
			keep = overlap(buf, d.mark)
		}
		pass(to, buf[:len(buf)-keep])
		buf = append(buf[:0], buf[len(buf)-keep:]...)
		if err != nil {
			return
		}
	}
}

func pass(to io.Writer, p []byte) {
	if len(p) > 0 {
		to.Write(p)
	}
}

// overlap gives how much of the end of data may be the beginning of mark.
func overlap(data, mark []byte) int {
	for n := min(len(data), len(mark)-1); n > 0; n-- {
		if bytes.HasSuffix(data, mark[:n]) {
			return n
		}
	}
	return 0
}

// flush returns when all that was written before was copied.
func (d *drain) flush() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return
	}
	if _, err := d.in.Write(d.mark); err != nil {
		timer := time.AfterFunc(drainGrace, func() { d.out.Close() })
		defer timer.Stop()
		<-d.done
		return
	}
	select {
	case <-d.flushed:
	case <-d.done:
	}
}

// close flushes and closes the file.
func (d *drain) close() {
	d.flush()
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.closed {
		d.closed = true
		d.in.Close()
		d.out.Close()
		<-d.done
	}
}
