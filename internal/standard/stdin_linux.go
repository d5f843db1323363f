package standard

import (
	"os"
	"syscall"
)

// becomeStdin makes a file the standard input, of what was made of that before too.
func becomeStdin(file *os.File) error {
	return os.NewSyscallError("dup3", syscall.Dup3(int(file.Fd()), syscall.Stdin, 0))
}
