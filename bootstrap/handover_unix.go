//go:build unix

package bootstrap

import (
	"net"
	"os"
	"syscall"
)

// handOver gives the socket of a connection, which is closed, for another process. This
// one does not watch it: it would wake up for each byte.
func handOver(conn net.Conn) (file *os.File, err error) {
	defer conn.Close()
	socket, ok := conn.(syscall.Conn)
	if !ok {
		return nil, nil
	}
	raw, err := socket.SyscallConn()
	if err != nil {
		return nil, err
	}
	if failed := raw.Control(func(fd uintptr) { file, err = duplicate(int(fd)) }); failed != nil {
		return nil, failed
	}
	return file, err
}

// duplicate gives a descriptor that blocks, as a file does of which the system need not
// tell anything.
func duplicate(fd int) (*os.File, error) {
	syscall.ForkLock.RLock()
	fd, err := syscall.Dup(fd)
	if err == nil {
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, os.NewSyscallError("dup", err)
	}
	if err := syscall.SetNonblock(fd, false); err != nil {
		syscall.Close(fd)
		return nil, os.NewSyscallError("fcntl", err)
	}
	return os.NewFile(uintptr(fd), "wire"), nil
}
