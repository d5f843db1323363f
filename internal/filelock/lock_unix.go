//go:build unix

package filelock

import (
	"errors"
	"os"
	"syscall"
)

// Lock waits for the file, alone or together with others that only read. The
// lock ends with the file.
func Lock(file *os.File, alone bool) error {
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
