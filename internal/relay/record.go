package relay

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sync"
)

// Kinds of records. They are for ever: one end may be years older than the other.
const (
	data   = 1 // bytes of the wire
	end    = 2 // nothing more comes from this end; the body says why
	output = 3 // the process printed: the stream, and what
	took   = 4 // an output record was printed: the stream

	firstIgnored = 128 // kinds from here up are passed over if they are not known
	probe        = 128 // nothing is said, only that this end is there
)

const (
	headerSize = 4 // the kind, and the length of the body in three bytes
	maxData    = 64 << 10
	maxOutput  = 32 << 10
	maxEnd     = 64 << 10
)

// A Writer writes records. Its methods may be called concurrently.
type Writer struct {
	mu  sync.Mutex
	to  io.Writer
	buf []byte
}

// NewWriter makes a Writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{to: w, buf: make([]byte, headerSize+maxData)}
}

// Write writes p as bytes of the wire.
func (w *Writer) Write(p []byte) (int, error) {
	written := 0
	for {
		chunk := p[written:min(written+maxData, len(p))]
		if err := w.record(data, chunk); err != nil {
			return written, err
		}
		if written += len(chunk); written == len(p) {
			return written, nil
		}
	}
}

// WriteTogether writes a, which is short, and b as bytes of the wire.
func (w *Writer) WriteTogether(a, b []byte) error {
	first := b[:min(len(b), maxData-len(a))]
	if err := w.record(data, a, first); err != nil {
		return err
	}
	if len(first) == len(b) {
		return nil
	}
	_, err := w.Write(b[len(first):])
	return err
}

// End writes the last record. A long body is cut.
func (w *Writer) End(body string) error { return w.record(end, []byte(body[:min(len(body), maxEnd)])) }

// output writes what the process printed, at most maxOutput bytes.
func (w *Writer) output(stream byte, p []byte) error {
	return w.record(output, []byte{stream}, p)
}

func (w *Writer) took(stream byte) error { return w.record(took, []byte{stream}) }

// record writes a header and a body of several parts at once.
func (w *Writer) record(kind byte, body ...[]byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := headerSize
	for _, part := range body {
		n += copy(w.buf[n:], part)
	}
	binary.BigEndian.PutUint32(w.buf, uint32(kind)<<24|uint32(n-headerSize))
	_, err := w.to.Write(w.buf[:n])
	return err
}

// A Reader gives the bytes of the wire out of records. When a deadline of what it
// reads from passes, nothing is lost, and it may be read on.
type Reader struct {
	from    io.Reader
	part    []byte                             // of a record that has not come whole, bytes of the wire excepted
	left    int                                // bytes of the wire that are still to come of the record under way
	skip    int                                // bytes still to come of a record that is passed over
	beside  func(kind byte, body []byte) error // is given output and took records; may be nil
	ended   bool
	endBody string
}

// NewReader makes a Reader from r, which should be buffered.
func NewReader(r io.Reader) *Reader { return &Reader{from: r} }

// Read reads what has come. It gives io.EOF after an end record, and
// io.ErrUnexpectedEOF if there was none.
func (r *Reader) Read(p []byte) (int, error) {
	for r.left == 0 {
		if r.ended {
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	n, err := r.from.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, unexpected(err)
}

// next reads a header, and the body of what is not of the wire.
func (r *Reader) next() error {
	if r.skip > 0 {
		n, err := io.CopyN(io.Discard, r.from, int64(r.skip))
		r.skip -= int(n)
		return unexpected(err)
	}
	if err := r.fill(headerSize); err != nil {
		return err
	}
	kind, size := r.part[0], int(binary.BigEndian.Uint32(r.part)&(1<<24-1))
	switch {
	case kind == data:
		r.left, r.part = size, r.part[:0]
		return nil
	case kind >= firstIgnored:
		r.skip, r.part = size, r.part[:0]
		return nil
	case kind == end && size <= maxEnd, kind == output && size <= 1+maxOutput && size > 1, kind == took && size == 1:
		return r.take(kind, size)
	}
	return fmt.Errorf("relay: a record of kind %d with %d bytes is none that this side knows", kind, size)
}

// take reads the body of a record that is not of the wire.
func (r *Reader) take(kind byte, size int) error {
	if err := r.fill(headerSize + size); err != nil {
		return err
	}
	body := r.part[headerSize:]
	r.part = nil // what is beside the wire may be kept
	switch {
	case kind == end:
		r.ended, r.endBody = true, string(body)
		return nil
	case r.beside == nil:
		return fmt.Errorf("relay: a record of kind %d has no place here", kind)
	}
	return r.beside(kind, body)
}

// fill reads until n bytes of a record are there.
func (r *Reader) fill(n int) error {
	for len(r.part) < n {
		r.part = slices.Grow(r.part, n-len(r.part))
		got, err := r.from.Read(r.part[len(r.part):n])
		r.part = r.part[:len(r.part)+got]
		if err != nil && len(r.part) < n {
			return unexpected(err)
		}
	}
	return nil
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
