//go:build unix

package pin

import (
	"errors"
	"os"
	"syscall"
)

// lockFile waits for the file, alone or together with others that only read. The
// lock ends with the file.
func lockFile(file *os.File, alone bool) error {
	how := syscall.LOCK_SH
	if alone {
		how = syscall.LOCK_EX
	}
	for {
		err := syscall.Flock(int(file.Fd()), how)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
