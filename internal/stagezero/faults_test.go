//go:build unix

package stagezero_test

import (
	"bytes"
	"io"
	"net"
	"sync"
)

// watched tells when something was written.
type watched struct {
	net.Conn
	once  sync.Once
	wrote chan struct{}
}

func (w *watched) Write(p []byte) (int, error) {
	n, err := w.Conn.Write(p)
	w.once.Do(func() { close(w.wrote) })
	return n, err
}

// cut ends a stream after so many bytes were written to it.
type cut struct {
	net.Conn
	left int
}

func (c *cut) Write(p []byte) (int, error) {
	if len(p) <= c.left {
		c.left -= len(p)
		return c.Conn.Write(p)
	}
	c.Conn.Write(p[:c.left])
	c.left = 0
	c.Conn.Close()
	return 0, io.ErrClosedPipe
}

// flipped spoils one byte of so many uploads.
type flipped struct {
	net.Conn
	times int
	armed bool
}

func (f *flipped) Write(p []byte) (int, error) {
	switch {
	case bytes.HasPrefix(p, []byte("put ")) && f.times > 0:
		f.times--
		f.armed = true
	case f.armed:
		f.armed = false
		p = bytes.Clone(p)
		p[1000] ^= 1
	}
	return f.Conn.Write(p)
}

// dripping writes in pieces of odd sizes.
type dripping struct{ net.Conn }

func (d dripping) Write(p []byte) (int, error) {
	const piece = 30_011
	for sent := 0; sent < len(p); sent += piece {
		if n, err := d.Conn.Write(p[sent:min(sent+piece, len(p))]); err != nil {
			return sent + n, err
		}
	}
	return len(p), nil
}
