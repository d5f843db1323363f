//go:build unix

package worker

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/farside-go/farside/internal/seal"
)

// openWire opens the socket that the near side left on a descriptor, or a socket server
// with a leash on another.
func openWire(name string) (io.ReadWriteCloser, error) {
	numbers, ok := strings.CutPrefix(name, "fd:")
	number, leashed, _ := strings.Cut(numbers, ",")
	if !ok {
		return nil, errWireName
	}
	wire, err := openSocket(number)
	if err != nil || leashed == "" {
		return wire, err
	}
	leash, err := openSocket(leashed)
	if err != nil {
		return nil, err
	}
	return holdByLeash(wire, leash)
}

var errWireName = errors.New("it is not of the form fd:N or fd:N,N")

// holdByLeash ends the wire when the leash ends, which first tells how the wire is
// sealed (P25).
func holdByLeash(wire, leash net.Conn) (conn io.ReadWriteCloser, err error) {
	secret := make([]byte, 1)
	if _, err := io.ReadFull(leash, secret); err != nil {
		return nil, fmt.Errorf("the secret: %w", err)
	}
	conn = wire
	if size := int(secret[0]); size > 0 {
		secret = make([]byte, size)
		if _, err := io.ReadFull(leash, secret); err != nil {
			return nil, fmt.Errorf("the secret: %w", err)
		}
		conn = seal.New(wire, secret, false)
	}
	go func() { // ends with the leash
		io.Copy(io.Discard, leash)
		wire.Close()
	}()
	return conn, nil
}

// openSocket opens a socket on a descriptor. Programs that the worker starts do not get
// it: that descriptor is closed, and the one that is used instead is closed on exec.
func openSocket(number string) (net.Conn, error) {
	fd, err := strconv.Atoi(number)
	if err != nil {
		return nil, errWireName
	}
	file := os.NewFile(uintptr(fd), "wire")
	if file == nil {
		return nil, fmt.Errorf("descriptor %d is bad", fd)
	}
	defer file.Close()
	return net.FileConn(file)
}

func brokenPipeSignals() []os.Signal { return []os.Signal{syscall.SIGPIPE} }
