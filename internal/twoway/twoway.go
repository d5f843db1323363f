// Package twoway joins two one-way files into a connection.
package twoway

import (
	"errors"
	"net"
	"os"
	"time"
)

// Conn is a connection over two files. Where the system can wait for them it has
// deadlines, and Close interrupts a Read and a Write.
type Conn struct{ In, Out *os.File }

func (c Conn) Read(p []byte) (int, error)  { return c.In.Read(p) }
func (c Conn) Write(p []byte) (int, error) { return c.Out.Write(p) }

// CloseWrite ends what goes to the other side.
func (c Conn) CloseWrite() error { return c.Out.Close() }

func (c Conn) Close() error { return errors.Join(c.In.Close(), c.Out.Close()) }

func (c Conn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}
func (c Conn) SetReadDeadline(t time.Time) error  { return c.In.SetReadDeadline(t) }
func (c Conn) SetWriteDeadline(t time.Time) error { return c.Out.SetWriteDeadline(t) }

func (c Conn) LocalAddr() net.Addr  { return addr{} }
func (c Conn) RemoteAddr() net.Addr { return addr{} }

// addr is nowhere.
type addr struct{}

func (addr) Network() string { return "pipe" }
func (addr) String() string  { return "pipe" }
