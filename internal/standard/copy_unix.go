//go:build unix

package standard

import (
	"os"
	"syscall"
)

// Copy gives the process's standard output and error descriptors of their own. Whether
// they block is left as it is, since that is one setting for all copies.
func Copy() (Copies, error) {
	copies := Copies{}
	for stream, file := range map[byte]*os.File{Stdout: os.Stdout, Stderr: os.Stderr} {
		fd, err := Duplicate(file)
		if err != nil {
			return copies, err
		}
		copies[stream] = os.NewFile(uintptr(fd), file.Name())
	}
	return copies, nil
}

// Duplicate gives a file another descriptor, which no child process gets.
func Duplicate(file *os.File) (fd int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if fd, err = syscall.Dup(int(file.Fd())); err != nil {
		return 0, os.NewSyscallError("dup", err)
	}
	syscall.CloseOnExec(fd)
	return fd, nil
}
