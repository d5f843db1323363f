package filelock

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

const (
	lockfileFailImmediately = 1
	lockfileExclusiveLock   = 2
	errorLockViolation      = syscall.Errno(33)
)

// Lock waits for the file, alone or together with others that only read. The
// lock ends with the file. It is on one byte far behind the file's end, since locked
// bytes can be neither read nor written there.
func Lock(file *os.File, alone bool) error {
	var how uintptr
	if alone {
		how = lockfileExclusiveLock
	}
	return lock(file, how)
}

// TryLock is Lock of the file alone, but does not wait: it reports whether it could.
func TryLock(file *os.File) (bool, error) {
	err := lock(file, lockfileExclusiveLock|lockfileFailImmediately)
	if errors.Is(err, errorLockViolation) {
		return false, nil
	}
	return err == nil, err
}

func lock(file *os.File, how uintptr) error {
	where := &syscall.Overlapped{OffsetHigh: 0x7fffffff}
	ok, _, err := lockFileEx.Call(file.Fd(), how, 0, 1, 0, uintptr(unsafe.Pointer(where)))
	if ok == 0 {
		return err
	}
	return nil
}
