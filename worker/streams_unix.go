//go:build unix

package worker

import (
	"os"
	"syscall"

	"github.com/farside-go/farside/internal/standard"
	"github.com/farside-go/farside/internal/twoway"
)

// standardStreams makes a connection of standard input and output. It is one that can
// be interrupted, and no child process gets it.
func standardStreams() (twoway.Conn, error) {
	in, err := private(os.Stdin)
	if err != nil {
		return twoway.Conn{}, err
	}
	out, err := private(os.Stdout)
	if err != nil {
		in.Close()
		return twoway.Conn{}, err
	}
	return twoway.Conn{In: in, Out: out}, nil
}

// private gives a file a descriptor of its own, that the system can wait for.
func private(file *os.File) (*os.File, error) {
	fd, err := standard.Duplicate(file)
	if err != nil {
		return nil, err
	}
	syscall.SetNonblock(fd, true) // where that cannot be, a Read waits for the end of the process
	return os.NewFile(uintptr(fd), file.Name()), nil
}
