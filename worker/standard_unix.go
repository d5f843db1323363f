//go:build unix

package worker

import (
	"os"
	"syscall"

	"github.com/farside-go/farside/internal/request"
)

// copyStandard gives the process's standard output and error descriptors of their own.
// Whether they block is left as it is, since that is one setting for all copies.
func copyStandard() (map[byte]*os.File, error) {
	copies := map[byte]*os.File{}
	for stream, file := range map[byte]*os.File{request.Stdout: os.Stdout, request.Stderr: os.Stderr} {
		fd, err := duplicate(file)
		if err != nil {
			return copies, err
		}
		copies[stream] = os.NewFile(uintptr(fd), file.Name())
	}
	return copies, nil
}

// duplicate gives a file another descriptor, which no child process gets.
func duplicate(file *os.File) (fd int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if fd, err = syscall.Dup(int(file.Fd())); err != nil {
		return 0, os.NewSyscallError("dup", err)
	}
	syscall.CloseOnExec(fd)
	return fd, nil
}
