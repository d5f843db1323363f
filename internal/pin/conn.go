package pin

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"net"
	"sync"
)

const (
	recordHeader = 5        // of a TLS record: kind, version, length of the rest
	bufferSize   = 72 << 10 // four full records
)

// A Conn is a TLS connection that moves several records in one system call, where
// package tls reads and writes each by itself.
type Conn struct {
	*tls.Conn
	below *records
}

// NewConn makes a Conn of one, with secure as tls.Client or tls.Server with settings.
func NewConn(conn net.Conn, secure func(net.Conn, *tls.Config) *tls.Conn, settings *tls.Config) *Conn {
	below := &records{Conn: conn, read: bufio.NewReaderSize(conn, bufferSize)}
	return &Conn{secure(below, settings), below}
}

// Secret gives 32 bytes that only the two ends of this connection know, others for each
// context: TLS's exporter (RFC 8446, section 7.5).
func (c *Conn) Secret(context []byte) ([]byte, error) {
	const size = 32
	state := c.ConnectionState()
	return state.ExportKeyingMaterial("EXPORTER-farside-wire", context, size)
}

// Read reads what has come, of several records if they are there.
func (c *Conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	for err == nil && n < len(p) && c.below.wholeRecord() {
		var more int
		more, err = c.Conn.Read(p[n:])
		n += more
	}
	return n, err
}

// Write writes p in one go.
func (c *Conn) Write(p []byte) (int, error) {
	c.below.hold()
	n, err := c.Conn.Write(p)
	if flushed := c.below.release(); err == nil {
		err = flushed
	}
	if err != nil {
		return 0, err
	}
	return n, nil
}

// records is the connection below TLS.
type records struct {
	net.Conn
	read *bufio.Reader

	mu   sync.Mutex // held while writing
	held bool
	out  []byte // what was written while held
}

func (r *records) Read(p []byte) (int, error) { return r.read.Read(p) }

// wholeRecord reports whether reading a record will not wait.
func (r *records) wholeRecord() bool {
	if r.read.Buffered() < recordHeader {
		return false
	}
	head, _ := r.read.Peek(recordHeader)
	return r.read.Buffered() >= recordHeader+int(binary.BigEndian.Uint16(head[3:]))
}

func (r *records) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.held {
		return r.Conn.Write(p)
	}
	r.out = append(r.out, p...)
	return len(p), nil
}

func (r *records) hold() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held = true
}

// release writes what was held back.
func (r *records) release() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.held = false
	if len(r.out) == 0 {
		return nil
	}
	_, err := r.Conn.Write(r.out)
	r.out = r.out[:0]
	return err
}
