package relay

import (
	"io"
	"net"
	"os"
	"time"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/stdio"
)

// A Wire is a connection that a worker gets for its wire, so that only what is said beside
// the wire is relayed (P25).
type Wire struct {
	File   *os.File // one that the system does not watch for this process
	Secret []byte   // with which the wire is sealed; empty if it is not
}

// StartOn is Start for a worker that has wire, which belongs to the Relay from then on.
func StartOn(wire *Wire, near net.Conn, path string, env []string, announce func() error) (*Relay, error) {
	r, err := start(near, announce, wire, func(printer *stdio.Printer) (*child.Process, error) {
		return child.StartOn(wire.File, path, env, printer)
	})
	if err != nil {
		wire.File.Close()
		return nil, err
	}
	r.process.Conn().Write(append([]byte{byte(len(wire.Secret))}, wire.Secret...)) // one that has ended needs it no more
	if len(wire.Secret) == 0 {
		wire.File.Close()
		r.wire = nil
	}
	return r, nil
}

// end ends the wire of a worker that has ended. TCP would forget what is on its way when
// a worker dies that has not read all: therefore the connection was kept open here.
func (w *Wire) end() *ending {
	if w == nil {
		return nil
	}
	defer w.File.Close()
	conn, err := net.FileConn(w.File)
	if err != nil {
		return nil
	}
	if half, ok := conn.(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
	return &ending{conn}
}

// An ending is a connection on which nothing more is written.
type ending struct{ conn net.Conn }

// await waits until the near side has closed the connection, or is over.
func (e *ending) await(over <-chan struct{}) {
	if e == nil {
		return
	}
	defer e.conn.Close()
	e.conn.SetReadDeadline(time.Now().Add(tellBound))
	drained := make(chan struct{})
	go func() { // ends with the connection
		io.Copy(io.Discard, e.conn)
		close(drained)
	}()
	select {
	case <-drained:
	case <-over:
	}
}
