//go:build unix

package child

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"syscall"

	"github.com/farside-go/farside/internal/reexec"
)

// openWire makes a socket pair and gives one end to the child as descriptor 3, so
// that 0, 1 and 2 belong to user code.
func openWire(cmd *exec.Cmd) (*wireEnds, error) {
	cmd.Env = append(cmd.Env, reexec.Variable+"=fd:3")
	return openPair(cmd)
}

// openLeash gives wire to the child as descriptor 3, and an end of a socket pair behind
// it.
func openLeash(cmd *exec.Cmd, wire *os.File) (*wireEnds, error) {
	cmd.Env = append(cmd.Env, reexec.Variable+"=fd:3,4")
	cmd.ExtraFiles = []*os.File{wire}
	return openPair(cmd)
}

func openPair(cmd *exec.Cmd) (*wireEnds, error) {
	syscall.ForkLock.RLock()
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fds[0])
		syscall.CloseOnExec(fds[1])
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, os.NewSyscallError("socketpair", err)
	}
	nearFile, far := os.NewFile(uintptr(fds[0]), "wire"), os.NewFile(uintptr(fds[1]), "wire")
	defer nearFile.Close()
	near, err := net.FileConn(nearFile)
	if err != nil {
		far.Close()
		return nil, err
	}
	cmd.ExtraFiles = append(cmd.ExtraFiles, far)
	return &wireEnds{near: near, far: []*os.File{far}}, nil
}

// isFormatError reports whether the system did not take the file as a program.
func isFormatError(err error) bool { return errors.Is(err, syscall.ENOEXEC) }
