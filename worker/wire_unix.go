//go:build unix

package worker

import (
	"fmt"
	"io"
	"net"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// openWire opens the socket that the near side left on a descriptor. Programs
// that the worker starts do not get it: that descriptor is closed, and the one
// that is used instead is closed on exec.
func openWire(name string) (io.ReadWriteCloser, error) {
	number, ok := strings.CutPrefix(name, "fd:")
	fd, err := strconv.Atoi(number)
	if !ok || err != nil {
		return nil, fmt.Errorf("it is not of the form fd:N")
	}
	file := os.NewFile(uintptr(fd), "wire")
	if file == nil {
		return nil, fmt.Errorf("descriptor %d is bad", fd)
	}
	defer file.Close()
	return net.FileConn(file)
}

func brokenPipeSignals() []os.Signal { return []os.Signal{syscall.SIGPIPE} }
