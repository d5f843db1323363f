//go:build unix && !linux

package standard

import (
	"os"
	"syscall"
)

// becomeStdin makes a file the standard input, of what was made of that before too.
func becomeStdin(file *os.File) error {
	return os.NewSyscallError("dup2", syscall.Dup2(int(file.Fd()), syscall.Stdin))
}
